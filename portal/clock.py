"""now() and today(): the only readers of the wall clock.

``PORTAL_NOW`` moves the clock in the demo and in tests. It is an offset that runs on: an ISO instant is where the clock
stands when the process starts, or, with a leading ``@``, the path of a file that holds such an instant; the file's own
time says when the clock stood there, so that a living server can be moved by writing the file anew.
"""

import os
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour_of_day
from functools import lru_cache
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
_STARTED, NOON = datetime.now(UTC), hour_of_day(12)


def _offset() -> timedelta:
    setting = os.environ.get("PORTAL_NOW", "")
    if not setting:
        return timedelta()
    if not setting.startswith("@"):
        return _instant(setting) - _STARTED
    try:
        seen = os.stat(setting[1:])
        return _read(setting[1:], seen.st_mtime_ns, seen.st_ino)
    except FileNotFoundError:
        return timedelta()


@lru_cache(maxsize=1)
def _read(path: str, _written: int, _file: int) -> timedelta:
    """The offset that a file of this writing says: read once, for the clock is asked a dozen times by each page."""
    with open(path) as file:
        written = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
        return _instant(file.read().strip()) - written


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant.replace(tzinfo=STOCKHOLM) if instant.tzinfo is None else instant


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC) + _offset()


def today() -> date:
    """The present calendar day in Europe/Stockholm, where every day of this portal is counted."""
    return now().astimezone(STOCKHOLM).date()


def monotonic() -> float:
    """Seconds of a clock that only measures: never moved, never a date."""
    return time.monotonic()


def is_noon(at: datetime) -> bool:
    """Whether it is noon in Europe/Stockholm to the microsecond, which nothing that is sent arrives at. What is known by its
    day alone, as a letter by post, counts from then (`intake.ways.arrived_at`): of it no hour is told."""
    return at.astimezone(STOCKHOLM).time() == NOON
