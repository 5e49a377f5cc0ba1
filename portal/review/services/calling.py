"""The step *kallas till intervju*, from which the salary claim is open."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.audit.services import person_actor, record
from portal.jobs.services import announce
from portal.organisations.access import Actor
from portal.review.access import may_call, names_are_shut
from portal.review.models import InterviewCall
from portal.review.phases import Phase
from portal.review.queries.case import Case
from portal.review.refusals import CaseOver, FellOnKrav, NotOpenToYou, NotOpenYet, StillBlind, ToldAlready
from portal.review.services.moving import enter
from portal.review.services.naming import walls


def call_to_interview(session: Session, *, case: Case, actor: Actor, application_id: UUID, at: datetime) -> bool:
    """Record the call. False where it was recorded already: twice changes nothing. Raises a Refusal."""
    application = case.application(application_id)
    if application is None or not may_call(case.standing, application_id):
        raise NotOpenToYou
    if not case.may_be_assessed(at):
        raise NotOpenYet
    if case.over:
        raise CaseOver
    if names_are_shut(case.standing):
        raise StillBlind
    row = session.get_one(Application, application_id, with_for_update=True)
    if row.state not in COUNTS:  # taken back since the case was read
        raise NotOpenToYou
    if row.decided_as:
        raise ToldAlready
    if session.scalars(select(InterviewCall.id).where(InterviewCall.application_id == application_id)).first():
        return False
    if application.fallen:
        raise FellOnKrav
    session.add(
        InterviewCall(
            id=uuid4(), **walls(case), ad_id=case.ad.id, application_id=application_id, called_by=actor.person_id,
            called_at=at,
        )
    )  # fmt: skip
    row.called_at = at
    session.flush()
    enter(session, case=case, to=Phase.INTERVIEWS, by=actor.person_id, at=at)
    announce(session, "application.called", subject_id=application_id, at=at)
    record(
        session, chain=case.ad.party_id, at=at, actor=person_actor(actor.person_id), verb="application.called",
        object_id=application_id,
    )  # fmt: skip
    return True
