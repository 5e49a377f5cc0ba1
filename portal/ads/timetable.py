"""The ad's own timetable as days, so that what was promised stands in order of date. PURE."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeVar

from portal.swedish_dates import MONTHS

BEFORE = timedelta(days=60)  # a timetable may begin before the last day to apply
_DAY = r"(\d{1,2})"
_MONTH = r"([a-zåäö]{3,9})\.?"
_YEAR = r"(?:\s+(20\d\d))?"
_WRITTEN = re.compile(rf"{_DAY}(?:\s+{_MONTH}{_YEAR})?(?:\s*[–-]\s*{_DAY}\s+{_MONTH}{_YEAR})?")

Days = tuple[date, date]
Row = TypeVar("Row")


def days_in(when: str, deadline: date) -> Days | None:
    """The first and the last day of what an ad writes as a time, where it names days; the year is the one that follows
    the last day to apply.

    >>> days_in("13 jan", date(2026, 12, 16))
    (datetime.date(2027, 1, 13), datetime.date(2027, 1, 13))
    >>> days_in("28 dec–4 januari", date(2026, 12, 16))
    (datetime.date(2026, 12, 28), datetime.date(2027, 1, 4))
    >>> days_in("3–6 mars", date(2026, 12, 16)), days_in("vecka 3", date(2026, 12, 16)), days_in("31 feb", date(2026, 12, 16))
    ((datetime.date(2027, 3, 3), datetime.date(2027, 3, 6)), None, None)
    """
    found = _WRITTEN.fullmatch(" ".join(when.lower().split()))
    if found is None or not (found[2] or found[5]):
        return None
    after = deadline - BEFORE
    first = _day(found[1], found[2] or found[5], found[3] or (None if found[2] else found[6]), after)
    last = _day(found[4], found[5], found[6], first or after) if found[4] else first
    return None if first is None or last is None else (first, last)


def with_year(when: str, deadline: date) -> str:
    """The same time with its years written out, so that it stays what it is when the last day to apply is moved.

    >>> [with_year(when, date(2026, 12, 16)) for when in ("13 jan", "28 dec–4 januari", "3–6 mars", "vecka 3")]
    ['13 jan 2027', '28 dec 2026–4 januari 2027', '3–6 mars 2027', 'vecka 3']
    """
    days, found = days_in(when, deadline), _WRITTEN.fullmatch(" ".join(when.lower().split()))
    if days is None or found is None:
        return when
    told = [found[1], found[2] and f"{found[2]} {days[0].year}", found[4] and f"–{found[4]} {found[5]} {days[1].year}"]
    return " ".join(filter(None, told)).replace(" –", "–")


def _day(number: str, word: str, year: str | None, after: date) -> date | None:
    month = next((n for n, name in enumerate(MONTHS, 1) if name.startswith(word)), 0)
    for one in [int(year)] if year else [after.year, after.year + 1]:
        try:
            day = date(one, month, int(number))
        except ValueError:
            continue
        if year or day >= after:
            return day
    return None


def in_order(rows: Iterable[tuple[date | None, Row]]) -> list[Row]:
    """By day; a row without one stays after the row that it was written after.

    >>> in_order([(date(2027, 1, 13), "besked"), (None, "sedan"), (date(2027, 1, 9), "beslut")])
    ['beslut', 'besked', 'sedan']
    """
    placed, latest = [], date.min
    for day, row in rows:
        latest = day or latest
        placed.append((latest, row))
    return [row for _, row in sorted(placed, key=lambda one: one[0])]
