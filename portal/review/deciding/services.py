"""Answers that follow whoever gave them from deciding to assessing."""

from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.review.deciding.models import DecidingAnswer
from portal.review.models import ConflictAnswer, PanelMember
from portal.review.queries.case import Case


def take_answers_along(session: Session, *, case: Case, member: PanelMember) -> None:
    """What somebody has answered about jäv as one who decides is their answer as an assessor too, from when it was given."""
    rows = select(DecidingAnswer).where(
        DecidingAnswer.ad_id == case.ad.id, DecidingAnswer.person_id == member.person_id
    )
    for row in session.scalars(rows):
        session.add(
            ConflictAnswer(
                id=uuid4(),
                party_id=row.party_id,
                authority_id=row.authority_id,
                controller_id=row.controller_id,
                panel_member_id=member.id,
                application_id=row.application_id,
                has_conflict=row.has_conflict,
                ground=row.ground,
                answered_at=row.answered_at,
            )
        )
        session.delete(row)
    session.flush()
