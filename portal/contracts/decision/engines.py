"""Allmänna helgdagar (lag 1989:253), as the library has them."""

from datetime import date
from functools import cache


def holidays_from(day: date) -> dict[date, str]:
    """The holidays of the year of ``day`` and of the year after, each with its Swedish name. Plain Sundays are left out."""
    return _holidays(day.year) | _holidays(day.year + 1)


@cache
def _holidays(year: int) -> dict[date, str]:
    # Loaded at the first question: few ask, and every process would carry it.
    from holidays.countries.sweden import Sweden

    return dict(Sweden(include_sundays=False, language="sv", years=year).items())
