"""The earlier days of a renewal, counted along when what it renews has its first day put right or its end moved (LAS 5 a §).

They were suggested from the days of the one before it when it was recorded. A number that somebody wrote instead stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from portal.audit.services import person_actor, record
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.queries.rows import acts_of
from portal.contracts.acts.refusals import ChangedSince
from portal.contracts.acts.rules import turns_permanent
from portal.contracts.acts.services.holding import Pressed
from portal.contracts.models import Employment
from portal.contracts.renewal.queries import renewals_after, stood_in_before
from portal.contracts.renewal.term import days_with_party
from portal.posts.employer_model import Employer


@dataclass(slots=True)
class Before:
    """An employment as it was counted on before its days were moved (`renewal.term.Former`)."""

    employer: str
    starts_on: date
    ends_on: date | None
    extent_percent: int
    earlier_days: int
    stands_in: bool
    never_began: bool

    @classmethod
    def of(cls, row: Employment) -> "Before":
        """As it stands now."""
        return cls(**{name: getattr(row, name) for name in cls.__dataclass_fields__})


def count_along(session: Session, row: Employment, was: Before, held: Sequence[UUID], pressed: Pressed) -> None:
    """Let the renewals that are ``held`` count the days of what they renew as these are now. ``was`` is how the employment
    stood. Raises ChangedSince where one was recorded meanwhile."""
    if renewals_after(session, row.id) != list(held):
        raise ChangedSince
    for id in held:
        renewal = session.get_one(Employment, id, populate_existing=True)
        counted = counted_anew(renewal, was, row, renewal.starts_on)
        was, moved = Before.of(renewal), f"{renewal.earlier_days} → {counted}"
        if counted != renewal.earlier_days:
            renewal.earlier_days = counted
            record(
                session, chain=row.party_id, at=pressed.at, actor=person_actor(pressed.actor.person_id),
                verb="employment.earlier_days_counted", object_id=id, reason=moved,
            )  # fmt: skip
        if renewal.stands_in or counted != was.earlier_days:
            turn(session, renewal)
        row = renewal


def counted_anew(renewal: Employment, was: Before, former: Employment | Before, starts: date) -> int:
    """The days before ``starts``, of a renewal that was counted on what it renews as that ``was``; as they are where somebody
    has written another number, or an authority employs."""
    if renewal.employer != Employer.PARTY or renewal.earlier_days != days_with_party(was, renewal.starts_on):
        return renewal.earlier_days
    return days_with_party(former, starts)


def turn(session: Session, row: Employment) -> None:
    """The day on which it turns permanent, and that which is stored with each of its acts, from the days that are told or,
    of a stand-in, registered before it."""
    stood_in = timedelta(days=stood_in_before(session, row) if row.stands_in else 0)
    rows: list[Employment | EmploymentAct] = [row, *acts_of(session, row.id)]
    for stored in rows:
        if stored.permanent_on is not None:
            stored.permanent_on = turns_permanent(
                stored.starts_on, begun=row.starts_on - stood_in, earlier_days=row.earlier_days, stands_in=row.stands_in
            )
    session.flush()
