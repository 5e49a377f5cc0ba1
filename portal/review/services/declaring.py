"""Answers about jäv, before anything is opened."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.services import person_actor, record
from portal.posts.employer_model import Employer
from portal.review.conflicts import GroundMissing, is_ground
from portal.review.models import ConflictAnswer
from portal.review.queries.case import Case
from portal.review.services.moving import after_declaring
from portal.review.services.naming import walls
from portal.review.services.scoring import require_assessor
from portal.review.services.standing_in import call_deputies


def declare_conflicts(
    session: Session, *, case: Case, listed: Collection[UUID], conflicts: Mapping[UUID, str], at: datetime
) -> int:
    """Keep one assessor's answer for each application that was on the page: jäv with its ground, or none.

    ``listed`` are those the person was asked of, so that one who arrives meanwhile is asked of anew. A "no" may later
    become jäv: what they have scored of it then counts no more, and lies where it is. Jäv stays, and calls in a deputy.
    Returns how many new conflicts there are. Raises GroundMissing for a tick without a ground.
    """
    member = require_assessor(case, at)
    employer = Employer(case.ad.employer or Employer.PARTY)
    asked = [row.id for row in case.asked if row.id in listed and row.id not in case.standing.conflicts]
    for application in asked:
        if application in conflicts and not is_ground(employer, conflicts[application]):
            raise GroundMissing(field=str(application))
    rows = select(ConflictAnswer).where(ConflictAnswer.panel_member_id == member.id)
    known = {row.application_id: row for row in session.scalars(rows)}
    for application in asked:
        answer = known.get(application)
        if answer is None:
            answer = ConflictAnswer(
                id=uuid4(), **walls(case), panel_member_id=member.id, application_id=application, answered_at=at
            )
            session.add(answer)
        answer.has_conflict = application in conflicts
        answer.ground = conflicts.get(application, "")
        if answer.has_conflict or application not in known:
            answer.answered_at = at
    session.flush()
    if not [row.id for row in case.applications if row.id not in listed and row.id not in known]:
        after_declaring(session, case=case, by=member.person_id, at=at)
    found = [application for application in asked if application in conflicts]
    _record(session, case, found, at)
    if found:
        call_deputies(session, case=case, hand_in_by=case.hand_in_by, at=at)
    return len(found)


def _record(session: Session, case: Case, found: list[UUID], at: datetime) -> None:
    assert case.member is not None
    actor = person_actor(case.member.person_id)
    chain = case.ad.party_id
    record(session, chain=chain, at=at, actor=actor, verb="conflicts.answered", object_id=case.member.id)
    for application in found:
        record(session, chain=chain, at=at, actor=actor, verb="conflict.declared", object_id=application)
