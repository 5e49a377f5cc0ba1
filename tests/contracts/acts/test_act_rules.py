"""What an act comes to, without a database: the law by hypothesis, and the sentences by example."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.contracts.acts.kinds import By, Standing
from portal.contracts.acts.rules import EarlyEnd, Extension, Notice, early_end, extension, notice
from portal.elections.calendar import next_election
from portal.elections.limit import limit_for_authority
from portal.swedish_dates import months_after

RUNNING = Standing("authority", date(2026, 6, 1), date(2026, 7, 1), date(2026, 12, 31), first_days=(date(2026, 7, 1),))
DAYS = st.dates(date(2022, 1, 1), date(2040, 12, 31))


def test_kl_4_33_an_extension_decided_after_the_election_reaches_to_the_next_one() -> None:
    found = extension(Extension(date(2026, 9, 14), None), RUNNING, on=date(2026, 9, 14))
    assert (found.starts, found.ends, found.objections) == (date(2027, 1, 1), date(2030, 12, 31), ())
    assert (found.limit.reference_date, found.limit.election.day) == (date(2026, 9, 14), date(2030, 9, 8))


@pytest.mark.parametrize("decided", [date(2026, 6, 1), date(2026, 9, 13)])
def test_kl_4_33_before_or_on_election_day_it_is_refused_with_the_first_day_that_would_do(decided: date) -> None:
    found = extension(Extension(decided, date(2028, 12, 31)), RUNNING, on=date(2026, 9, 20))
    (objection,) = found.objections
    assert "kan beslutas tidigast 14 september 2026, dagen efter valet" in objection.sentence
    assert objection.field == "decided"


def test_kl_4_33_past_the_limit_it_is_refused_with_the_reasoning_the_limit_and_the_day_for_the_rest() -> None:
    found = extension(Extension(date(2026, 10, 1), date(2031, 1, 1)), RUNNING, on=date(2026, 10, 1))
    (objection,) = found.objections
    assert objection.instead == date(2030, 12, 31)
    for words in ("1 januari 2031 går inte", "längst till och med 31 december 2030", "tidigast 9 september 2030"):
        assert words in objection.sentence


@given(DAYS, st.integers(1, 1500), st.integers(0, 1500), st.integers(0, 1500), st.integers(1, 2000))
def test_kl_4_33_what_passes_is_lawful_for_its_own_decision_and_never_reaches_past_the_next_election(
    first: date, length: int, before: int, back: int, longer: int
) -> None:
    present = first + timedelta(days=length)
    recorded, decided = first - timedelta(days=before), present - timedelta(days=back)
    ends = present + timedelta(days=longer)
    standing = Standing("authority", recorded, first, present, first_days=(first,))
    found = extension(Extension(decided, ends), standing, on=decided)
    lawful = limit_for_authority(decided=decided, starts=found.starts)
    if not found.objections:
        assert ends <= lawful.latest_end == date(next_election(decided).year, 12, 31)
    elif decided >= recorded:
        assert ends > lawful.latest_end


@given(DAYS, st.integers(1, 1500), st.integers(0, 1500), st.integers(0, 1500))
def test_kl_4_33_an_early_end_of_what_is_lawful_is_lawful(first: date, length: int, cut: int, later: int) -> None:
    limit = limit_for_authority(decided=first, starts=first)
    present = min(first + timedelta(days=length), limit.latest_end)
    standing = Standing("authority", first, first, present, first_days=(first,))
    decided, ends = first + timedelta(days=later), max(first, present - timedelta(days=cut))
    found = early_end(EarlyEnd(decided, ends), standing, on=decided)
    assert found.limit.latest_end >= ends
    assert bool(found.objections) == (ends >= present or ends < decided)


def test_an_early_end_within_an_extension_is_counted_from_the_extensions_own_first_day() -> None:
    first_days = (date(2026, 7, 1), date(2027, 1, 1))
    standing = Standing("authority", date(2026, 10, 1), date(2026, 7, 1), date(2030, 12, 31), first_days=first_days)
    within = early_end(EarlyEnd(date(2028, 3, 1), date(2028, 6, 30)), standing, on=date(2028, 3, 1))
    assert (within.starts, within.limit.latest_end) == (date(2027, 1, 1), date(2030, 12, 31))
    before = early_end(EarlyEnd(date(2026, 10, 2), date(2026, 11, 30)), standing, on=date(2026, 10, 2))
    assert (before.starts, before.limit.latest_end) == (date(2026, 7, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("decided", "ends", "words"),
    [
        (date(2026, 10, 2), date(2026, 11, 1), "Dagen har inte varit än"),
        (date(2026, 5, 31), date(2026, 11, 1), "Det senaste beslutet om anställningen fattades 1 juni 2026"),
        (date(2026, 10, 1), date(2026, 6, 30), "började 1 juli 2026 och kan inte ha slutat före det"),
        (date(2026, 10, 1), date(2026, 12, 31), "slutar redan 31 december 2026"),
        (date(2026, 10, 1), date(2027, 3, 1), "slutar redan 31 december 2026"),
        (
            date(2026, 10, 1),
            date(2026, 9, 30),
            "Den sista dagen, 30 september 2026, ligger före beslutet 1 oktober 2026.",
        ),
    ],
)
def test_an_early_end_on_an_impossible_day_is_refused(decided: date, ends: date, words: str) -> None:
    found = early_end(EarlyEnd(decided, ends), RUNNING, on=date(2026, 10, 1))
    assert any(words in one.sentence for one in found.objections)


@pytest.mark.parametrize(
    ("given_on", "months", "last"),
    [
        (date(2026, 7, 15), 3, date(2026, 10, 15)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 24, date(2028, 12, 1)),
    ],
)
def test_months_of_notice_end_on_the_same_day_of_the_month_or_its_last(given_on: date, months: int, last: date) -> None:
    assert months_after(given_on, months) == last


def test_a_notice_that_runs_past_the_end_leaves_the_end_as_it_is() -> None:
    found = notice(Notice(By.EMPLOYEE, date(2026, 11, 15), 3), RUNNING, on=date(2026, 11, 15))
    assert (found.ends, found.objections) == (date(2026, 12, 31), ())


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (Notice(By.EMPLOYER, date(2026, 8, 1), None), "Skriv sista dagen"),
        (Notice(By.EMPLOYER, date(2026, 8, 1), None, date(2026, 7, 31)), "Uppsägningen lämnades 1 augusti 2026"),
        (Notice(By.EMPLOYER, date(2026, 6, 1), None, date(2026, 6, 15)), "före den första dagen, 1 juli 2026"),
        (Notice(By.EMPLOYER, date(2026, 8, 2), 3), "Dagen har inte varit än"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(wish: Notice, words: str) -> None:
    found = notice(wish, RUNNING, on=date(2026, 8, 1))
    assert any(words in one.sentence for one in found.objections)


def test_a_party_passes_its_policy_with_a_reason_and_las_counts_the_time_before() -> None:
    standing = Standing("party", date(2026, 3, 1), date(2026, 4, 1), date(2026, 12, 31), first_days=(date(2026, 4, 1),))
    asked = Extension(date(2026, 10, 1), date(2031, 6, 30))
    assert extension(asked, standing, on=date(2026, 10, 1)).objections[0].field == "policy_reason"
    with_reason = Extension(date(2026, 10, 1), date(2031, 6, 30), policy_reason="Valrörelsen 2030")
    found = extension(with_reason, standing, on=date(2026, 10, 1))
    assert found.objections == ()
    assert found.limit.permanent_on == date(2027, 4, 1)
