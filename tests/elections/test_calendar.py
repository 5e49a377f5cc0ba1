"""The election calendar: the table, the rule behind it, and what is refused."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.elections import calendar
from portal.elections.calendar import (
    BeyondElectionTable,
    Election,
    NotAnElectionYear,
    TermStartUnknown,
    elections,
    is_election_year,
    local_elections,
    next_election,
    ordinary_election_day,
    term_start,
)

ELECTION_DAYS = [
    "1970-09-20", "1973-09-16", "1976-09-19", "1979-09-16", "1982-09-19", "1985-09-15",
    "1988-09-18", "1991-09-15", "1994-09-18", "1998-09-20", "2002-09-15", "2006-09-17",
    "2010-09-19", "2014-09-14", "2018-09-09", "2022-09-11", "2026-09-13", "2030-09-08",
    "2034-09-10", "2038-09-12", "2042-09-14", "2046-09-09", "2050-09-11",
]  # fmt: skip
DAYS_WITH_A_NEXT_ELECTION = st.dates(date(1970, 1, 1), date(2050, 9, 11))


@pytest.fixture
def table_with(monkeypatch):
    """Another table than the one shipped, as an operator would get by changing the file."""

    def use(tmp_path, text):
        changed = tmp_path / "dates.toml"
        changed.write_text(text, encoding="utf-8")
        monkeypatch.setattr(calendar, "TABLE", changed)
        calendar._table.cache_clear()
        calendar._ordinary.cache_clear()

    yield use
    monkeypatch.undo()
    calendar._table.cache_clear()
    calendar._ordinary.cache_clear()


@pytest.mark.parametrize("day", ELECTION_DAYS)
def test_the_table_has_the_election(day):
    assert date.fromisoformat(day) in [election.day for election in elections()]


def test_the_table_has_those_23_elections_and_no_other():
    assert [election.day.isoformat() for election in elections()] == ELECTION_DAYS
    assert len(ELECTION_DAYS) == 23


@pytest.mark.parametrize("day", ELECTION_DAYS)
def test_vallagen_1_3_the_rule_gives_the_day_of_the_table(day):
    expected = date.fromisoformat(day)
    assert ordinary_election_day(expected.year) == expected


def test_the_rule_and_the_table_have_the_same_years():
    assert [year for year in range(1900, 2200) if is_election_year(year)] == [e.year for e in elections()]


def test_elections_are_three_years_apart_until_1994_and_four_from_then_on():
    years = [election.year for election in elections()]
    gaps = {later: later - earlier for earlier, later in pairwise(years)}
    assert {gap for year, gap in gaps.items() if year <= 1994} == {3}
    assert {gap for year, gap in gaps.items() if year > 1994} == {4}


@pytest.mark.parametrize("election", elections(), ids=lambda election: str(election.year))
def test_every_election_is_on_a_sunday_in_its_week_of_september(election):
    assert election.day.weekday() == 6
    assert election.day.month == 9
    assert election.day.day in (range(8, 15) if election.year >= 2014 else range(15, 22))


@pytest.mark.parametrize("election", elections(), ids=lambda election: str(election.year))
def test_every_election_says_where_its_day_is_known_from(election):
    assert len(election.source) > 20


def test_a_span_of_years_includes_both_ends():
    assert [election.year for election in elections(2022, 2030)] == [2022, 2026, 2030]
    assert elections(2027, 2029) == ()


def test_election_day_itself_counts_as_still_ahead():
    assert next_election(date(2026, 9, 13)).day == date(2026, 9, 13)


def test_the_day_after_election_day_looks_to_the_next():
    assert next_election(date(2026, 9, 14)).day == date(2030, 9, 8)


@given(on=DAYS_WITH_A_NEXT_ELECTION)
def test_the_next_election_is_ahead_with_none_between(on):
    found = next_election(on)
    assert found.day >= on
    assert not [election for election in elections() if on <= election.day < found.day]


@pytest.mark.parametrize("on", [date.min, date(1969, 12, 31), date(2050, 9, 12), date(2050, 12, 31), date.max])
def test_a_day_beyond_the_table_is_refused_not_guessed(on):
    with pytest.raises(BeyondElectionTable) as refused:
        next_election(on)
    assert "ligger utanför valkalendern, som går från 1 januari 1970 till 11 september 2050" in str(refused.value)


@pytest.mark.parametrize("year", [1969, 2051, 2054])
def test_a_year_beyond_the_table_is_refused_not_guessed(year):
    assert not is_election_year(year)
    for ask in (ordinary_election_day, elections, lambda last: elections(1970, last)):
        with pytest.raises(BeyondElectionTable):
            ask(year)


def test_a_year_without_election_has_no_election_day():
    with pytest.raises(NotAnElectionYear, match="2027 är inget valår"):
        ordinary_election_day(2027)


def test_kl_5_9_the_term_of_fullmaktige_starts_on_15_october():
    assert [term_start(election) for election in elections(2022, 2026)] == [date(2022, 10, 15), date(2026, 10, 15)]
    assert term_start(elections(2014, 2014)[0]) == date(2014, 10, 15)


def test_the_start_of_an_older_term_is_refused_not_guessed():
    with pytest.raises(TermStartUnknown):
        term_start(elections(2010, 2010)[0])


def test_kl_5_10_a_local_election_is_known_but_is_never_the_next_election():
    (repeated,) = [election for election in local_elections() if election.day == date(2011, 5, 15)]
    assert repeated.kind == "omval"
    assert next_election(repeated.day - timedelta(days=1)).day == date(2014, 9, 14)


def test_rf_15_a_postponed_election_is_a_change_of_data(tmp_path, table_with):
    text = calendar.TABLE.read_text(encoding="utf-8")
    table_with(tmp_path, text.replace("day = 2030-09-08", "day = 2031-03-16"))
    assert next_election(date(2030, 9, 9)) == Election(date(2031, 3, 16), elections(2031, 2031)[0].source)
    assert next_election(date(2031, 3, 17)).day == date(2034, 9, 10)


def test_the_order_of_the_lines_in_the_table_does_not_matter(tmp_path, table_with):
    rows = [f'[[ordinary]]\nday = {day}\nsource = "en källa att lita på"\n' for day in reversed(ELECTION_DAYS)]
    table_with(tmp_path, "\n".join(rows))
    assert [election.day.isoformat() for election in elections()] == ELECTION_DAYS
    assert local_elections() == ()
