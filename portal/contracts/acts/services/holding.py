"""An employment held for an act: its row locked, its acts, and what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.contracts.acts.kinds import Kind, Standing
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.queries.rows import acts_of, standing_of
from portal.contracts.acts.refusals import (
    DECIDED_BY_THEN,
    GIVEN_BY_THEN,
    ActRefused,
    CalledOff,
    ChangedSince,
    EmploymentEnded,
    LastsOn,
)
from portal.contracts.decision.services.rows import locked_employment
from portal.contracts.models import Employment
from portal.contracts.renewal.queries import lasts_since, renewals_after, stood_in_before
from portal.decisions.services.recording import hold
from portal.organisations.access import Actor
from portal.swedish_dates import swedish_day

ENDING = (Kind.NOTICE, Kind.EARLY_END)


@dataclass(frozen=True, slots=True)
class Pressed:
    """Whose employment, who presses and when; ``seen`` is the number of the last act on the page that was read."""

    employment_id: UUID
    seen: int
    actor: Actor
    at: datetime
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """An employment that is locked, its acts and what they come to; ``reason`` is why its end passes the policy.
    ``renewals`` are what goes on from it, renewal after renewal, locked too."""

    row: Employment
    acts: Sequence[EmploymentAct]
    standing: Standing
    reason: str
    renewals: Sequence[UUID] = ()

    @property
    def last(self) -> EmploymentAct | None:
        """The act that was written last."""
        return self.acts[-1] if self.acts else None


def held_for_an_act(session: Session, employment_id: UUID) -> Held | None:
    """Locked, after its recruitment where there is one and after what renews it, the last first: so does whoever acts on a
    renewal, who locks what that renews last. None where the scope has no such employment."""
    of = session.execute(
        select(Employment.ad_id, Employment.application_id).where(Employment.id == employment_id)
    ).first()
    if of is not None and of.ad_id is not None:
        hold(session, of.ad_id, of.application_id)  # first, as whoever writes its outcome does
    renewals = renewals_after(session, employment_id)
    for id in reversed(renewals):
        locked_employment(session, id)
    row = locked_employment(session, employment_id)
    if row is None:
        return None
    acts = acts_of(session, employment_id)
    stood_in = stood_in_before(session, row) if row.stands_in else 0
    standing = replace(standing_of(row, acts), lasts=lasts_since(session, row, acts), stood_in_days=stood_in)
    return Held(row, acts, standing, row.policy_lifted_reason, renewals)


def before_its_last(session: Session, held: Held) -> Held:
    """The same as it was held when its last act was written."""
    acts, former = held.acts[:-1], held.acts[-2]
    lasts = lasts_since(session, held.row, acts, ends=former.ends_on)
    stood_in = held.standing.stood_in_days
    standing = replace(standing_of(held.row, acts), ends=former.ends_on, lasts=lasts, stood_in_days=stood_in)
    return Held(held.row, acts, standing, former.policy_lifted_reason, held.renewals)


def require_open(held: Held, pressed: Pressed, kind: Kind, decided: date) -> None:
    """Raises ChangedSince or CalledOff; and EmploymentEnded once the last day has gone by, or LastsOn where that ended
    nothing: then what ends it can still be written. So can a notice and an earlier last day that were ``decided`` before the
    last day was over, and once more that it is not to be, by the day on which that was ``decided``. ActRefused of those two
    with a later day."""
    if pressed.seen != (held.last.number if held.last else 0):
        raise ChangedSince
    if held.row.never_began and held.row.ends_on:
        raise CalledOff(decided=swedish_day(held.row.ends_on))
    ends = held.row.ends_on
    noted_late = kind in ENDING and ends is not None and decided <= ends
    once_more = kind is Kind.NEVER_BEGAN and decided in held.standing.called_off
    if noted_late or once_more or (held.standing.lasts is not None and kind in ENDING):
        return
    if kind in ENDING and ends is not None and ends < pressed.on:
        field, words = ("given", GIVEN_BY_THEN) if kind is Kind.NOTICE else ("decided", DECIDED_BY_THEN)
        raise ActRefused(words, field=field, ends=swedish_day(ends))
    require_before_its_end(held, on=pressed.on)


def require_before_its_end(held: Held, *, on: date) -> None:
    """Raises EmploymentEnded or LastsOn once the last day has gone by."""
    ends, since = held.row.ends_on, held.standing.lasts
    if ends is None or ends >= on:
        return
    if since is not None:
        raise LastsOn(ends=swedish_day(ends), since=swedish_day(since))
    raise EmploymentEnded(ends=swedish_day(ends))
