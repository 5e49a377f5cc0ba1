"""The holidays of lag (1989:253), against a library that somebody else keeps."""

from datetime import date

import pytest
from holidays.countries.sweden import Sweden

from portal.swedish_holidays import easter_of, holidays_from


@pytest.mark.parametrize("year", range(2005, 2100))
def test_the_holidays_of_every_year_are_those_of_the_law(year: int) -> None:
    theirs = dict(Sweden(include_sundays=False, language="sv", years=[year, year + 1]).items())
    ours = holidays_from(date(year, 7, 1))
    assert set(ours) == set(theirs)
    assert all(ours[day] in name.split("; ") for day, name in theirs.items())


@pytest.mark.parametrize("day", ["1818-03-22", "1943-04-25", "2000-04-23", "2024-03-31", "2038-04-25", "2285-03-22"])
def test_easter_is_where_it_was_and_will_be(day: str) -> None:
    assert easter_of(date.fromisoformat(day).year) == date.fromisoformat(day)
