"""Where the signs of the term line stand."""

from datetime import date

import pytest

from portal.web.term_picture import JOINT, LEFT, STOP, reason_bar, term_picture, whole_months

TODAY, DEADLINE, STARTS = date(2026, 11, 23), date(2026, 12, 11), date(2027, 2, 1)
ELECTION, LIMIT = date(2030, 9, 8), date(2030, 12, 31)


def test_the_two_scales_meet_at_the_first_day_of_work() -> None:
    picture = term_picture(today=TODAY, deadline=DEADLINE, starts=STARTS, election=ELECTION, limit=LIMIT)
    assert [point.kind for point in picture.points] == ["today", "deadline", "start", "election", "stop"]
    assert [point.x for point in picture.points] == sorted(point.x for point in picture.points)
    assert (picture.points[0].x, picture.bar_from, picture.bar_to) == (LEFT, JOINT, STOP)
    assert picture.duration == (3, 11)


def test_weeks_are_drawn_before_the_start_and_years_after_it() -> None:
    picture = term_picture(today=TODAY, starts=STARTS, limit=LIMIT)
    assert len(picture.weeks) == 10
    assert all(LEFT <= x < JOINT for x in picture.weeks)
    assert [year.number for year in picture.years] == [2027, 2028, 2029, 2030]
    assert picture.years[0].tick is None


def test_a_wish_past_the_limit_is_drawn_beyond_the_stop() -> None:
    picture = term_picture(today=TODAY, starts=STARTS, limit=LIMIT, wish=date(2031, 3, 31))
    assert picture.wish_to is not None
    assert picture.wish_to > picture.bar_to
    assert term_picture(today=TODAY, starts=STARTS, limit=LIMIT, wish=LIMIT).wish_to is None


def test_a_stand_in_ends_on_its_own_day_before_the_election() -> None:
    picture = term_picture(
        today=TODAY, starts=STARTS, ends=date(2027, 8, 31), election=ELECTION, limit=LIMIT, deadline=DEADLINE
    )
    assert [point.kind for point in picture.points] == ["today", "deadline", "start", "end"]
    assert picture.duration == (0, 7)


def test_without_a_limit_the_employment_runs_until_further_notice() -> None:
    picture = term_picture(today=TODAY, starts=STARTS)
    assert picture.open_ended
    assert picture.bar_to == 100
    assert picture.point("stop") is None


def test_an_employment_that_has_begun_is_drawn_on_one_scale() -> None:
    picture = term_picture(today=date(2028, 5, 1), starts=STARTS, election=ELECTION, limit=LIMIT)
    assert picture.bar_from == LEFT
    assert [point.kind for point in picture.points] == ["start", "today", "election", "stop"]
    assert picture.weeks == ()


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2027, 1, 1), date(2027, 12, 31), (1, 0)),
        (date(2027, 2, 1), date(2027, 2, 28), (0, 1)),
        (date(2027, 2, 15), date(2027, 3, 13), (0, 0)),
        (date(2027, 2, 15), date(2027, 3, 14), (0, 1)),
    ],
)
def test_whole_months_count_the_last_day(first: date, last: date, expected: tuple[int, int]) -> None:
    assert whole_months(first, last) == expected


def test_the_reasoning_bar_shows_the_wish_only_when_it_passes_the_limit() -> None:
    past = reason_bar(starts=STARTS, election=ELECTION, limit=LIMIT, wish=date(2031, 3, 31))
    within = reason_bar(starts=STARTS, election=ELECTION, limit=LIMIT, wish=date(2029, 1, 1))
    assert past.wish is not None
    assert past.election is not None
    assert past.starts.x < past.election.x < past.limit.x < past.wish.x < 100
    assert within.wish is None
