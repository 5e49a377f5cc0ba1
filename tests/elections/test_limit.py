"""Kommunallagen 4:33: how long an authority may employ a political secretary."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.elections.calendar import BeyondElectionTable, elections, local_elections
from portal.elections.limit import ARTICLE, RULE, Verdict, limit_for_authority, limits_around_election
from portal.elections.reasons import ReasonCode

DAYS = st.dates(date(1970, 1, 1), date(2050, 9, 11))
PLANNED_ENDS = st.none() | st.dates(date(1969, 1, 1), date(2099, 12, 31))

# Decided, starts, reference, election, latest end, and whether the start is possible at all.
WORKED_EXAMPLES = [
    ("2025-09-01", "2025-09-01", "2025-09-01", "2026-09-13", "2026-12-31", "ok"),
    ("2026-09-01", "2026-09-01", "2026-09-01", "2026-09-13", "2026-12-31", "ok"),
    ("2026-09-12", "2026-09-12", "2026-09-12", "2026-09-13", "2026-12-31", "ok"),
    ("2026-09-13", "2026-09-13", "2026-09-13", "2026-09-13", "2026-12-31", "ok"),
    ("2026-09-14", "2026-09-14", "2026-09-14", "2030-09-08", "2030-12-31", "ok"),
    ("2026-12-01", "2026-12-01", "2026-12-01", "2030-09-08", "2030-12-31", "ok"),
    ("2027-01-01", "2027-01-01", "2027-01-01", "2030-09-08", "2030-12-31", "ok"),
    ("2030-09-08", "2030-09-08", "2030-09-08", "2030-09-08", "2030-12-31", "ok"),
    ("2030-09-09", "2030-09-09", "2030-09-09", "2034-09-10", "2034-12-31", "ok"),
    ("2026-08-20", "2026-10-01", "2026-08-20", "2026-09-13", "2026-12-31", "ok"),
    ("2026-08-20", "2027-01-01", "2026-08-20", "2026-09-13", "2026-12-31", "block"),
    ("2026-12-20", "2027-01-01", "2026-12-20", "2030-09-08", "2030-12-31", "ok"),
    pytest.param("2022-12-20", "2023-01-01", "2022-12-20", "2026-09-13", "2026-12-31", "ok", id="Tyresö"),
    pytest.param("2017-08-01", "2017-09-01", "2017-08-01", "2018-09-09", "2018-12-31", "ok", id="V Skåne"),
    pytest.param("2011-03-01", "2011-03-01", "2011-03-01", "2014-09-14", "2014-12-31", "ok", id="VGR before omval"),
]


def iso(text):
    return date.fromisoformat(text)


def limit_on(day, **more):
    return limit_for_authority(decided=day, starts=day, **more)


@pytest.mark.parametrize(("decided", "starts", "reference", "election", "latest_end", "verdict"), WORKED_EXAMPLES)
def test_kl_4_33_worked_example(decided, starts, reference, election, latest_end, verdict):
    limit = limit_for_authority(decided=iso(decided), starts=iso(starts))
    assert limit.reference_date == iso(reference)
    assert limit.election.day == iso(election)
    assert limit.latest_end == iso(latest_end)
    assert limit.verdict == verdict


@pytest.mark.parametrize("election", elections(), ids=lambda election: str(election.year))
def test_kl_4_33_up_to_and_on_every_election_day_the_limit_is_that_new_year(election):
    for day in (election.day - timedelta(days=1), election.day):
        assert limit_on(day).latest_end == date(election.year, 12, 31)


@pytest.mark.parametrize("election", elections(last=2049), ids=lambda election: str(election.year))
def test_kl_4_33_from_the_day_after_every_election_the_limit_is_the_next_elections_new_year(election):
    following = elections(first=election.year + 1)[0]
    assert limit_on(election.day + timedelta(days=1)).latest_end == date(following.year, 12, 31)


def test_kl_4_33_an_open_end_becomes_the_limit():
    assert limit_on(date(2026, 12, 1)).ends == date(2030, 12, 31)


def test_kl_4_33_a_planned_end_on_the_limit_is_kept():
    limit = limit_on(date(2026, 12, 1), ends=date(2030, 12, 31))
    assert (limit.verdict, limit.ends, limit.objections) == (Verdict.OK, date(2030, 12, 31), ())


def test_kl_4_33_local_policy_may_end_earlier():
    assert limit_on(date(2026, 12, 1), ends=date(2030, 10, 14)).verdict == Verdict.OK


def test_kl_4_33_one_day_past_the_limit_is_blocked_and_the_limit_offered():
    limit = limit_on(date(2026, 12, 1), ends=date(2031, 1, 1))
    (objection,) = limit.objections
    assert limit.verdict == Verdict.BLOCK
    assert limit.latest_end == date(2030, 12, 31)
    assert (objection.code, objection.field) == (ReasonCode.ENDS_AFTER_LIMIT, "ends")
    assert objection.sentence == "1 januari 2031 går inte. Längst till och med 31 december 2030."


def test_kl_4_33_a_decision_before_the_election_cannot_reach_past_new_year():
    limit = limit_for_authority(decided=date(2026, 8, 20), starts=date(2027, 1, 1))
    (objection,) = limit.objections
    assert (objection.code, objection.field) == (ReasonCode.STARTS_AFTER_LIMIT, "starts")
    assert "kan inte börja 1 januari 2027" in objection.sentence
    assert "tidigast 14 september 2026, dagen efter valet" in objection.sentence


def test_kl_4_33_the_decision_day_that_is_proposed_does_reach_the_start():
    far_ahead = limit_for_authority(decided=date(2026, 8, 20), starts=date(2031, 2, 1))
    proposed = dict(far_ahead.objections[0].days)["earliest"]
    assert proposed == date(2030, 9, 9)
    assert limit_for_authority(decided=proposed, starts=date(2031, 2, 1)).verdict == Verdict.OK


def test_an_end_before_the_start_is_blocked():
    limit = limit_on(date(2026, 12, 1), ends=date(2026, 11, 30))
    (objection,) = limit.objections
    assert limit.verdict == Verdict.BLOCK
    assert (objection.code, objection.field) == (ReasonCode.ENDS_BEFORE_START, "ends")


def test_a_single_day_of_employment_is_possible():
    assert limit_on(date(2026, 12, 1), ends=date(2026, 12, 1)).verdict == Verdict.OK


def test_everything_that_is_wrong_is_said_at_once():
    limit = limit_for_authority(decided=date(2026, 8, 20), starts=date(2028, 1, 1), ends=date(2027, 12, 31))
    assert [objection.code for objection in limit.objections] == [
        ReasonCode.STARTS_AFTER_LIMIT,
        ReasonCode.ENDS_AFTER_LIMIT,
        ReasonCode.ENDS_BEFORE_START,
    ]


def test_a_decision_written_down_after_the_start_is_counted_from_the_start():
    limit = limit_for_authority(decided=date(2026, 9, 20), starts=date(2026, 9, 1))
    assert (limit.reference_date, limit.latest_end) == (date(2026, 9, 1), date(2026, 12, 31))


def test_kl_4_33_an_extension_is_a_decision_of_its_own():
    extension = limit_for_authority(decided=date(2026, 12, 10), starts=date(2027, 1, 1), ends=date(2030, 12, 31))
    assert extension.verdict == Verdict.OK


def test_the_reasoning_is_given_in_words_also_when_nothing_is_wrong():
    limit = limit_on(date(2026, 12, 1))
    assert [reason.sentence for reason in limit.reasons] == [
        "Räknat från 1 december 2026 är nästa val av fullmäktige i hela landet 8 september 2030. "
        "Anställningen får vara längst till och med 31 december 2030."
    ]
    assert limit.reasons[0].field is None


def test_a_reference_on_election_day_explains_that_the_day_counts():
    codes = [reason.code for reason in limit_on(date(2026, 9, 13)).reasons]
    assert codes == [ReasonCode.NEXT_ELECTION, ReasonCode.ON_ELECTION_DAY]
    assert "14 september 2026" in limit_on(date(2026, 9, 13)).reasons[1].sentence


def test_the_result_names_the_rule_version_and_the_article():
    limit = limit_on(date(2026, 12, 1))
    assert (limit.rule, limit.article, limit.basis) == (RULE, ARTICLE, "law")
    assert limit.article == "kommunallagen (2017:725) 4 kap. 33 §"
    assert limit.permanent_on is None


@pytest.mark.parametrize(
    ("decided", "starts"),
    [
        ("1969-12-31", "1970-09-01"),
        ("1970-09-01", "1969-12-31"),
        ("2050-09-12", "2050-10-01"),
        ("2050-09-01", "2051-01-01"),
        ("2026-12-01", "9999-12-31"),
    ],
)
def test_kl_4_33_days_beyond_the_table_are_refused_not_guessed(decided, starts):
    with pytest.raises(BeyondElectionTable, match="ligger utanför valkalendern"):
        limit_for_authority(decided=iso(decided), starts=iso(starts))


def test_kl_4_33_an_end_beyond_the_table_is_blocked_like_any_other():
    limit = limit_on(date(2026, 12, 1), ends=date(9999, 12, 31))
    assert (limit.verdict, limit.latest_end) == (Verdict.BLOCK, date(2030, 12, 31))


@given(decided=DAYS, starts=DAYS, ends=PLANNED_ENDS)
def test_kl_4_33_what_is_not_blocked_never_ends_past_the_limit(decided, starts, ends):
    limit = limit_for_authority(decided=decided, starts=starts, ends=ends)
    if limit.verdict == Verdict.OK:
        assert starts <= limit.ends <= limit.latest_end
    else:
        assert starts > limit.latest_end or limit.ends > limit.latest_end or limit.ends < starts
        assert limit.objections


@given(decided=DAYS, starts=DAYS)
def test_kl_4_33_the_limit_is_the_new_year_of_the_next_election_and_less_than_five_years_away(decided, starts):
    limit = limit_for_authority(decided=decided, starts=starts)
    assert limit.latest_end == date(limit.election.year, 12, 31)
    assert limit.reference_date <= limit.election.day
    assert limit.latest_end - min(decided, starts) < timedelta(days=5 * 365)


@given(first=DAYS, second=DAYS, starts=DAYS)
def test_kl_4_33_a_later_decision_never_gives_an_earlier_limit(first, second, starts):
    earlier, later = sorted([first, second])
    assert (
        limit_for_authority(decided=earlier, starts=starts).latest_end
        <= limit_for_authority(decided=later, starts=starts).latest_end
    )


@given(decided=DAYS, starts=DAYS, ends=PLANNED_ENDS)
def test_kl_4_33_a_planned_end_does_not_move_the_limit(decided, starts, ends):
    planned = limit_for_authority(decided=decided, starts=starts, ends=ends)
    assert planned.latest_end == limit_for_authority(decided=decided, starts=starts).latest_end


@pytest.mark.parametrize("local", local_elections(), ids=lambda local: local.day.isoformat())
def test_kl_5_10_an_extra_or_repeated_election_changes_nothing(local):
    around = [local.day + timedelta(days=days) for days in (-75, -1, 0, 1, 75)]
    assert len({limit_on(day).latest_end for day in around}) == 1


def test_an_ad_shows_the_limit_on_both_sides_of_the_election():
    outlook = limits_around_election(last_day_to_apply=date(2026, 8, 31), starts=date(2027, 1, 1))
    assert outlook.expected_decision == date(2026, 9, 1)
    assert (outlook.if_expected.verdict, outlook.if_expected.latest_end) == (Verdict.BLOCK, date(2026, 12, 31))
    assert (outlook.if_after_election.verdict, outlook.if_after_election.latest_end) == (
        Verdict.OK,
        date(2030, 12, 31),
    )


def test_an_ad_whose_start_lies_before_the_election_moves_it_in_the_later_case():
    outlook = limits_around_election(
        last_day_to_apply=date(2026, 7, 31), starts=date(2026, 9, 1), ends=date(2026, 9, 10)
    )
    assert outlook.if_expected.verdict == Verdict.OK
    assert outlook.if_after_election.reference_date == date(2026, 9, 14)
    assert outlook.if_after_election.ends == date(2030, 12, 31)


def test_an_ad_keeps_its_planned_end_in_the_later_case():
    outlook = limits_around_election(
        last_day_to_apply=date(2026, 7, 31), starts=date(2027, 1, 1), ends=date(2031, 1, 31)
    )
    assert [objection.code for objection in outlook.if_after_election.objections] == [ReasonCode.ENDS_AFTER_LIMIT]


def test_an_ad_before_the_last_election_of_the_table_has_no_later_case():
    assert limits_around_election(last_day_to_apply=date(2050, 8, 1), starts=date(2050, 9, 1)).if_after_election is None


@pytest.mark.parametrize("last_day", [date(2050, 9, 11), date.max])
def test_an_ad_decided_beyond_the_table_is_refused(last_day):
    with pytest.raises(BeyondElectionTable):
        limits_around_election(last_day_to_apply=last_day, starts=date(2050, 12, 1))
