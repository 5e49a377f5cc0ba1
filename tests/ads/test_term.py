"""From when to when: the limit on what is known, the assumptions told, and both answers where an election is near."""

from datetime import date, timedelta

import pytest

from portal.ads.term import EndPastLimit, EndPastPolicy, StartPastPolicy, expected_decision, plan_term

TODAY = date(2026, 11, 23)


def test_without_a_decision_day_the_day_after_the_last_day_to_apply_is_assumed_and_said() -> None:
    plan = plan_term(employer="authority", on=TODAY, deadline=date(2026, 12, 11))
    assert (plan.decided, plan.assumed_decision, plan.assumed_start) == (date(2026, 12, 12), True, True)
    assert plan.limit is not None
    assert plan.limit.latest_end == date(2030, 12, 31)


def test_a_deadline_that_has_passed_gives_a_decision_today_at_the_earliest() -> None:
    assert expected_decision(date(2026, 1, 1), TODAY) == TODAY
    assert expected_decision(None, TODAY) == TODAY


def test_kl_4_33_an_end_past_the_limit_is_refused_in_the_words_of_the_law_page() -> None:
    plan = plan_term(
        employer="authority", on=TODAY, decided=date(2026, 12, 21), starts=date(2027, 2, 1), ends=date(2031, 3, 31)
    )
    refusal = plan.refusal()
    assert isinstance(refusal, EndPastLimit)
    assert refusal.sentence == "31 mars 2031 går inte. Längst till och med 31 december 2030."
    assert refusal.field == "latest_end"
    assert plan.wish_past_stop == date(2031, 3, 31)


def test_a_start_after_the_limit_lands_on_the_start_and_an_end_before_it_on_the_end() -> None:
    late = plan_term(employer="authority", on=TODAY, decided=date(2030, 9, 8), starts=date(2031, 1, 1)).refusal()
    assert late is not None
    assert late.field == "earliest_start"
    reverse = plan_term(
        employer="authority", on=TODAY, decided=TODAY, starts=date(2027, 2, 1), ends=date(2027, 1, 31)
    ).refusal()
    assert reverse is not None
    assert reverse.field == "latest_end"


def test_a_party_may_pass_the_policy_day_when_it_says_why() -> None:
    plan = plan_term(employer="party", on=TODAY, decided=TODAY, starts=date(2027, 2, 1), ends=date(2031, 3, 31))
    assert isinstance(plan.refusal(), EndPastPolicy)
    assert plan.refusal(reason_given=True) is None
    assert plan.limit is not None
    assert plan.limit.permanent_on == date(2028, 2, 1)


@pytest.mark.parametrize(
    ("starts", "ends", "form", "refused"),
    [
        (date(2031, 1, 1), None, "visstid", True),
        (date(2031, 1, 1), None, "tillsvidare", False),
        (date(2030, 12, 31), None, "visstid", False),
    ],
)
def test_a_party_that_starts_past_the_policy_day_is_asked_for_an_end(
    starts: date, ends: date | None, form: str, refused: bool
) -> None:
    refusal = plan_term(employer="party", on=date(2030, 7, 1), starts=starts, ends=ends, form=form).refusal()
    assert isinstance(refusal, StartPastPolicy) is refused
    if refusal is not None:
        assert refusal.sentence == (
            "Första dagen 1 januari 2031 ligger efter utgångsläget 31 december 2030. Ange ett slutdatum och skälet till det."
        )
        assert refusal.field == "latest_end"


def test_a_party_that_ends_before_it_starts_is_a_problem_and_never_an_exception() -> None:
    plan = plan_term(employer="party", on=TODAY, starts=date(2027, 2, 1), ends=date(2027, 1, 1))
    assert plan.limit is None
    assert plan.problem is not None
    assert plan.problem.field == "latest_end"


def test_until_further_notice_has_no_end_for_a_party() -> None:
    plan = plan_term(employer="party", on=TODAY, starts=TODAY, ends=date(2040, 1, 1), form="tillsvidare")
    assert plan.ends is None
    assert plan.refusal() is None


@pytest.mark.parametrize(
    ("decided", "starts", "after"),
    [
        (date(2030, 8, 20), date(2030, 9, 1), date(2034, 12, 31)),
        (date(2030, 1, 1), date(2030, 9, 8), date(2034, 12, 31)),
        (date(2026, 12, 1), date(2027, 2, 1), None),
        (date(2030, 3, 12), date(2030, 3, 12), date(2034, 12, 31)),  # half a year before election day, to the day
        (date(2030, 3, 11), date(2030, 3, 11), None),
        (date(2030, 9, 8), date(2030, 9, 8), date(2034, 12, 31)),  # on election day: it may slip past it
        (date(2030, 9, 8), date(2030, 10, 1), date(2034, 12, 31)),
        (date(2030, 9, 9), date(2030, 9, 9), None),  # after it there is nothing to slip past
    ],
)
def test_both_answers_are_given_where_an_election_is_near(decided: date, starts: date, after: date | None) -> None:
    plan = plan_term(employer="authority", on=TODAY, decided=decided, starts=starts)
    assert (plan.after_election and plan.after_election.latest_end) == after


def test_a_party_gets_one_answer_since_no_election_binds_it() -> None:
    assert plan_term(employer="party", on=TODAY, decided=date(2030, 8, 20)).after_election is None


def test_an_authority_is_held_to_the_end_it_wrote_whatever_the_form_of_employment_is_called() -> None:
    plan = plan_term(employer="authority", on=TODAY, starts=TODAY, ends=date(2040, 1, 1), form="tillsvidare")
    assert isinstance(plan.refusal(), EndPastLimit)


def test_nobody_is_assumed_to_begin_before_the_day_on_which_it_is_asked() -> None:
    decided_long_ago = plan_term(employer="authority", on=TODAY, decided=date(2026, 10, 1))
    assert (decided_long_ago.starts, decided_long_ago.assumed_start) == (TODAY, True)
    assert plan_term(employer="authority", on=TODAY, decided=date(2027, 1, 7)).starts == date(2027, 1, 7)


@pytest.mark.parametrize(("form", "stands_in"), [("vikariat", True), ("tillsvidare", False), ("", False)])
def test_a_stand_in_is_told_apart_from_every_other_form(form: str, stands_in: bool) -> None:
    assert plan_term(employer="party", on=TODAY, form=form).stands_in is stands_in


def test_a_day_beyond_the_table_is_a_problem_beside_its_field() -> None:
    plan = plan_term(employer="authority", on=TODAY, decided=date(2050, 12, 31), starts=date(2050, 12, 31))
    assert plan.limit is None
    assert plan.problem is not None
    assert plan.problem.field == "earliest_start"
    wished = plan_term(employer="authority", on=date(2050, 12, 1), ends=date(2051, 12, 31))
    assert (wished.limit, wished.wish_past_stop) == (None, None)


@pytest.mark.parametrize(
    ("deadline", "decided", "stands"),
    [
        (date(2026, 12, 11), date(2030, 9, 9), False),  # three years on: the election's years are borrowed
        (date(2030, 9, 1), date(2030, 9, 20), True),  # the election comes between, as it does in a slow recruitment
        (date(2030, 3, 1), date(2030, 9, 9), False),
        (date(2030, 3, 20), date(2030, 9, 9), True),
        (date(2030, 3, 13), date(2030, 9, 9), True),  # half a year, to the day
        (date(2030, 3, 12), date(2030, 9, 9), False),
        (date(2030, 9, 9), date(2031, 6, 1), True),  # applied for after it
        (date(2026, 12, 11), date(2030, 9, 8), True),  # election day itself: still the years up to it
    ],
)
def test_a_decision_far_off_borrows_no_later_elections_years(deadline: date, decided: date, stands: bool) -> None:
    plan = plan_term(
        employer="authority",
        on=date(2026, 11, 23),
        deadline=deadline,
        decided=decided,
        starts=decided + timedelta(days=1),
    )
    refusal = plan.refusal()
    assert (refusal is None) is stands
    if refusal is not None:
        assert refusal.field == "expected_decision" and "lånar" in refusal.sentence


def test_a_party_may_plan_its_decision_as_it_likes() -> None:
    late = {"deadline": date(2026, 12, 11), "decided": date(2030, 9, 9), "starts": date(2030, 9, 10)}
    assert plan_term(employer="party", on=date(2026, 11, 23), **late).refusal() is None
