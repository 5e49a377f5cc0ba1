"""Which days are holidays in Sweden: lag (1989:253) om allmänna helgdagar, as it has been since 2005. Plain Sundays are left
out. No library: sixteen megabytes in every process that once asks, for thirteen days a year."""

from datetime import date, timedelta
from functools import cache
from typing import Final

SATURDAY: Final = 5
FIXED: Final = {
    (1, 1): "Nyårsdagen",
    (1, 6): "Trettondedag jul",
    (5, 1): "Första maj",
    (6, 6): "Nationaldagen",
    (12, 25): "Juldagen",
    (12, 26): "Annandag jul",
}
FROM_EASTER: Final = {
    -2: "Långfredagen",
    0: "Påskdagen",
    1: "Annandag påsk",
    39: "Kristi himmelsfärdsdag",
    49: "Pingstdagen",
}
SATURDAYS: Final = {(6, 20): "Midsommardagen", (10, 31): "Alla helgons dag"}  # the Saturday of the week from that day


def holidays_from(day: date) -> dict[date, str]:
    """The holidays of the year of ``day`` and of the year after, each with its Swedish name."""
    return _of(day.year) | _of(day.year + 1)


@cache
def _of(year: int) -> dict[date, str]:
    easter = easter_of(year)
    moving = {easter + timedelta(days=days): name for days, name in FROM_EASTER.items()}
    saturdays = {_saturday_from(date(year, *first)): name for first, name in SATURDAYS.items()}
    return moving | saturdays | {date(year, *of): name for of, name in FIXED.items()}


def easter_of(year: int) -> date:
    """Easter Sunday of the Gregorian calendar: the Sunday after the full moon of the computus on or after 21 March."""
    century, golden = year // 100, year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    return date(year, 3, 22) + timedelta(days=moon + weekday - 7 * late)


def _saturday_from(day: date) -> date:
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7)
