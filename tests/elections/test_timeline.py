"""The days that a limit is seen against."""

from datetime import date

import pytest

from portal.elections.calendar import elections
from portal.elections.timeline import ELECTION, LAST, TERM, TODAY, timeline


def days(today: date, election: date) -> list[tuple[str, date]]:
    return [
        (one.label, one.day) for one in timeline(today=today, election=election, latest_end=date(election.year, 12, 31))
    ]


def test_four_days_that_are_not_the_same_stand_in_order():
    assert days(date(2026, 11, 26), date(2030, 9, 8)) == [
        (TODAY, date(2026, 11, 26)),
        (ELECTION, date(2030, 9, 8)),
        (TERM, date(2030, 10, 15)),
        (LAST, date(2030, 12, 31)),
    ]


def test_today_stands_where_it_belongs():
    assert [label for label, _ in days(date(2030, 11, 1), date(2030, 9, 8))] == [ELECTION, TERM, TODAY, LAST]


@pytest.mark.parametrize("election", elections(last=2010), ids=lambda election: str(election.year))
def test_the_first_day_of_a_term_before_2014_is_not_claimed(election):
    assert TERM not in dict(days(date(2026, 11, 26), election.day))
