"""Days and counts as Swedish text."""

import re
from datetime import date
from pathlib import Path

import pytest

from portal.swedish_dates import (
    MONTHS,
    in_words,
    months_after,
    shown_day,
    shown_weekday_day,
    swedish_day,
    swedish_weekday_day,
    years_after,
)


def test_a_day_is_written_without_zero_or_full_stop():
    assert swedish_day(date(2030, 12, 31)) == "31 december 2030"
    assert swedish_day(date(2027, 1, 1)) == "1 januari 2027"


def test_a_day_with_its_weekday():
    assert swedish_weekday_day(date(2026, 12, 11)) == "fredag 11 december 2026"


def test_every_election_day_is_a_sunday_in_words_too():
    assert swedish_weekday_day(date(2026, 9, 13)).startswith("söndag ")


@pytest.mark.parametrize("month", range(1, 13))
def test_each_month_has_its_own_name(month):
    assert swedish_day(date(2026, month, 2)) == f"2 {MONTHS[month - 1]} 2026"


@pytest.mark.parametrize(
    ("number", "text"), [(0, "noll"), (1, "en"), (9, "nio"), (12, "tolv"), (13, "13"), (40, "40"), (-1, "-1")]
)
def test_counts_are_words_up_to_twelve(number, text):
    assert in_words(number) == text


def test_only_one_changes_with_the_gender():
    assert in_words(1, neuter=True) == "ett"
    assert in_words(2, neuter=True) == "två"


def test_on_a_page_a_day_is_never_broken_over_two_lines() -> None:
    assert shown_day(date(2026, 12, 9)) == "9\u00a0december\u00a02026"
    assert shown_weekday_day(date(2026, 12, 9)) == "onsdag 9\u00a0december\u00a02026"
    assert swedish_day(date(2026, 12, 9)) == "9 december 2026", "what is compared, filed or sent has plain spaces"


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        ("2028-02-29", 1, "2029-02-28"),
        ("2028-02-29", 4, "2032-02-29"),
        ("2028-02-29", -5, "2023-02-28"),
        ("2027-02-28", 1, "2028-02-28"),
        ("2026-12-31", -5, "2021-12-31"),
    ],
)
def test_a_year_on_or_back_is_the_same_day_of_it(day, years, then):
    assert years_after(date.fromisoformat(day), years) == date.fromisoformat(then)


def test_months_back_are_counted_as_months_on():
    assert months_after(date(2027, 3, 31), -1) == date(2027, 2, 28)
    assert months_after(date(2027, 1, 15), -1) == date(2026, 12, 15)


def test_months_and_years_are_counted_on_in_one_place():
    by_itself = re.compile(r"\bmonthrange\b|\.replace\(\s*year=")
    package = Path(__file__).resolve().parent.parent / "portal"
    found = [str(path.relative_to(package)) for path in package.rglob("*.py") if by_itself.search(path.read_text())]
    assert found == ["swedish_dates.py"]
