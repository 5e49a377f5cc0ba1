"""The panel: its members, the party's people to choose from, and what each has got to."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person
from portal.organisations.models import Membership
from portal.review.models import ConflictAnswer, PanelMember, Score
from portal.review.queries.case import Listed, address_print


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one assessor has come, in counts: what the scores are is nobody else's business yet."""

    member: PanelMember
    unanswered: int
    conflicts: int
    scored: int
    to_score: int
    has_applied: bool


def members_of(session: Session, ad_id: UUID, *, lock: bool = False) -> Sequence[PanelMember]:
    """The assessors who are in, in their order; ``lock`` holds their rows."""
    rows = (
        select(PanelMember)
        .where(PanelMember.ad_id == ad_id, PanelMember.removed_at.is_(None))
        .order_by(PanelMember.position, PanelMember.id)
    )
    if lock:
        return session.scalars(rows.with_for_update()).all()
    return session.scalars(rows.options(joinedload(PanelMember.person))).all()


def people_of(session: Session, party_id: UUID) -> list[Person]:
    """The people who can be named: the party's accepted members, in order of name."""
    rows = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.party_id == party_id, Membership.accepted_at.is_not(None), Membership.ended_at.is_(None))
        .where(Person.disabled_at.is_(None))
        .order_by(Person.name, Person.id)
        .distinct()
    )
    return list(session.scalars(rows))


def progress_of(
    session: Session, members: Sequence[PanelMember], applications: Sequence[Listed], criteria: int
) -> list[Progress]:
    """What each member has done, for the office: counts alone."""
    ids = [member.id for member in members]
    answers = session.scalars(select(ConflictAnswer).where(ConflictAnswer.panel_member_id.in_(ids))).all()
    rows = select(Score.panel_member_id, Score.application_id).where(Score.panel_member_id.in_(ids))
    scored = [(row.panel_member_id, row.application_id) for row in session.execute(rows)]
    return [_progress(session, member, applications, criteria, answers, scored) for member in members]


def _progress(
    session: Session,
    member: PanelMember,
    applications: Sequence[Listed],
    criteria: int,
    answers: Sequence[ConflictAnswer],
    scored: list[tuple[UUID, UUID]],
) -> Progress:
    own = {row.application_id: row.has_conflict for row in answers if row.panel_member_id == member.id}
    ids = {row.id for row in applications}
    clear = {id for id in ids if own.get(id) is False}
    address = address_print(session, member.controller_id, member.person.email) if ids else b""
    return Progress(
        member=member,
        unanswered=len(ids - own.keys()),
        conflicts=sum(1 for id in ids if own.get(id)),
        scored=sum(1 for owner, application in scored if owner == member.id and application in clear),
        to_score=len(clear) * criteria,
        has_applied=any(row.address_print == address for row in applications),
    )
