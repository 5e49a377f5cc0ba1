"""The words of a contract and the way it goes: from data alone, for every authority's rules."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest

from portal.contracts.written.filling import Filled, Signatory, holder, lacking, notice_of, planned, same_name
from portal.contracts.written.rules import Rules, rules_for
from portal.contracts.written.sheet import Facts, sheet_of
from portal.contracts.written.states import FOLLOWS, WAY, WORDS, Passed, State, may_become, state_of
from portal.profiles.keys import KEYS
from portal.profiles.profile import Profile, Unknown
from portal.profiles.shelf import profiles, require_profile

AT = datetime(2026, 12, 14, 9, tzinfo=UTC)
ON = date(2026, 12, 14)
FACTS = Facts(
    employer="authority", employer_name="Region Exempel", authority_name="Region Exempel", party_name="Dalpartiet",
    employee="Alma Ek", title="Politisk sekreterare", extent_percent=80, decided_on=ON, starts_on=date(2027, 2, 1),
    ends_on=date(2030, 12, 31), limit_reference=ON, limit_election=date(2030, 9, 8), limit_latest_end=date(2030, 12, 31),
    limit_rule="KL 4:33 2026-11", limit_article="kommunallagen (2017:725) 4 kap. 33 §", permanent_on=None,
    earlier_days=0, stands_in=False,
)  # fmt: skip
BY_PARTY = replace(
    FACTS,
    employer="party",
    employer_name="Dalpartiet i Ådalen",
    permanent_on=date(2028, 2, 1),
    ends_on=date(2028, 12, 31),
)
EVERYONE = [(one, employer) for one in profiles() for employer in one.employers]
NAMED = [f"{one.key} {employer}" for one, employer in EVERYONE]


def words(facts: Facts, rules: Rules, filled: Filled = Filled()) -> str:  # noqa: B008
    """All that the paper says, in one text."""
    return "\n".join(_told(sheet_of(facts, rules, filled, on=ON).blocks))


def _told(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value.replace("\u00a0", " ")]
    if isinstance(value, bool):
        return []
    parts = value.values() if isinstance(value, dict) else value
    return [text for part in parts for text in _told(part)]


def rules_called(key: str, employer: str = "authority") -> Rules:
    return rules_for(require_profile(key), employer=employer, kind="region")


def whole(rules: Rules) -> Filled:
    """Everything filled in that these rules leave open."""
    names = ["Disa Sjölund", "Ylva Strandberg", "Nils Tall"][: max(len(rules.roles) - 1, 1)]
    roles = rules.roles or ("Enhetschefen", "Den som anställs")
    signing = tuple(Signatory(role, name) for role, name in zip(roles, [*names, "Alma Ek"], strict=True))
    return Filled("Ylva Strandberg", "Regionstyrelsen", "Regionstyrelsen", 2, "", "", signing)


def test_the_way_goes_forward_and_each_state_has_its_word() -> None:
    assert set(FOLLOWS) == set(WORDS) == set(State)
    for present, following in pairwise(WAY):
        assert may_become(present, following)
        assert not may_become(following, present)
    assert not may_become(State.DRAFT, State.ACCEPTED)
    assert not any(may_become(one, State.TAKEN_BACK) for one in (State.DRAFT, State.SIGNED, State.RUNNING, State.ENDED))


def test_once_signed_the_days_alone_move_it() -> None:
    passed = Passed(AT, AT, AT, None, date(2027, 2, 1), date(2030, 12, 31))
    days = [date(2027, 1, 31), date(2027, 2, 1), date(2030, 12, 31), date(2031, 1, 1)]
    assert [state_of(passed, on=day) for day in days] == [State.SIGNED, State.RUNNING, State.RUNNING, State.ENDED]
    assert state_of(replace(passed, ends_on=None), on=date(2049, 1, 1)) is State.RUNNING


def test_a_contract_that_not_all_have_signed_never_runs() -> None:
    passed = Passed(AT, AT, None, None, date(2027, 2, 1), date(2030, 12, 31))
    assert state_of(passed, on=date(2029, 1, 1)) is State.ACCEPTED


def test_an_employment_recorded_with_the_title_of_several_is_one_secretarys_on_the_paper() -> None:
    said = words(replace(FACTS, title="Politiska sekreterare för skola"), rules_called("region-vasternorrland"))
    assert "Politisk sekreterare för skola" in said and "Politiska sekreterare för skola" not in said


@pytest.mark.parametrize(("profile", "employer"), EVERYONE, ids=NAMED)
def test_all_that_a_profile_leaves_open_is_asked_for_and_nothing_else(profile: Profile, employer: str) -> None:
    rules = rules_for(profile, employer=employer, kind=profile.kind)
    open_ = {key.name for key in profile.needed(employer)} - {"employer"}  # the post says who employs
    open_ |= {"decided_by"} if employer == "authority" else set()  # the rules say who may, and not who did
    asked = {lack.field for lack in lacking(rules, Filled(), employer=employer, employee="Alma Ek")}
    told = {name for name in asked if not name.startswith(("name_", "role_"))}
    assert told == open_ - {"signatories"}
    assert any(name.startswith("name_") for name in asked)
    assert lacking(rules, whole(rules), employer=employer, employee="Alma Ek") == ()


@pytest.mark.parametrize(("profile", "employer"), EVERYONE, ids=NAMED)
def test_no_paper_says_a_word_of_what_is_unknown(profile: Profile, employer: str) -> None:
    rules = rules_for(profile, employer=employer, kind=profile.kind)
    told = words(FACTS if employer == "authority" else BY_PARTY, rules, whole(rules))
    unknown = [answer for answer in rules.said.values() if isinstance(answer, Unknown)]
    assert unknown
    assert not [answer.unclear for answer in unknown if answer.unclear in told]
    for name, answer in rules.said.items():
        if isinstance(answer, Unknown):
            assert rules.words(name) == ()
            assert rules.source(name) == ""


def test_rules_for_the_other_employer_count_as_unknown() -> None:
    rules = rules_called("region-vasternorrland", "party")
    assert rules.profile is None
    assert set(rules.said) == set(KEYS)
    assert rules.unclear("work_environment") == "De regler som finns gäller inte när partiet är arbetsgivare."
    assert planned(rules, Filled(), employer="party") == (
        Signatory("För partiet", ""),
        Signatory("Den som anställs", ""),
    )


def test_two_sign_in_vasternorrland_and_three_in_jamtland_harjedalen_in_their_order() -> None:
    roles = [rules_called(key).roles for key in ("region-vasternorrland", "region-jamtland-harjedalen")]
    assert roles == [
        ("Enhetschefen", "Den politiska sekreteraren"),
        ("Regionstabschefen", "Gruppledaren för partiet", "Den anställde"),
    ]


def test_the_clauses_of_ab_are_those_of_the_profile() -> None:
    rules = rules_called("region-vasternorrland")
    told = words(FACTS, rules, whole(rules))
    for clause in ("Trygghetsförsäkring vid arbetsskada (TFA)", "Avtalsgruppsförsäkring (AGS)", "Föräldraledighet"):
        assert clause in told
    assert "bara det som räknas upp tillämpas" in told
    exceptions = words(FACTS, rules_called("region-varmland"), whole(rules_called("region-varmland")))
    assert "utom det som räknas upp" in exceptions


def test_the_limit_is_told_as_it_was_stored_whatever_a_reckoning_would_say() -> None:
    odd = replace(
        FACTS, limit_reference=date(2026, 1, 7), limit_election=date(2026, 9, 13), limit_latest_end=date(2026, 12, 30)
    )
    told = words(odd, rules_called("region-varmland"))
    assert all(day in told for day in ("7 januari 2026", "13 september 2026", "30 december 2026"))
    assert "kommunallagen (2017:725) 4 kap. 33 §" in told


def test_three_months_for_both_in_varmland_whatever_was_typed() -> None:
    rules = rules_called("region-varmland")
    assert notice_of(rules, replace(whole(rules), notice_months=1)) == 3
    told = words(FACTS, rules, whole(rules))
    assert "Uppsägningstiden är tre månader för båda. Lagen om anställningsskydd gäller inte" in told
    assert "Regionråd kan avsluta anställningen i förtid utan skäl." in told


def test_an_authoritys_contract_says_the_law_and_the_three_responsible() -> None:
    rules = rules_called("region-vasternorrland")
    told = words(FACTS, rules, whole(rules))
    assert "Lagen (1982:80) om anställningsskydd gäller inte för den" in told
    assert "gäller från och med 1 februari 2027 till och med 31 december 2030" in told
    for label in ("Arbetsgivare", "Arbetsledare", "Arbetsmiljöansvar"):
        assert label in told
    assert "Ylva Strandberg" in told


def test_a_partys_contract_tells_the_day_it_turns_permanent() -> None:
    told = words(BY_PARTY, rules_called("region-vasternorrland", "party"))
    assert "Pågår anställningen fortfarande 1 februari 2028 blir den då en tillsvidareanställning" in told
    assert "Uppsägningstiden följer lagen om anställningsskydd 11 §." in told
    assert "4 kap. 33 och 34 §§) gäller bara den som en kommun eller region anställer" in told
    assert "Sista möjliga dag" not in told


def test_a_partys_contract_that_ends_before_that_day_says_so() -> None:
    told = words(replace(BY_PARTY, ends_on=date(2027, 12, 31)), rules_called("region-vasternorrland", "party"))
    assert "Den slutar före 1 februari 2028" in told
    assert "Slutdatumet gäller i så fall inte längre" not in told


def test_a_partys_contract_that_ends_where_months_of_thirty_days_have_run_out_says_neither() -> None:
    rules = rules_called("region-vasternorrland", "party")
    told = words(replace(BY_PARTY, ends_on=date(2028, 1, 27), permanent_on=date(2028, 2, 1)), rules)
    assert "hinner bli mer än tolv månader" in told
    assert "1 februari 2028" not in told
    before = words(replace(BY_PARTY, ends_on=date(2028, 1, 26), permanent_on=date(2028, 2, 1)), rules)
    assert "Den slutar före 1 februari 2028" in before


def test_a_partys_contract_can_hold_until_further_notice() -> None:
    told = words(replace(BY_PARTY, ends_on=None), rules_called("region-vasternorrland", "party"))
    assert "Anställningen gäller tills vidare från och med 1 februari 2027." in told
    assert "visstidsanställning" not in told


def test_a_stand_in_is_not_told_the_day_of_another_kind_of_employment() -> None:
    told = words(replace(BY_PARTY, stands_in=True), rules_called("region-vasternorrland", "party"))
    assert "Anställningen är ett vikariat" in told
    assert "1 februari 2028" not in told


def test_a_known_holder_is_followed_by_a_name_and_never_replaced() -> None:
    rules = rules_called("region-vasternorrland")
    assert holder(rules, "work_environment", "Disa Sjölund") == "Regionstyrelsen: Disa Sjölund"
    assert holder(rules, "work_environment", "") == "Regionstyrelsen"
    assert holder(rules, "work_leader", "Ylva Strandberg") == "Ylva Strandberg"


@pytest.mark.parametrize(
    ("signing", "sentence"),
    [
        ((Signatory("Chef", "Disa"), Signatory("Sekreterare", "Nils Tall")), "måste finnas bland dem"),
        (
            (Signatory("Chef", "ALMA  EK"), Signatory("Sekreterare", "Alma Ek")),
            "kan inte skriva under för arbetsgivaren",
        ),
        ((Signatory("", "Disa"), Signatory("Sekreterare", "Alma Ek")), "Skriv vad Disa är"),
        ((Signatory("Enhetschefen", ""), Signatory("Sekreterare", "Alma Ek")), "skriver under som enhetschefen"),
        ((Signatory("Sekreterare", "Alma Ek"),), "minst en för arbetsgivaren"),
        ((), "minst en för arbetsgivaren"),
    ],
)
def test_who_signs_is_asked_for_until_it_can_be_right(signing: tuple[Signatory, ...], sentence: str) -> None:
    rules = rules_called("region-varmland")
    found = lacking(rules, replace(whole(rules), signatories=signing), employer="authority", employee="Alma Ek")
    assert [sentence in lack.sentence for lack in found] == [True]


def test_names_are_the_same_whatever_their_case_spaces_and_accents_are_made_of() -> None:
    assert same_name("  elof   REHNSTRÖM ", "Elof Rehnstro\u0308m")
    assert not same_name("Elof Rehnström", "Elof Rehnstrom")


def test_the_print_of_a_sheet_follows_its_words() -> None:
    rules = rules_called("region-varmland")
    first = sheet_of(FACTS, rules, whole(rules), on=ON)
    assert first.print == sheet_of(FACTS, rules, whole(rules), on=ON).print
    assert first.print != sheet_of(FACTS, rules, replace(whole(rules), more="Och nyckel."), on=ON).print


@pytest.mark.parametrize(("facts", "beside"), [(FACTS, False), (BY_PARTY, True)])
def test_a_partys_paper_says_that_law_and_agreements_hold_beside_it(facts: Facts, beside: bool) -> None:
    """LAS, semesterlagen and a collective agreement hold whatever the paper says."""
    paper = words(facts, rules_for(None, employer=facts.employer, kind="region"))
    assert ("Lag och kollektivavtal gäller vid sidan av avtalet" in paper) is beside
