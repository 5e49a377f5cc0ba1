"""What comes after the announcement: nobody has appealed, or somebody has. ``act`` as in `writing`."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.contracts.decision.appeal import final_after
from portal.contracts.decision.models import DecisionRow
from portal.contracts.decision.refusals import (
    AppealBeforeDecision,
    AppealNoted,
    DayToCome,
    StillAppealable,
)
from portal.contracts.decision.services.rows import (
    last_day_of,
    locked_decision,
    make_final,
    note,
    require_same,
    settled,
)
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
    last_day = last_day_of(row)
    if on <= last_day:
        raise StillAppealable(last_day=swedish_day(last_day))
    make_final(row, final_after(last_day), actor, on)
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
    require_same(row, seen)
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
    require_same(row, seen)
    row.appealed_on, row.case_number = None, ""
    note(session, row, actor, at, "appeal_dropped")
    return row
