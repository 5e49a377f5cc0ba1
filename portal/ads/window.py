"""When an ad takes applications: until the end of its last day in Swedish time.

PURE.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from portal.posts.employer_model import Employer, model_for

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")


def closes_at(deadline: date) -> datetime:
    """The first instant (UTC) after the last day to apply, whose end is midnight in Stockholm, summer or winter."""
    return datetime.combine(deadline + timedelta(days=1), time(), STOCKHOLM).astimezone(UTC)


def is_open(closes: datetime, at: datetime) -> bool:
    """Whether a new application may be begun at the instant ``at``."""
    return at < closes


def takes_late(employer: str) -> bool:
    """Whether applications after the last day are received all the same, and marked late."""
    return model_for(Employer(employer)).late_applications == "received_as_late"


def last_instant(closes: datetime) -> datetime:
    """The last whole second of the last day, in Stockholm: what is shown as 23.59."""
    return (closes - timedelta(seconds=1)).astimezone(STOCKHOLM)


def days_left(deadline: date, on: date) -> int:
    """Whole days from ``on`` to the last day; 0 on the day itself, negative after it."""
    return (deadline - on).days
