"""When an ad takes applications: until the end of its last day in Swedish time, and what becomes of those after it.

PURE.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from portal.posts.employer_model import Employer, model_for

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
GRACE: Final = timedelta(minutes=15)


class Arrival(StrEnum):
    """How an application stands to the last day."""

    IN_TIME = "in_time"
    LATE = "late"  # kept and marked: an authority cannot turn away what has arrived (TF 2:9)
    REFUSED = "refused"


def closes_at(deadline: date) -> datetime:
    """The first instant (UTC) after the last day to apply, whose end is midnight in Stockholm, summer or winter."""
    return datetime.combine(deadline + timedelta(days=1), time(), STOCKHOLM).astimezone(UTC)


def is_open(closes: datetime, at: datetime) -> bool:
    """Whether a new application may be begun at the instant ``at``."""
    return at < closes


def arrival(*, closes: datetime, opened_at: datetime, at: datetime, employer: str) -> Arrival:
    """How an application sent at ``at`` is taken, whose form was first posted at ``opened_at``.

    One begun in time has a quarter of an hour more. After that a party refuses it; an authority takes it as late.
    """
    if is_open(closes, at) or (is_open(closes, opened_at) and at < closes + GRACE):
        return Arrival.IN_TIME
    return Arrival.LATE if takes_late(employer) else Arrival.REFUSED


def takes_late(employer: str) -> bool:
    """Whether applications after the last day are received all the same, and marked late."""
    return model_for(Employer(employer)).late_applications == "received_as_late"


def last_instant(closes: datetime) -> datetime:
    """The last whole second of the last day, in Stockholm: what is shown as 23.59."""
    return (closes - timedelta(seconds=1)).astimezone(STOCKHOLM)


def days_left(deadline: date, on: date) -> int:
    """Whole days from ``on`` to the last day; 0 on the day itself, negative after it."""
    return (deadline - on).days
