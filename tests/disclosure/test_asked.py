"""Which lines of the register are asked for: days are whole, in Stockholm, and a number that cannot be is the nearest."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from portal.disclosure.asked import HIGHEST, Asked, id_of


def test_both_days_are_whole_days_of_stockholm() -> None:
    asked = Asked(since=date(2026, 12, 1), until=date(2026, 12, 1))
    assert (asked.first, asked.end) == (datetime(2026, 11, 30, 23, tzinfo=UTC), datetime(2026, 12, 1, 23, tzinfo=UTC))
    over_to_summer = Asked(until=date(2027, 3, 28))
    assert over_to_summer.end == datetime(2027, 3, 28, 22, tzinfo=UTC)
    assert (Asked().first, Asked().end) == (None, None)


@pytest.mark.parametrize(
    ("before", "below"), [(None, None), (41, 41), (0, 0), (-1, 0), (HIGHEST, HIGHEST), (HIGHEST + 1, HIGHEST)]
)
def test_a_number_that_the_column_cannot_hold_is_the_nearest_that_it_can(before: int | None, below: int | None) -> None:
    assert Asked(before=before).below == below


def test_an_id_is_read_and_what_is_none_is_none() -> None:
    assert id_of(str(UUID(int=7))) == UUID(int=7)
    assert [id_of(text) for text in (None, "", "alla", "7" * 31)] == [None] * 4
