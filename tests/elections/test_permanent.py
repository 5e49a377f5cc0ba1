"""LAS 5 a §: the day a party's fixed-term employment turns permanent, and the party's policy end."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.elections.calendar import BeyondElectionTable
from portal.elections.limit import PARTY_ARTICLE, PARTY_RULE, EndsBeforeStart, Verdict, limit_for_party
from portal.elections.permanent import EarlierDaysImpossible, Form, permanent_on, with_months_of_thirty
from portal.elections.reasons import ReasonCode

STARTS = st.dates(date(2022, 10, 1), date(2050, 9, 11))
EARLIER = st.integers(0, 1826)


@pytest.mark.parametrize(
    ("starts", "earlier_days", "expected"),
    [
        ("2025-09-01", 0, "2026-09-01"),
        ("2027-01-01", 0, "2028-01-01"),
        ("2027-06-01", 0, "2028-06-01"),  # 29 February lies within: twelve calendar months all the same
        ("2027-01-01", 100, "2027-09-23"),
        ("2027-01-01", 364, "2027-01-02"),
        ("2027-01-01", 365, "2027-01-01"),
        ("2027-01-01", 1826, "2027-01-01"),
        ("2028-02-29", 0, "2029-02-28"),
        ("2022-10-01", 0, "2023-10-01"),
        ("2023-03-01", 365, "2023-03-01"),  # twelve whole months before it, and 29 February in those that follow
        ("2023-03-01", 364, "2023-03-02"),
        ("2024-03-01", 366, "2024-03-01"),
    ],
)
def test_las_5_a_the_first_day_beyond_twelve_months_in_all(starts, earlier_days, expected):
    assert permanent_on(date.fromisoformat(starts), earlier_days) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("starts", "earlier_days", "expected"),
    [
        ("2025-01-01", 0, "2027-01-01"),
        ("2027-03-01", 0, "2029-02-28"),  # 29 February lies within: the 731st day all the same (AD 2019 nr 56)
        ("2027-01-01", 100, "2028-09-22"),
        ("2027-01-01", 729, "2027-01-02"),
        ("2027-01-01", 730, "2027-01-01"),
        ("2028-02-29", 0, "2030-02-28"),
    ],
)
def test_las_5_a_the_731st_day_as_a_stand_in_wherever_they_begin(starts, earlier_days, expected):
    assert permanent_on(date.fromisoformat(starts), earlier_days, form=Form.STAND_IN) == date.fromisoformat(expected)


def test_las_5_a_is_not_reckoned_for_employments_older_than_the_rule():
    assert permanent_on(date(2022, 9, 30)) is None


@pytest.mark.parametrize("earlier_days", [-1, 1827, 5000])
def test_earlier_days_must_fit_in_five_years(earlier_days):
    with pytest.raises(EarlierDaysImpossible, match="rymmer 0 till 1826 dagar"):
        permanent_on(date(2027, 1, 1), earlier_days)


@given(starts=STARTS, fewer=EARLIER, more=EARLIER)
def test_las_5_a_more_earlier_days_never_give_a_later_day(starts, fewer, more):
    fewer, more = sorted([fewer, more])
    assert starts <= permanent_on(starts, more) <= permanent_on(starts, fewer)


@given(first=STARTS, second=STARTS, earlier_days=EARLIER)
def test_las_5_a_a_later_start_never_gives_an_earlier_day(first, second, earlier_days):
    first, second = sorted([first, second])
    assert permanent_on(first, earlier_days) <= permanent_on(second, earlier_days)


def test_las_5_a_sixteen_months_warn():
    limit = limit_for_party(decided=date(2025, 8, 20), starts=date(2025, 9, 1), ends=date(2026, 12, 31))
    assert (limit.verdict, limit.permanent_on) == (Verdict.WARN, date(2026, 9, 1))
    (warning,) = limit.objections
    assert (warning.code, warning.field) == (ReasonCode.TURNS_PERMANENT, "ends")
    assert warning.sentence.startswith("1 september 2026 blir anställningen en tillsvidareanställning")


@pytest.mark.parametrize(("ends", "verdict"), [(date(2027, 12, 31), "ok"), (date(2028, 1, 1), "warn")])
def test_las_5_a_twelve_months_to_the_day_are_allowed_and_one_day_more_warns(ends, verdict):
    limit = limit_for_party(decided=date(2026, 12, 1), starts=date(2027, 1, 1), ends=ends)
    assert (limit.verdict, limit.permanent_on) == (verdict, date(2028, 1, 1))


@pytest.mark.parametrize(
    ("earlier_days", "ends", "maybe_on"),
    [(0, date(2027, 12, 26), None), (0, date(2027, 12, 27), date(2027, 12, 27)), (0, date(2028, 1, 1), None),
     (100, date(2027, 9, 17), None), (100, date(2027, 9, 22), date(2027, 9, 18)), (359, date(2027, 1, 1), None)],
)  # fmt: skip
def test_las_5_a_what_ends_before_it_turns_is_told_of_the_day_that_months_of_thirty_days_give(
    earlier_days: int, ends: date, maybe_on: date | None
):
    limit = limit_for_party(decided=date(2026, 12, 1), starts=date(2027, 1, 1), ends=ends, earlier_days=earlier_days)
    told = [one for one in limit.reasons if one.code == ReasonCode.MONTHS_OF_THIRTY]
    assert [dict(one.days)["maybe_on"] for one in told] == ([maybe_on] if maybe_on else [])
    assert [one.field for one in told] == [None] * len(told), "it explains, and nothing has to be changed"


def test_las_5_a_a_stand_ins_years_are_years_and_are_told_of_no_months_of_thirty_days():
    term = {"decided": date(2026, 12, 1), "starts": date(2027, 1, 1), "ends": date(2027, 12, 31)}
    limit = limit_for_party(**term, form=Form.STAND_IN)
    assert ReasonCode.MONTHS_OF_THIRTY not in [one.code for one in limit.reasons]


@given(starts=STARTS, earlier_days=EARLIER)
def test_las_5_a_months_of_thirty_days_give_no_later_day_than_the_calendar(starts, earlier_days):
    assert starts <= with_months_of_thirty(starts, earlier_days) <= permanent_on(starts, earlier_days)


def test_las_5_a_earlier_days_bring_the_day_into_the_term():
    term = {"decided": date(2026, 12, 1), "starts": date(2027, 1, 1), "ends": date(2027, 10, 31)}
    assert limit_for_party(**term).verdict == Verdict.OK
    assert limit_for_party(**term, earlier_days=100).verdict == Verdict.WARN


def test_las_5_a_a_year_of_earlier_days_makes_it_permanent_at_once():
    limit = limit_for_party(decided=date(2026, 12, 1), starts=date(2027, 1, 1), ends=date(2027, 1, 1), earlier_days=400)
    assert limit.verdict == Verdict.WARN
    assert "redan första dagen, 1 januari 2027" in limit.objections[0].sentence


@pytest.mark.parametrize("ends", [date(2027, 12, 31), date(2030, 12, 31)])
def test_las_5_a_a_stand_in_is_told_that_earlier_time_as_one_counts_too(ends):
    """Two years in all under five years: whoever has been one before reaches them sooner than this term says by itself."""
    term = {"decided": date(2026, 12, 1), "starts": date(2027, 1, 1), "ends": ends}
    told = [
        one for one in limit_for_party(**term, form=Form.STAND_IN).reasons if one.code == ReasonCode.STOOD_IN_BEFORE
    ]
    assert [one.field for one in told] == [None], "it explains, and nothing has to be changed"
    assert "mer än två år" in told[0].sentence
    assert ReasonCode.STOOD_IN_BEFORE not in [one.code for one in limit_for_party(**term).reasons]


def test_an_open_end_becomes_the_policy_end_which_is_the_day_of_the_law():
    limit = limit_for_party(decided=date(2026, 12, 1), starts=date(2026, 12, 1))
    assert (limit.latest_end, limit.ends, limit.basis) == (date(2030, 12, 31), date(2030, 12, 31), "policy")
    assert limit.verdict == Verdict.WARN
    assert "kommunallagens gräns gäller inte" in limit.reasons[0].sentence
    assert "31 december 2030" in limit.reasons[0].sentence
    assert limit.reasons[0].field is None


def test_a_party_may_pass_the_policy_end_with_a_reason():
    limit = limit_for_party(decided=date(2026, 8, 1), starts=date(2026, 9, 1), ends=date(2027, 2, 28))
    assert limit.verdict == Verdict.OK
    assert [objection.code for objection in limit.objections] == [ReasonCode.ENDS_AFTER_POLICY]


def test_a_start_past_the_policy_end_has_no_end_until_one_is_given():
    limit = limit_for_party(decided=date(2026, 8, 20), starts=date(2027, 1, 1))
    assert (limit.latest_end, limit.ends, limit.permanent_on) == (date(2026, 12, 31), None, date(2028, 1, 1))
    assert limit.verdict == Verdict.WARN
    assert ReasonCode.STARTS_AFTER_POLICY in [objection.code for objection in limit.objections]


def test_an_employment_older_than_the_rule_says_that_nothing_was_reckoned():
    limit = limit_for_party(decided=date(2021, 1, 10), starts=date(2021, 2, 1))
    assert (limit.verdict, limit.permanent_on) == (Verdict.OK, None)
    assert limit.reasons[-1].code == ReasonCode.BEFORE_RULE


def test_a_party_term_that_ends_before_it_starts_is_refused_beside_the_end():
    with pytest.raises(EndsBeforeStart) as refused:
        limit_for_party(decided=date(2026, 12, 1), starts=date(2027, 1, 1), ends=date(2026, 12, 31))
    assert refused.value.field == "ends"
    assert str(refused.value).startswith("Sista dagen 31 december 2026 ligger före första dagen 1 januari 2027")


def test_a_party_term_beyond_the_table_is_refused():
    with pytest.raises(BeyondElectionTable):
        limit_for_party(decided=date(2050, 9, 12), starts=date(2050, 10, 1))


def test_the_party_result_names_its_own_rule_and_article():
    limit = limit_for_party(decided=date(2026, 12, 1), starts=date(2027, 1, 1))
    assert (limit.rule, limit.article) == (PARTY_RULE, PARTY_ARTICLE)


@given(decided=STARTS, starts=STARTS, ends=st.none() | STARTS, earlier_days=EARLIER)
def test_las_5_a_the_verdict_warns_exactly_when_the_day_lies_within_the_term(decided, starts, ends, earlier_days):
    if ends is not None and ends < starts:
        ends = starts
    limit = limit_for_party(decided=decided, starts=starts, ends=ends, earlier_days=earlier_days)
    within = limit.ends is None or starts <= limit.permanent_on <= limit.ends
    assert limit.verdict == (Verdict.WARN if within else Verdict.OK)


PRINTS = {"LAS 5 a 2026-12": "98dca535da5a"}


def test_a_rule_that_answers_otherwise_has_another_name() -> None:
    """The name is stored beside the day: what an older program reckoned is told from what this one does."""
    days = [date(2022, 9, 1) + timedelta(days=37 * n) for n in range(120)]
    days += [date(year, month, day) for year in (2024, 2028) for month, day in ((2, 28), (2, 29), (3, 1))]
    said = "\n".join(
        f"{starts} {earlier} {form} {permanent_on(starts, earlier, form=form)}"
        for starts in days
        for earlier in (0, 1, 59, 364, 365, 366, 729, 730, 731)
        for form in Form
    )
    assert {PARTY_RULE: sha256(said.encode()).hexdigest()[:12]} == PRINTS
