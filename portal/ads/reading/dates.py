"""Days as postings write them. A day without a stated year is found, but never made into a date."""

import re
from dataclasses import dataclass, replace
from datetime import date

from portal.swedish_dates import MONTHS

_NUMBER = {name: number for number, name in enumerate(MONTHS, 1)}
_NUMBER |= {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sept": 9,
    "sep": 9,
    "okt": 10,
    "nov": 11,
    "dec": 12,
}
_NAME = "|".join(sorted(_NUMBER, key=len, reverse=True))
_FORMS = re.compile(
    rf"""(?<![0-9])(?P<year_a>[0-9]{{4}})[-/.](?P<month_a>[0-9]{{1,2}})[-/.](?P<day_a>[0-9]{{1,2}})(?![0-9])
    |(?<![0-9/])(?P<day_b>[0-9]{{1,2}})(?::?[ea])?\s(?P<month_b>{_NAME})\b\.?(?:,?\s(?:år\s)?(?P<year_b>[0-9]{{4}})(?![0-9]))?
    |(?<![0-9/.,])(?P<day_c>[0-9]{{1,2}})/(?P<month_c>[0-9]{{1,2}})(?:\s?[-/\s]\s?(?P<year_c>[0-9]{{4}})(?![0-9]))?(?![0-9/])
    |(?<![0-9.])(?P<day_d>[0-9]{{1,2}})\.(?P<month_d>[0-9]{{1,2}})\.(?P<year_d>[0-9]{{4}})(?![0-9])
    |\b(?P<month_e>{_NAME})\s(?P<year_e>[0-9]{{4}})(?![0-9])""",
    re.I | re.X,
)


@dataclass(frozen=True)
class Found:
    """A day in a text: the posting's own words, where they stand, and the date if the words say one.

    `lacks` tells why there is no date: "year" or "day" is not stated, "calendar" has no such day, or it need not be the
    "last" to apply or the "first" of work (`period`).
    """

    text: str
    start: int
    end: int
    day: date | None
    lacks: str | None = None


def find_dates(text: str) -> list[Found]:
    """All days in `text`, in order. In "1 maj–31 december 2029" the first day has no year: it may be another one."""
    return [day for day in map(_read, _FORMS.finditer(text)) if day]


def _read(match: re.Match[str]) -> Found | None:
    form = next(name[-1] for name, value in match.groupdict().items() if name.startswith("month") and value)
    parts = match.groupdict()
    month, day, year = parts[f"month_{form}"], parts.get(f"day_{form}"), parts[f"year_{form}"]
    number = _NUMBER.get(month.casefold()) or int(month)
    if form == "c" and not (1 <= number <= 12 and 1 <= int(day or 0) <= 31):
        return None
    found = Found(match.group().rstrip("."), match.start(), match.end(), None)
    if day is None:
        return replace(found, lacks="day")
    if year is None:
        return replace(found, lacks="year")
    return _dated(found, int(year), number, int(day))


def _dated(found: Found, year: int, month: int, day: int) -> Found:
    try:
        return replace(found, day=date(year, month, day), lacks=None)
    except ValueError:
        return replace(found, lacks="calendar")
