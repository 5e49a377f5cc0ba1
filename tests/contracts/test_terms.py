"""The terms of an employment against kommunallagen 4:33 and LAS 5 a §: what is refused, beside which field, in what words."""

from datetime import date

import pytest

from portal.contracts.terms import Answer, Terms, TermsRefused, answer_for, require
from portal.elections.limit import EndsBeforeStart
from portal.posts.employer_model import Employer

NOW = date(2026, 12, 14)
LIMIT = date(2030, 12, 31)


def terms(decided: date, starts: date, ends: date | None = None, **more: object) -> Terms:
    values: dict[str, object] = {"employer": Employer.AUTHORITY, "extent_percent": 100, **more}
    return Terms(decided=decided, starts=starts, ends=ends, **values)  # type: ignore[arg-type]


def by_authority(decided: date, starts: date, ends: date | None = None, on: date = NOW) -> Answer:
    return answer_for(terms(decided, starts, ends), on=on)


def by_party(decided: date, starts: date, ends: date | None = None, **more: object) -> Answer:
    return answer_for(terms(decided, starts, ends, employer=Employer.PARTY, **more), on=NOW)


@pytest.mark.parametrize(
    ("decided", "starts", "latest"),
    [  # DOMAIN 2.4, decisions already taken
        (date(2025, 9, 1), date(2025, 9, 1), date(2026, 12, 31)),
        (date(2026, 9, 13), date(2026, 9, 13), date(2026, 12, 31)),
        (date(2026, 9, 14), date(2026, 9, 14), LIMIT),
        (date(2026, 8, 20), date(2026, 10, 1), date(2026, 12, 31)),
        (date(2026, 12, 20), date(2027, 1, 1), LIMIT),
        (date(2026, 9, 13), date(2026, 12, 31), date(2026, 12, 31)),  # on election day, for the year's last day alone
        (date(2026, 9, 14), date(2026, 12, 31), LIMIT),
    ],
)
def test_kl_4_33_an_end_left_empty_becomes_the_latest_day(decided: date, starts: date, latest: date) -> None:
    answer = by_authority(decided, starts)
    assert (answer.ends, answer.objections) == (latest, ())


def test_kl_4_33_decided_on_election_day_the_day_after_the_years_last_is_refused() -> None:
    (objection,) = by_authority(date(2026, 9, 13), date(2027, 1, 1), on=date(2026, 9, 13)).objections
    assert (objection.field, "14 september 2026" in objection.sentence) == ("starts", True)


def test_kl_4_33_a_day_past_the_limit_is_refused_and_the_limit_offered() -> None:
    answer = by_authority(date(2026, 12, 14), date(2027, 2, 1), date(2031, 1, 1))
    (objection,) = answer.objections
    assert (objection.field, objection.instead) == ("ends", LIMIT)
    assert objection.sentence == "1 januari 2031 går inte. Längst till och med 31 december 2030."
    assert answer.wish == date(2031, 1, 1)
    with pytest.raises(TermsRefused, match="Längst till och med 31 december 2030"):
        require(answer)


def test_kl_4_33_the_limit_itself_is_allowed() -> None:
    assert by_authority(date(2026, 12, 14), date(2027, 2, 1), LIMIT).objections == ()


def test_kl_4_33_a_start_past_the_limit_cannot_be_decided_before_election_day() -> None:
    answer = by_authority(date(2026, 8, 20), date(2027, 1, 1))
    (objection,) = answer.objections
    assert objection.field == "starts"
    assert objection.sentence.startswith(
        "En anställning som börjar 1 januari 2027 kan inte beslutas före valdagen 13 september 2026. "
    )
    assert "Fatta beslutet tidigast 14 september 2026" in objection.sentence
    assert objection.instead is None


def test_the_election_named_is_the_last_one_before_the_start() -> None:
    (objection,) = by_authority(date(2026, 8, 20), date(2031, 3, 1)).objections
    assert "före valdagen 8 september 2030" in objection.sentence


def test_an_end_before_the_start_is_refused_for_both_employers() -> None:
    (objection,) = by_authority(date(2026, 12, 14), date(2027, 2, 1), date(2027, 1, 31)).objections
    assert objection.field == "ends"
    with pytest.raises(EndsBeforeStart):
        by_party(date(2026, 12, 14), date(2027, 2, 1), date(2027, 1, 31))


def test_a_decision_day_cannot_borrow_the_years_of_an_election_that_has_not_been_held() -> None:
    answer = by_authority(date(2030, 9, 9), date(2030, 10, 1), date(2034, 12, 31))
    (objection,) = answer.objections
    assert objection.field == "decided"
    assert "efter valet 8 september 2030, som inte har hållits än" in objection.sentence


def test_a_decision_planned_before_the_next_election_can_be_written_down() -> None:
    assert by_authority(date(2027, 1, 11), date(2027, 2, 1)).objections == ()


def test_las_5_a_the_day_it_turns_permanent_is_told_and_stops_nothing() -> None:
    answer = by_party(date(2026, 12, 14), date(2027, 2, 1), date(2028, 6, 30))
    assert answer.limit.permanent_on == date(2028, 2, 1)
    assert answer.limit.verdict == "warn"
    assert answer.objections == ()


def test_las_5_a_earlier_days_bring_it_nearer() -> None:
    answer = by_party(date(2026, 12, 14), date(2027, 2, 1), date(2027, 12, 31), earlier_days=100)
    assert answer.limit.permanent_on == date(2027, 10, 24)


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_party_goes_past_its_policy_day_only_with_a_reason(reason: str) -> None:
    answer = by_party(date(2026, 12, 14), date(2027, 2, 1), date(2031, 6, 30), policy_reason=reason)
    (objection,) = answer.objections
    assert (objection.field, objection.instead) == ("policy_reason", LIMIT)
    assert by_party(
        date(2026, 12, 14), date(2027, 2, 1), date(2031, 6, 30), policy_reason="Stämman har beslutat."
    ).objections == ()  # fmt: skip


def test_only_a_party_can_employ_until_further_notice_and_says_why() -> None:
    without = by_party(date(2026, 12, 14), date(2027, 2, 1), None, until_further_notice=True)
    assert [one.field for one in without.objections] == ["policy_reason"]
    agreed = by_party(
        date(2026, 12, 14), date(2027, 2, 1), None, until_further_notice=True, policy_reason="Fast tjänst."
    )
    assert (agreed.ends, agreed.objections) == (None, ())
    authority = answer_for(terms(date(2026, 12, 14), date(2027, 2, 1), None, until_further_notice=True), on=NOW)
    assert authority.ends == LIMIT


def test_las_5_a_what_runs_until_further_notice_turns_permanent_no_day() -> None:
    answer = by_party(
        date(2026, 12, 14), date(2027, 2, 1), None, until_further_notice=True, policy_reason="Fast tjänst."
    )
    assert answer.limit.permanent_on is None
    assert by_party(date(2026, 12, 14), date(2027, 2, 1)).limit.permanent_on == date(2028, 2, 1)


def test_a_first_day_before_its_decision_is_asked_about_until_somebody_says_that_it_is_so() -> None:
    early = by_party(date(2026, 12, 14), date(2026, 12, 13))
    assert [one.field for one in early.objections] == ["begun_before"]
    assert by_party(date(2026, 12, 14), date(2026, 12, 13), begun_before=True).objections == ()
    assert by_party(date(2026, 12, 14), date(2026, 12, 14)).objections == ()


def test_a_partys_start_past_the_policy_day_asks_for_an_end() -> None:
    (objection,) = by_party(date(2026, 8, 20), date(2027, 2, 1)).objections
    assert objection.field == "ends"
