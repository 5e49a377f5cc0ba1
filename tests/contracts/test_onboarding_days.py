"""Where a step of the first days stands, and which are late or due soon: pure, by examples."""

from datetime import date, timedelta

import pytest

from portal.contracts.onboarding.days import SOON, Due, Stand, first_dues, stand_of

TODAY = date(2027, 2, 1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("due", "done", "skipped", "stand"),
    [
        (TODAY, False, False, Stand.LEFT),  # the day itself is left to do it in
        (TODAY - DAY, False, False, Stand.LATE),
        (TODAY - DAY, True, False, Stand.DONE),
        (TODAY - DAY, False, True, Stand.SKIPPED),
        (TODAY - DAY, True, True, Stand.DONE),
    ],
)
def test_where_a_step_stands(due: date, done: bool, skipped: bool, stand: Stand) -> None:
    assert stand_of(due, done=done, skipped=skipped, on=TODAY) is stand


def test_what_is_late_or_due_within_two_weeks_is_shown_by_day_the_first_first() -> None:
    dues = [TODAY + SOON + DAY, TODAY + SOON, TODAY - DAY, TODAY + SOON, TODAY]
    assert first_dues(dues, TODAY) == [Due(TODAY - DAY, 1), Due(TODAY, 1), Due(TODAY + SOON, 2)]
    assert first_dues([TODAY + SOON + DAY], TODAY) == []
