"""When an ad takes applications: to the end of the last day in Stockholm, whatever the clocks of summer do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.ads.window import closes_at, days_left, is_open, last_instant, takes_late

SECOND = timedelta(seconds=1)
CLOSES = closes_at(date(2026, 12, 11))


@pytest.mark.parametrize(
    ("deadline", "first_instant_after"),
    [
        (date(2026, 12, 11), datetime(2026, 12, 11, 23, tzinfo=UTC)),
        (date(2026, 7, 7), datetime(2026, 7, 7, 22, tzinfo=UTC)),
        (date(2027, 3, 27), datetime(2027, 3, 27, 23, tzinfo=UTC)),  # the night the clock goes forward is still ahead
        (date(2027, 3, 28), datetime(2027, 3, 28, 22, tzinfo=UTC)),  # a day of 23 hours
        (date(2026, 10, 24), datetime(2026, 10, 24, 22, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),  # a day of 25 hours
    ],
)
def test_the_last_day_ends_at_midnight_in_stockholm_summer_and_winter(
    deadline: date, first_instant_after: datetime
) -> None:
    assert closes_at(deadline) == first_instant_after


def test_it_is_open_to_the_last_second_and_closed_at_midnight() -> None:
    assert is_open(CLOSES, CLOSES - SECOND)
    assert not is_open(CLOSES, CLOSES)


def test_after_the_last_day_an_authority_takes_it_as_late_and_a_party_does_not() -> None:
    assert takes_late("authority")
    assert not takes_late("party")


def test_the_last_instant_is_shown_as_a_minute_to_midnight() -> None:
    assert last_instant(CLOSES).strftime("%Y-%m-%d %H.%M.%S") == "2026-12-11 23.59.59"
    assert days_left(date(2026, 12, 11), date(2026, 12, 11)) == 0
