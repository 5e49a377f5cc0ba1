"""now() and today(): the only readers of the wall clock.

``PORTAL_NOW`` moves the clock in the demo and in tests. It is an offset that runs on: an ISO instant is where the clock
stands when the process starts, or, with a leading ``@``, the path of a file that holds such an instant; the file's own
time says when the clock stood there, so that a living server can be moved by writing the file anew.
"""

import os
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
_STARTED = datetime.now(UTC)


def _offset() -> timedelta:
    setting = os.environ.get("PORTAL_NOW", "")
    if not setting:
        return timedelta()
    if not setting.startswith("@"):
        return _instant(setting) - _STARTED
    path = Path(setting[1:])
    try:
        text, written = path.read_text(), path.stat().st_mtime
    except FileNotFoundError:
        return timedelta()
    return _instant(text.strip()) - datetime.fromtimestamp(written, UTC)


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
