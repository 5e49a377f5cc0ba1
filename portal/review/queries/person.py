"""Who somebody is to one recruitment: their address, their place in the panel, what they have answered about jäv."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Subquery, and_, select, true, union_all
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.review.deciding.models import DecidingAnswer
from portal.review.models import ConflictAnswer, DeputyCall, PanelMember

Answers = dict[UUID, tuple[bool, datetime]]


def person_in(session: Session, ad_id: UUID, person_id: UUID) -> tuple[str, PanelMember | None, Answers]:
    """The person's address, their place in the panel, and by application whether they have jäv and when they said so, as
    one who assesses or decides; in one statement."""
    mine = and_(PanelMember.person_id == Person.id, PanelMember.ad_id == ad_id)
    answer = _answers_of(ad_id, person_id)
    rows = session.execute(
        select(Person.email, PanelMember, answer.c.application_id, answer.c.has_conflict, answer.c.answered_at)
        .outerjoin(PanelMember, mine)
        .outerjoin(answer, true())
        .where(Person.id == person_id)
    ).all()
    known = sorted((row for row in rows if row.application_id), key=lambda row: row.has_conflict)  # jäv binds
    answers = {row.application_id: (row.has_conflict, row.answered_at) for row in known}
    return rows[0].email, rows[0].PanelMember, answers


def _answers_of(ad_id: UUID, person_id: UUID) -> Subquery:
    """A person answers in one of two places, never of one application in both: see `services.declaring`."""
    assessing = (
        select(ConflictAnswer.application_id, ConflictAnswer.has_conflict, ConflictAnswer.answered_at)
        .join(PanelMember, PanelMember.id == ConflictAnswer.panel_member_id)
        .where(PanelMember.ad_id == ad_id, PanelMember.person_id == person_id)
    )
    deciding = select(DecidingAnswer.application_id, DecidingAnswer.has_conflict, DecidingAnswer.answered_at)
    return union_all(
        assessing, deciding.where(DecidingAnswer.ad_id == ad_id, DecidingAnswer.person_id == person_id)
    ).subquery("answer")


def calls_of(session: Session, member: PanelMember) -> dict[UUID, datetime]:
    """The applications a deputy has been called in for, and when."""
    rows = select(DeputyCall.application_id, DeputyCall.called_at).where(DeputyCall.panel_member_id == member.id)
    return {row.application_id: row.called_at for row in session.execute(rows)}
