"""The choice of what assessors see of each other, and when."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.audit.services import person_actor, record
from portal.organisations.access import Actor
from portal.review.access import may_name_panel
from portal.review.phases import Phase
from portal.review.queries.case import Case
from portal.review.refusals import CaseOver, NotOpenToYou, SharingSettled
from portal.review.services.naming import review_row
from portal.review.visibility import Sharing


def choose_sharing(session: Session, *, case: Case, actor: Actor, sharing: Sharing, at: datetime) -> None:
    """Let assessors see each other's scores, and notes, when both have handed in or not before all have.

    Raises CaseOver, and SharingSettled from when the first has answered about jäv: they were told how it is.
    """
    if not may_name_panel(case.standing):
        raise NotOpenToYou
    if case.over:
        raise CaseOver
    review = review_row(session, case, at)
    if case.sharing == sharing:
        return
    if review.phase != Phase.CONFLICTS:
        raise SharingSettled
    review.scores_wait_for_all = sharing.scores_wait_for_all
    review.notes_wait_for_all = sharing.notes_wait_for_all
    session.flush()
    who = person_actor(actor.person_id)
    record(session, chain=case.ad.party_id, at=at, actor=who, verb="review.sharing_chosen", object_id=case.ad.id)
