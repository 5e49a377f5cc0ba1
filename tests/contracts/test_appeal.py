"""Kommunallagen 13:5 and lag (1930:173): how long an authority's decision can be appealed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.contracts.decision.appeal import appeal_time, free_day
from portal.swedish_holidays import holidays_from

DAYS = st.dates(date(2020, 1, 1), date(2050, 11, 1))
# The eve, and the day after which an announcement makes it the third week's last day.
MIDSUMMER_EVES = [date(2026, 6, 19), date(2027, 6, 25), date(2028, 6, 23), date(2030, 6, 21)]


def time_from(announced: date):
    return appeal_time(announced, holidays_from(announced))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("announced", "last", "moved_by"),
    [
        ("1995-09-13", "1995-10-04", ""),  # Sigtuna kommun, RÅ 1997 ref. 46: what came on 5 October came too late
        ("2026-11-26", "2026-12-17", ""),  # a Thursday, three weeks later a Thursday: lag (1930:173) 1 §
        ("2026-11-28", "2026-12-21", "lördag"),
        ("2026-11-29", "2026-12-21", "söndag"),
        ("2026-12-03", "2026-12-28", "julafton"),  # then juldagen, annandag jul and a Sunday
        ("2026-12-04", "2026-12-28", "Juldagen"),
        ("2026-12-10", "2027-01-04", "nyårsafton"),  # then nyårsdagen, a Saturday and a Sunday
        ("2026-12-11", "2027-01-04", "Nyårsdagen"),
        ("2026-12-16", "2027-01-07", "Trettondedag jul"),
        ("2027-05-28", "2027-06-18", ""),  # the Friday before midsommarafton is like any other
        ("2027-06-04", "2027-06-28", "midsommarafton"),  # then midsommardagen and a Sunday
        ("2027-03-05", "2027-03-30", "Långfredagen"),  # then påskafton, påskdagen and annandag påsk
        ("2027-04-10", "2027-05-03", "Första maj"),  # on a Saturday
        ("2027-04-15", "2027-05-07", "Kristi himmelsfärdsdag"),
        ("2028-05-16", "2028-06-07", "Nationaldagen"),
        ("2027-10-16", "2027-11-08", "Alla helgons dag"),
        ("2027-04-26", "2027-05-17", ""),  # annandag pingst has been a day like others since 2005
        ("2026-12-15", "2027-01-05", ""),  # trettondagsafton is none of the three eves
    ],
)
def test_kl_13_5_the_last_day_and_what_moved_it(announced, last, moved_by):
    found = time_from(day(announced))
    assert (found.last_day, found.moved_by) == (day(last), moved_by)
    assert found.final_on == day(last) + timedelta(days=1)


@pytest.mark.parametrize("eve", MIDSUMMER_EVES, ids=str)
def test_midsummers_eve_is_never_the_last_day_whichever_friday_it_is(eve):
    found = time_from(eve - timedelta(weeks=3))
    assert (found.moved_by, found.last_day) == ("midsommarafton", eve + timedelta(days=3))


@pytest.mark.parametrize("year", range(2020, 2050))
def test_the_eves_of_christmas_and_new_year_are_free_every_year(year):
    assert free_day(date(year, 12, 24), {}) == "julafton"
    assert free_day(date(year, 12, 31), {}) == "nyårsafton"


@pytest.mark.parametrize("year", range(2020, 2050))
def test_there_is_one_midsummers_eve_a_year_and_it_is_the_day_before_midsommardagen(year):
    june = [date(year, 6, number) for number in range(1, 31)]
    (eve,) = [one for one in june if free_day(one, {}) == "midsommarafton"]
    assert holidays_from(eve)[eve + timedelta(days=1)] == "Midsommardagen"


@given(DAYS)
def test_the_last_day_is_never_before_three_weeks_and_never_a_free_day(announced):
    found = time_from(announced)
    assert found.last_day >= announced + timedelta(days=21)
    assert free_day(found.last_day, holidays_from(found.last_day)) == ""
    assert found.last_day.weekday() < 5


@given(DAYS)
def test_every_day_it_was_moved_past_is_free(announced):
    found = time_from(announced)
    passed = [found.three_weeks + timedelta(days=n) for n in range((found.last_day - found.three_weeks).days)]
    assert all(free_day(one, holidays_from(one)) for one in passed)
    assert bool(passed) is bool(found.moved_by)
    assert len(passed) <= 5


@given(DAYS, DAYS)
def test_a_later_announcement_never_gives_an_earlier_last_day(one, other):
    first, second = sorted((one, other))
    assert time_from(first).last_day <= time_from(second).last_day


def test_a_plain_sunday_is_no_holiday():
    """A plain Sunday has no holiday's name, so that the page says what it is."""
    names = holidays_from(date(2026, 1, 1))
    assert date(2026, 1, 11) not in names
    assert names[date(2026, 4, 5)] == "Påskdagen"
