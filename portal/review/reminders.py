"""When the portal itself reminds an assessor who has something left: two days before the last minute, and the day before."""

from datetime import datetime, time, timedelta
from typing import Final

from portal.clock import STOCKHOLM

AT: Final = time(8)  # in Stockholm, also when the clocks change in between
DAYS_BEFORE: Final = (2, 1)


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
