"""The court is done: the decision stands, or is set aside. What was mistyped of that is put right, or taken back, until
something has been disposed of because of it. ``act`` as in `writing`."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.queries import ad_of
from portal.applications.models import Application
from portal.applications.states import State
from portal.clock import STOCKHOLM
from portal.contracts.decision.models import DecisionRow, EmploymentDecision
from portal.contracts.decision.refusals import (
    DayToCome,
    DisposedSince,
    FinalBeforeItCanBe,
    NothingAppealed,
    SetAsideBeforeAppeal,
)
from portal.contracts.decision.services.rows import (
    last_day_of,
    locked_decision,
    make_final,
    note,
    require_same,
    settled,
)
from portal.contracts.models import Employment
from portal.organisations.access import Actor
from portal.seen import NOT_TOLD, Seen
from portal.swedish_dates import swedish_day


def close_appeal(
    session: Session, *, employment_id: UUID, final_on: date, actor: Actor, at: datetime, on: date,
    act: int = 0, seen: Seen = NOT_TOLD,
) -> DecisionRow | None:  # fmt: skip
    """The court is done and the decision stands: somebody says from which day it is final (laga kraft). An appeal that came
    too late and was turned away leaves the day that it had without one, the day after the last day of appeal (KL 13:5).

    Another day than was written down puts that right. Raises a Refusal; DisposedSince where it is too late for that."""
    row = _before_the_court(session, employment_id, act)
    if row is None or (row.final_on, row.set_aside) == (final_on, False):
        return row
    former = _require_possible(session, row, final_on, seen, on, set_aside=False)
    make_final(row, final_on, actor, on)
    note(session, row, actor, at, "ruling_corrected" if former else "final", former)
    return row


def set_aside(
    session: Session, *, employment_id: UUID, ruled_on: date, actor: Actor, at: datetime, on: date,
    act: int = 0, seen: Seen = NOT_TOLD,
) -> DecisionRow | None:  # fmt: skip
    """A court has set the decision aside (KL 13:8): ``ruled_on`` is the day on which its judgment vann laga kraft. Nothing
    else follows by itself: what was carried out is put right by people, as far as it can be (KL 13:15). Again as
    `close_appeal`."""
    row = _before_the_court(session, employment_id, act)
    if row is None or (row.final_on, row.set_aside) == (ruled_on, True):
        return row
    former = _require_possible(session, row, ruled_on, seen, on, set_aside=True)
    row.set_aside = True
    make_final(row, ruled_on, actor, on)
    note(session, row, actor, at, "ruling_corrected" if former else "set_aside", former)
    return row


def take_back_ruling(
    session: Session, *, employment_id: UUID, actor: Actor, at: datetime, act: int = 0, seen: Seen = NOT_TOLD
) -> DecisionRow | None:
    """What the court came to was written down by mistake: the decision is before it, as it was. Twice changes nothing.
    Raises StandingMoved, and DisposedSince where it is too late."""
    row = _before_the_court(session, employment_id, act)
    if row is None or row.final_on is None:
        return row
    require_same(row, seen)
    _require_nothing_disposed(session, row)
    former = row.final_on.isoformat()
    row.set_aside, row.final_on, row.confirmed_on, row.confirmed_by = False, None, None, None
    note(session, row, actor, at, "ruling_taken_back", former)
    return row


def is_disposed_since(session: Session, row: DecisionRow) -> bool:
    """Whether applications of its recruitment have gone since the court's word was written down: their time was counted from
    it. Nothing is counted from what changes an employment."""
    if row.confirmed_on is None or not isinstance(row, EmploymentDecision):
        return False
    gone = (
        select(Application.changed_at)
        .join(Employment, Employment.ad_id == Application.ad_id)
        .where(Employment.id == row.employment_id, Application.state == State.DISPOSED)
    )
    days = session.scalars(gone, execution_options={"hidden_too": True})
    return any(row.confirmed_on <= at.astimezone(STOCKHOLM).date() for at in days)


def _before_the_court(session: Session, employment_id: UUID, act: int) -> DecisionRow | None:
    """The decision, locked after its recruitment, as whoever disposes of that locks it. Raises NothingAppealed."""
    ad_id = session.scalar(select(Employment.ad_id).where(Employment.id == employment_id))
    if ad_id is not None:
        ad_of(session, ad_id, lock=True)
    row = locked_decision(session, employment_id, act)
    if row is not None and row.appealed_on is None:
        raise NothingAppealed
    return row


def _require_possible(session: Session, row: DecisionRow, day: date, seen: Seen, on: date, *, set_aside: bool) -> str:
    """Raises a Refusal where the court cannot be done from that day. Where another was written down: both, for the log."""
    former = row.final_on
    if former is not None:
        if seen.version is None or row.set_aside != set_aside:  # said of what it was before
            raise settled(row)
        _require_nothing_disposed(session, row)
    require_same(row, seen)
    last_day = last_day_of(row)
    if day <= last_day:
        raise FinalBeforeItCanBe(last_day=swedish_day(last_day))
    if day > on:
        raise DayToCome(field="stands", day=swedish_day(day))
    assert row.appealed_on is not None
    if set_aside and day <= row.appealed_on:
        raise SetAsideBeforeAppeal(came=swedish_day(row.appealed_on))
    return f"{former.isoformat()} → {day.isoformat()}" if former is not None else ""


def _require_nothing_disposed(session: Session, row: DecisionRow) -> None:
    if is_disposed_since(session, row):
        raise DisposedSince
