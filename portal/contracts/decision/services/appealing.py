"""What comes after the announcement: nobody has appealed, somebody has, or the court is done. ``act`` as in `writing`."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.contracts.decision.appeal import final_after
from portal.contracts.decision.models import DecisionRow
from portal.contracts.decision.refusals import (
    AppealBeforeDecision,
    AppealNoted,
    DayToCome,
    FinalBeforeItCanBe,
    NotAnnounced,
    NothingAppealed,
    SetAsideBeforeAppeal,
    StandingMoved,
    StillAppealable,
)
from portal.contracts.decision.services.rows import locked_decision, note, settled
from portal.contracts.decision.since import standing_texts
from portal.organisations.access import Actor
from portal.seen import NOT_TOLD, Seen
from portal.swedish_dates import swedish_day


def confirm_no_appeal(
    session: Session, *, employment_id: UUID, actor: Actor, at: datetime, on: date, act: int = 0
) -> DecisionRow | None:
    """Somebody says that no appeal came: the decision is final (laga kraft) from the day after the last day of appeal.

    Raises StillAppealable until that day has come, and another Refusal where nothing is announced or one did come.
    """
    row = locked_decision(session, employment_id, act)
    if row is None:
        return None
    if row.appealed_on is not None:
        raise AppealNoted
    if row.final_on is not None:
        return row
    last_day = _last_day(row)
    if on <= last_day:
        raise StillAppealable(last_day=swedish_day(last_day))
    _make_final(row, final_after(last_day), actor, on)
    note(session, row, actor, at, "final")
    return row


def note_appeal(
    session: Session, *, employment_id: UUID, came: date, case_number: str, actor: Actor, at: datetime, on: date,
    act: int = 0, seen: Seen = NOT_TOLD,
) -> DecisionRow | None:  # fmt: skip
    """Write down that an appeal has come. A confirmation that none had is taken back by it. Twice is once; raises
    AppealNoted where another is there, StandingMoved where it was confirmed since the page was ``seen`` that none came."""
    row = locked_decision(session, employment_id, act)
    if row is None:
        return None
    if (row.appealed_on, row.case_number) == (came, case_number):
        return row
    if row.appealed_on is not None:  # another's, not to be written over: it is taken away first, if it was a mistake
        raise AppealNoted() if row.final_on is None else settled(row)
    _require_same(row, seen)
    if came < row.decided_on:
        raise AppealBeforeDecision(decided=swedish_day(row.decided_on), day=swedish_day(came))
    if came > on:
        raise DayToCome(field="came", day=swedish_day(came))
    row.appealed_on, row.case_number = came, case_number
    row.final_on = row.confirmed_on = row.confirmed_by = None
    note(session, row, actor, at, "appealed")
    return row


def drop_appeal(
    session: Session, *, employment_id: UUID, actor: Actor, at: datetime, act: int = 0, seen: Seen = NOT_TOLD
) -> DecisionRow | None:
    """An appeal was noted by mistake: it is as if it had not been. The log keeps both."""
    row = locked_decision(session, employment_id, act)
    if row is None:
        return None
    if row.final_on is not None:
        raise settled(row)
    if row.appealed_on is None:
        return row
    _require_same(row, seen)
    row.appealed_on, row.case_number = None, ""
    note(session, row, actor, at, "appeal_dropped")
    return row


def close_appeal(
    session: Session, *, employment_id: UUID, final_on: date, actor: Actor, at: datetime, on: date,
    act: int = 0, seen: Seen = NOT_TOLD,
) -> DecisionRow | None:  # fmt: skip
    """The court is done and the decision stands: somebody says from which day it is final (laga kraft). An appeal that came
    too late and was turned away leaves the day that it had without one, the day after the last day of appeal (KL 13:5)."""
    row = locked_decision(session, employment_id, act)
    if row is None:
        return None
    if row.appealed_on is None:
        raise NothingAppealed
    _the_court_is_done(row, final_on, seen, on, set_aside=False)
    if row.final_on is None:
        _make_final(row, final_on, actor, on)
        note(session, row, actor, at, "final")
    return row


def set_aside(
    session: Session, *, employment_id: UUID, ruled_on: date, actor: Actor, at: datetime, on: date,
    act: int = 0, seen: Seen = NOT_TOLD,
) -> DecisionRow | None:  # fmt: skip
    """A court has set the decision aside (KL 13:8): ``ruled_on`` is the day on which its judgment vann laga kraft. Nothing
    else follows by itself: what was carried out is put right by people, as far as it can be (KL 13:15)."""
    row = locked_decision(session, employment_id, act)
    if row is None:
        return None
    if row.appealed_on is None:
        raise NothingAppealed
    _the_court_is_done(row, ruled_on, seen, on, set_aside=True)
    if row.final_on is None:
        if ruled_on <= row.appealed_on:
            raise SetAsideBeforeAppeal(came=swedish_day(row.appealed_on))
        row.set_aside = True
        _make_final(row, ruled_on, actor, on)
        note(session, row, actor, at, "set_aside")
    return row


def _the_court_is_done(row: DecisionRow, day: date, seen: Seen, on: date, *, set_aside: bool) -> None:
    """Raises a Refusal where it cannot be, from that day; the same word a second time is no fault."""
    if (row.final_on, row.set_aside) == (day, set_aside):
        return
    if row.final_on is not None:
        raise settled(row)
    _require_same(row, seen)
    last_day = _last_day(row)
    if day <= last_day:
        raise FinalBeforeItCanBe(last_day=swedish_day(last_day))
    if day > on:
        raise DayToCome(field="stands", day=swedish_day(day))


def _require_same(row: DecisionRow, seen: Seen) -> None:
    """Raises StandingMoved where the page that says so was opened with another standing: it meant that one."""
    texts = standing_texts(row)
    if seen.version is not None and not all(seen.shown(name, text) for name, text in texts.items()):
        raise StandingMoved


def _last_day(row: DecisionRow) -> date:
    if row.last_appeal_on is None:
        raise NotAnnounced
    return row.last_appeal_on


def _make_final(row: DecisionRow, day: date, actor: Actor, on: date) -> None:
    row.final_on, row.confirmed_on, row.confirmed_by = day, on, actor.person_id
