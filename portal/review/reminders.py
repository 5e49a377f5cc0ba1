"""The last minute to hand in, and when the portal itself reminds an assessor who has something left: two days before it, and
the day before. PURE."""

from datetime import datetime, time, timedelta
from typing import Final

from portal.clock import STOCKHOLM

AT: Final = time(8)  # in Stockholm, also when the clocks change in between
DAYS_BEFORE: Final = (2, 1)


def last_minute_of(hand_in_by: datetime | None, *, closes_at: datetime | None, is_out: bool) -> datetime | None:
    """The last minute to hand in; None where none is set, and where the ad has been extended past it: nobody can judge before
    the last day to apply, and a new one is asked for. Of an ad that was taken back its own holds."""
    left_behind = is_out and hand_in_by is not None and closes_at is not None and hand_in_by <= closes_at
    return None if left_behind else hand_in_by


def reminder_times(last_minute: datetime) -> tuple[datetime, ...]:
    """The instants of both reminders, the first first."""
    day = last_minute.astimezone(STOCKHOLM).date()
    return tuple(datetime.combine(day - timedelta(days=before), AT, STOCKHOLM) for before in DAYS_BEFORE)


def reminder_due(last_minute: datetime, at: datetime) -> datetime | None:
    """Which of them is in force at ``at``: the latest whose time has come, and none from the last minute on.

    So a worker that was away for both sends one mail, and a reminder for a last minute that was moved sends none.
    """
    come = [due for due in reminder_times(last_minute) if due <= at < last_minute]
    return come[-1] if come else None
