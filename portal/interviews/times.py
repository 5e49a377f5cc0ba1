"""Times of meetings in Stockholm, across the change of clocks, and until when they can be booked and moved."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from portal.clock import STOCKHOLM
from portal.interviews.refusals import HourMissing, HourTwice, HourUnreadable, TimePast, TooFarAhead
from portal.swedish_dates import MONTHS, WEEKDAYS, swedish_weekday_day

NOTICE: Final = timedelta(hours=24)  # a booked time can be moved or given up until so long before it
SHORTEST: Final = timedelta(hours=2)  # a free time can be booked until so long before it
FARTHEST: Final = timedelta(days=366)
LEAST_MINUTES, MOST_MINUTES = 15, 180
MOST_AT_ONCE, LONGEST_PAUSE = 12, 120
REMINDED_AT: Final = time(8, 0)  # the day before
_HOUR = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")


def read_hour(text: str) -> time:
    """ "13.30", "13:30", "9". Raises `HourUnreadable`."""
    found = _HOUR.fullmatch(text.strip()) if text.isascii() else None
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise HourUnreadable
    return time(int(found[1]), int(found[2] or 0))


def instant_of(day: date, hour: time) -> datetime:
    """The instant at which the clocks of Stockholm show this. Raises `HourMissing` and `HourTwice`."""
    first, second = (datetime.combine(day, hour.replace(fold=fold), STOCKHOLM) for fold in (0, 1))
    if _shown(first.astimezone(UTC)) != (day, hour):
        raise HourMissing(hour=f"{hour:%H.%M}")
    if first.utcoffset() != second.utcoffset():
        raise HourTwice(hour=f"{hour:%H.%M}")
    return first.astimezone(UTC)


def _shown(at: datetime) -> tuple[date, time]:
    local = at.astimezone(STOCKHOLM)
    return local.date(), local.time()


def series(first: datetime, *, count: int, minutes: int, pause: int) -> Iterator[datetime]:
    """So many starts in a row. Raises `HourTwice` for one whose hour the clocks show twice: nobody could tell which."""
    for number in range(count):
        start = first + number * timedelta(minutes=minutes + pause)
        local = start.astimezone(STOCKHOLM)
        instant_of(local.date(), local.time())
        yield start


def require_ahead(start: datetime, at: datetime) -> None:
    """Raises `TimePast` and `TooFarAhead`."""
    if start <= at:
        raise TimePast(when=_dated(start))
    if start > at + FARTHEST:
        raise TooFarAhead(when=_dated(start))


def require_day_ahead(day: date, at: datetime) -> None:
    """The same of a whole day, while its hour cannot be told. Raises `TimePast` and `TooFarAhead`."""
    today, words = at.astimezone(STOCKHOLM).date(), swedish_weekday_day(day).capitalize()
    if day < today:
        raise TimePast(when=words)
    if day > today + FARTHEST:
        raise TooFarAhead(when=words)


def may_be_booked(start: datetime, at: datetime) -> bool:
    """Whether a free time can still be taken at ``at``."""
    return at <= start - SHORTEST


def may_be_moved(start: datetime, at: datetime) -> bool:
    """Whether a booked time can still be moved or given up at ``at``."""
    return at <= start - NOTICE


def overlap(one: datetime, its_minutes: int, other: datetime, others_minutes: int) -> bool:
    """Whether two meetings share an instant; one may begin as the other ends."""
    return one < other + timedelta(minutes=others_minutes) and other < one + timedelta(minutes=its_minutes)


def remind_at(start: datetime) -> datetime:
    """Eight in the morning of the day before, in Stockholm."""
    before = start.astimezone(STOCKHOLM).date() - timedelta(days=1)
    return datetime.combine(before, REMINDED_AT, STOCKHOLM).astimezone(UTC)


def _dated(start: datetime) -> str:
    """ "Torsdag 17 december 2026 kl. 10.00": of a day that is wrong the year may be what is."""
    local = start.astimezone(STOCKHOLM)
    return f"{swedish_weekday_day(local.date()).capitalize()} kl.\u00a0{local:%H.%M}"


def spoken(start: datetime, minutes: int = 0) -> str:
    """ "torsdag 17 december kl. 10.00", or "… kl. 10.00–10.45" """
    local = start.astimezone(STOCKHOLM)
    until = f"–{(start + timedelta(minutes=minutes)).astimezone(STOCKHOLM):%H.%M}" if minutes else ""
    day = f"{WEEKDAYS[local.weekday()]} {local.day}\u00a0{MONTHS[local.month - 1]}"
    return f"{day} kl.\u00a0{local:%H.%M}{until}"
