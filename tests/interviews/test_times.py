"""Times in Stockholm on the days when the clocks change, and until when they can be booked and moved."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest

from portal.clock import STOCKHOLM
from portal.interviews.refusals import HourMissing, HourTwice, HourUnreadable, TimePast, TooFarAhead
from portal.interviews.times import (
    instant_of,
    may_be_booked,
    may_be_moved,
    overlap,
    read_hour,
    remind_at,
    require_ahead,
    series,
    spoken,
)

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


@pytest.mark.parametrize(
    ("text", "hour"),
    [("13.30", time(13, 30)), ("13:30", time(13, 30)), (" 9 ", time(9)), ("00.00", time(0)), ("23:59", time(23, 59))],
)
def test_an_hour_is_read_as_people_write_it(text: str, hour: time) -> None:
    assert read_hour(text) == hour


@pytest.mark.parametrize("text", ["", "24.00", "12.60", "halv två", "1.5", "١٣.٣٠", "13.30.00", "-1", "9" * 5000])
def test_what_is_no_hour_is_told_how_to_write_one(text: str) -> None:
    with pytest.raises(HourUnreadable, match=r"13\.30"):
        read_hour(text)


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        (date(2026, 12, 17), time(10), "2026-12-17T09:00"),
        (date(2027, 6, 17), time(10), "2027-06-17T08:00"),
        (SPRING, time(1, 59), "2027-03-28T00:59"),
        (SPRING, time(3), "2027-03-28T01:00"),
        (AUTUMN, time(1, 59), "2027-10-30T23:59"),
        (AUTUMN, time(3), "2027-10-31T02:00"),
    ],
)
def test_an_hour_of_stockholm_is_one_instant(day: date, hour: time, utc: str) -> None:
    assert instant_of(day, hour) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize("hour", [time(2), time(2, 30), time(2, 59)])
def test_an_hour_that_is_leapt_over_is_told_as_such(hour: time) -> None:
    with pytest.raises(HourMissing, match=f"Klockan {hour:%H.%M} finns inte den dagen"):
        instant_of(SPRING, hour)


@pytest.mark.parametrize("hour", [time(2), time(2, 30), time(2, 59)])
def test_an_hour_that_comes_twice_is_told_as_such(hour: time) -> None:
    with pytest.raises(HourTwice, match=f"Klockan {hour:%H.%M} kommer två gånger den dagen"):
        instant_of(AUTUMN, hour)


def test_a_row_across_the_change_keeps_its_length_in_real_minutes() -> None:
    starts = list(series(instant_of(SPRING, time(1, 30)), count=3, minutes=45, pause=15))
    assert [start.astimezone(STOCKHOLM).strftime("%H.%M") for start in starts] == ["01.30", "03.30", "04.30"]


def test_a_row_that_comes_into_the_hour_that_comes_twice_is_refused() -> None:
    with pytest.raises(HourTwice):
        list(series(instant_of(AUTUMN, time(1)), count=2, minutes=60, pause=15))


def test_no_times_are_none() -> None:
    assert list(series(instant_of(SPRING, time(10)), count=0, minutes=45, pause=15)) == []


def test_the_past_and_the_far_future_are_refused() -> None:
    now = datetime(2026, 12, 14, 9, tzinfo=UTC)
    with pytest.raises(TimePast, match=re.escape("Måndag 14 december 2026 kl.\u00a010.00 har redan varit")):
        require_ahead(now, now)
    with pytest.raises(TooFarAhead, match="Tisdag 18 januari 2028"):
        require_ahead(now + timedelta(days=400), now)
    require_ahead(now + timedelta(seconds=1), now)


def test_booking_ends_two_hours_before_and_moving_a_day_before() -> None:
    start = datetime(2027, 3, 28, 8, tzinfo=UTC)  # the day on which the clocks have gone forward
    second = timedelta(seconds=1)
    assert may_be_booked(start, start - timedelta(hours=2))
    assert not may_be_booked(start, start - timedelta(hours=2) + second)
    assert may_be_moved(start, start - timedelta(hours=24))
    assert not may_be_moved(start, start - timedelta(hours=24) + second)


def test_the_reminder_comes_at_eight_in_stockholm_in_both_halves_of_the_year() -> None:
    assert remind_at(datetime(2027, 3, 28, 8, tzinfo=UTC)) == datetime(2027, 3, 27, 7, tzinfo=UTC)
    assert remind_at(datetime(2027, 3, 29, 8, tzinfo=UTC)) == datetime(2027, 3, 28, 6, tzinfo=UTC)


def test_meetings_that_only_touch_do_not_overlap() -> None:
    ten = datetime(2026, 12, 17, 9, tzinfo=UTC)
    assert not overlap(ten, 45, ten + timedelta(minutes=45), 45)
    assert overlap(ten, 45, ten + timedelta(minutes=44), 45)
    assert overlap(ten, 180, ten + timedelta(minutes=30), 15)
    assert spoken(ten, 45) == "torsdag 17\u00a0december kl.\u00a010.00–10.45"
