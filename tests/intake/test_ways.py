"""When an application arrived that came some time on a day."""

from datetime import date, datetime

import pytest

from portal.intake.ways import STOCKHOLM, DayBeforeAd, DayNotYet, arrived_at


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


PUBLISHED, NOW = at("2026-11-23T14:00"), at("2026-12-14T10:00")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 12, 1), "2026-12-01T12:00"),
        (date(2026, 12, 14), "2026-12-14T10:00"),  # to-day, and it is not noon yet
        (date(2026, 11, 23), "2026-11-23T14:00"),  # the day the ad came out, in the afternoon
    ],
)
def test_it_arrived_at_noon_but_neither_before_the_ad_nor_after_now(on: date, expected: str) -> None:
    assert arrived_at(on, published_at=PUBLISHED, at=NOW) == at(expected)


@pytest.mark.parametrize(("on", "refused"), [(date(2026, 12, 15), DayNotYet), (date(2026, 11, 22), DayBeforeAd)])
def test_a_day_that_cannot_be_is_refused(on: date, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        arrived_at(on, published_at=PUBLISHED, at=NOW)
