"""Answers about jäv, before anything is opened, and before anything is decided.

Whoever is of the panel, or has been, answers there, in `ConflictAnswer`; whoever decides and is not, in `DecidingAnswer`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.audit.services import person_actor, record
from portal.locking import HELD
from portal.posts.employer_model import Employer
from portal.review.access import may_answer_about_conflicts
from portal.review.conflicts import GroundMissing, is_ground
from portal.review.deciding.models import DecidingAnswer
from portal.review.models import ConflictAnswer, PanelMember
from portal.review.queries.case import Case
from portal.review.refusals import CaseOver, NotOpenToYou, NotOpenYet
from portal.review.services.moving import after_declaring, open_when_all_are_in
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
    asked = [row.id for row in case.asked_to_decide if row.id in listed and row.id not in case.standing.conflicts]
    _require_grounds(employer, asked, conflicts)
    seat = _Seat(member, member.person_id)
    known = seat.answers(session, case.ad.id)
    _keep(session, case, seat, asked, known, conflicts, at)
    if not [row.id for row in case.applications if row.id not in listed and row.id not in known]:
        after_declaring(session, case=case, by=member.person_id, at=at)
    found = [application for application in asked if application in conflicts]
    _record(session, case, found, at)
    if found:
        call_deputies(session, case=case, hand_in_by=case.hand_in_by, at=at)
        open_when_all_are_in(session, case=case, by=member.person_id, at=at)
    return len(found)


def answer_to_decide(
    session: Session, *, case: Case, listed: Collection[UUID], conflicts: Mapping[UUID, str], at: datetime
) -> int:
    """The same for somebody who decides, or is of the office, without assessing: it calls nobody in and begins no phase.

    Returns how many new conflicts there are. Raises NotOpenToYou, NotOpenYet, CaseOver, and GroundMissing for a tick
    without a ground.
    """
    if not may_answer_about_conflicts(case.standing) or case.person_id is None:
        raise NotOpenToYou
    if not case.may_be_assessed(at) and not case.standing.office:
        raise NotOpenYet
    if case.over:
        raise CaseOver
    employer = Employer(case.ad.employer or Employer.PARTY)
    asked = [row.id for row in case.asked_to_decide if row.id in listed and row.id not in case.standing.conflicts]
    _require_grounds(employer, asked, conflicts)
    session.get_one(Person, case.person_id, with_for_update=HELD)  # without a seat there is nothing else to hold
    own = _Seat(case.member, case.person_id)
    known = own.answers(session, case.ad.id)
    _keep(session, case, own, asked, known, conflicts, at)
    found = [application for application in asked if application in conflicts]
    _record(session, case, found, at)
    return len(found)


def declare_for(
    session: Session, *, case: Case, person_id: UUID, application_id: UUID, ground: str, at: datetime
) -> None:
    """Whoever reads a protected identity says that another has jäv, who cannot know it. Twice changes nothing.

    Raises NotOpenToYou for one who is not under a code name, CaseOver, and GroundMissing.
    """
    application = case.application(application_id)
    if application is None or not application.protected or case.person_id is None:
        raise NotOpenToYou
    if case.over:
        raise CaseOver
    if not is_ground(Employer(case.ad.employer or Employer.PARTY), ground):
        raise GroundMissing(field="ground", name="den sökande")
    own = select(PanelMember).where(PanelMember.ad_id == case.ad.id, PanelMember.person_id == person_id)
    seat = _Seat(
        session.scalars(own.with_for_update(key_share=True)).one_or_none(), person_id
    )  # they may answer themselves
    known = seat.answers(session, case.ad.id)
    if application_id in known and known[application_id].has_conflict:
        return
    _keep(session, case, seat, [application_id], known, {application_id: ground}, at)
    who = person_actor(case.person_id)
    record(session, chain=case.ad.party_id, at=at, actor=who, verb="conflict.declared_for", object_id=application_id)
    call_deputies(session, case=case, hand_in_by=case.hand_in_by, at=at)
    open_when_all_are_in(session, case=case, by=case.person_id, at=at)


@dataclass(frozen=True, slots=True)
class _Seat:
    """Where a person's answers lie: at their row of the panel, or by themselves."""

    member: PanelMember | None
    person_id: UUID

    def answers(self, session: Session, ad_id: UUID) -> dict[UUID, ConflictAnswer | DecidingAnswer]:
        """By application."""
        if self.member is not None:
            own = select(ConflictAnswer).where(ConflictAnswer.panel_member_id == self.member.id)
            return {row.application_id: row for row in session.scalars(own)}
        rows = select(DecidingAnswer).where(DecidingAnswer.ad_id == ad_id, DecidingAnswer.person_id == self.person_id)
        return {row.application_id: row for row in session.scalars(rows)}

    def new(self, case: Case, application_id: UUID, at: datetime) -> ConflictAnswer | DecidingAnswer:
        common: dict[str, Any] = {
            "id": uuid4(), **walls(case), "application_id": application_id, "answered_at": at,
        }  # fmt: skip
        if self.member is not None:
            return ConflictAnswer(**common, panel_member_id=self.member.id)
        return DecidingAnswer(**common, ad_id=case.ad.id, person_id=self.person_id)


def _require_grounds(employer: Employer, asked: Collection[UUID], conflicts: Mapping[UUID, str]) -> None:
    for application in asked:
        if application in conflicts and not is_ground(employer, conflicts[application]):
            raise GroundMissing(field=str(application))


def _keep(
    session: Session,
    case: Case,
    seat: _Seat,
    asked: Collection[UUID],
    known: Mapping[UUID, ConflictAnswer | DecidingAnswer],
    conflicts: Mapping[UUID, str],
    at: datetime,
) -> None:
    for application in asked:
        answer = known.get(application)
        if answer is None:
            answer = seat.new(case, application, at)
            session.add(answer)
        answer.has_conflict = application in conflicts
        answer.ground = conflicts.get(application, "")
        if answer.has_conflict or application not in known:
            answer.answered_at = at
    session.flush()


def _record(session: Session, case: Case, found: list[UUID], at: datetime) -> None:
    assert case.person_id is not None
    actor = person_actor(case.person_id)
    chain, answered = case.ad.party_id, case.member.id if case.member is not None else case.ad.id
    record(session, chain=chain, at=at, actor=actor, verb="conflicts.answered", object_id=answered)
    for application in found:
        record(session, chain=chain, at=at, actor=actor, verb="conflict.declared", object_id=application)
