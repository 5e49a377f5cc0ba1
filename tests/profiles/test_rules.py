"""The rules that ship: each key has a source or is unknown in words, and says what its source says."""

import re

import pytest

from portal.profiles.keys import KEYS
from portal.profiles.profile import Answer, Profile, Sourced, Unknown
from portal.profiles.shelf import profiles, require_profile

# How many keys have a source and how many are unknown.
SHIPPED = {
    ("Region Jämtland Härjedalen", 1): (11, 38),
    ("Region Kalmar län", 1): (5, 31),
    ("Region Sörmland", 1): (7, 29),
    ("Region Värmland", 1): (12, 24),
    ("Region Västernorrland", 1): (14, 22),
    ("Västra Götalandsregionen", 1): (7, 29),
    ("Östersunds kommun", 1): (11, 25),
}
# The first signs of each version's print. A signed contract stands on it: rules that change are a new version with a line
# of its own, and the file as it was moves to rules/earlier.
PRINTS = {
    "region-jamtland-harjedalen.1": "8f304a50ce8d",
    "region-kalmar-lan.1": "bd75fd289305",
    "region-sormland.1": "2b2111a8d4d1",
    "region-varmland.1": "05c25f29f2ab",
    "region-vasternorrland.1": "bedb7538599c",
    "vastra-gotalandsregionen.1": "2b4c357836bb",
    "ostersunds-kommun.1": "f3183644e834",
}
HOLDERS = ("employer", "work_leader", "work_environment")


def said(name: str, key: str, employer: str = "authority") -> Answer:
    return require_profile(name).rules_for(employer)[key]


def value(name: str, key: str, employer: str = "authority") -> object:
    answer = said(name, key, employer)
    assert isinstance(answer, Sourced), f"{name}: {key} is unknown"
    return answer.value


def unclear(name: str, key: str, employer: str = "authority") -> str:
    answer = said(name, key, employer)
    assert isinstance(answer, Unknown), f"{name}: {key} has a value"
    return answer.unclear


def test_every_key_is_counted_and_either_has_a_source_or_says_what_is_unclear() -> None:
    for one in profiles():
        sourced, unknown = one.counted()
        print(f"{one.name}, version {one.version}: {sourced} med källa, {unknown} okända")
        for employer in one.employers:
            for key, answer in one.rules_for(employer).items():
                words = (answer.source, answer.paragraph) if isinstance(answer, Sourced) else (answer.unclear,)
                assert all(len(word) > 3 for word in words), (one.name, key)
    assert {(one.name, one.version): one.counted() for one in profiles()} == SHIPPED


def test_a_version_that_somebody_may_have_signed_is_not_changed_in_place() -> None:
    assert {f"{one.key}.{one.version}": one.print[:12] for one in profiles()} == PRINTS


@pytest.mark.parametrize("one", profiles(), ids=lambda one: one.key)
def test_employer_work_leader_and_work_environment_are_three_fields_in_every_profile(one: Profile) -> None:
    for employer in one.employers:
        assert set(HOLDERS) <= set(one.rules_for(employer))
    assert set(one.rules_for("authority")) == set(KEYS)


def test_in_jamtland_harjedalen_the_party_chooses_and_each_choice_has_its_own_holders() -> None:
    name = "Region Jämtland Härjedalen"
    assert value(name, "employer") == "party_chooses"
    assert require_profile(name).employers == ("authority", "party")
    assert value(name, "signatories") == ("Regionstabschefen", "Gruppledaren för partiet", "Den anställde")
    assert (value(name, "work_leader", "party"), value(name, "work_environment", "party")) == ("Partiet", "Partiet")


@pytest.mark.parametrize("key", ["work_leader", "work_environment", "placement", "notice_procedure", "duties"])
def test_what_jamtland_harjedalen_calls_unclear_stays_unknown(key: str) -> None:
    assert "§ 9" in unclear("Region Jämtland Härjedalen", key)


def test_the_month_that_jamtland_harjedalen_only_proposes_is_no_value() -> None:
    assert "föreslår" in unclear("Region Jämtland Härjedalen", "notice_months")


def test_in_ostersund_the_party_employs_and_the_group_leads_where_its_leader_is_the_secretary() -> None:
    name = "Östersunds kommun"
    assert value(name, "employer") == "party"
    assert "partigrupp" in str(value(name, "work_leader_instead", "party"))
    assert value(name, "roles_policy", "party") == "allow"
    assert "arbetsmiljöansvaret" in unclear(name, "work_environment", "party")


def test_in_kalmar_the_group_leader_is_chef_by_a_written_distribution_of_tasks() -> None:
    name = "Region Kalmar län"
    assert "både chef och arbetsledare" in str(value(name, "work_leader"))
    assert value(name, "work_environment") == "Regionstyrelsen"
    assert "Uppgiftsfördelning av arbetsmiljöuppgifter" in str(value(name, "work_environment_tasks"))


def test_in_varmland_ab_has_six_exceptions_and_notice_is_three_months_for_both() -> None:
    name = "Region Värmland"
    assert value(name, "agreement") == "except"
    assert len(value(name, "agreement_items")) == 6  # type: ignore[arg-type]
    assert (value(name, "notice_months"), value(name, "notice_mutual")) == (3, True)
    assert "utan skäl" in str(value(name, "early_end"))
    assert "arbetsbefrielse" in str(value(name, "release"))


def test_in_vasternorrland_the_group_leader_decides_loneservice_draws_up_and_two_sign() -> None:
    name = "Region Västernorrland"
    assert "Gruppledaren" in str(value(name, "decided_by"))
    assert "enheten administrativt stöd" in str(value(name, "reported_to"))
    assert "Löneservice" in str(value(name, "drawn_up_by"))
    assert value(name, "signatories") == ("Enhetschefen", "Den politiska sekreteraren")
    assert (value(name, "agreement"), len(value(name, "agreement_items"))) == ("only", 7)  # type: ignore[arg-type]
    assert len(value(name, "first_steps")) == 8  # type: ignore[arg-type]


def test_of_sormland_it_is_known_who_leads_and_not_who_has_the_work_environment_duty() -> None:
    assert value("Region Sörmland", "work_leader") == "Partiets gruppledare"
    assert "arbetsmiljöansvaret" in unclear("Region Sörmland", "work_environment")


def test_of_vastra_gotaland_only_the_allocation_is_known() -> None:
    name = "Västra Götalandsregionen"
    assert value(name, "posts_in_all") == 24
    assert value(name, "posts_of")[0] == "Socialdemokraterna: 5,5 tjänster"  # type: ignore[index]
    assert all(unclear(name, key) for key in HOLDERS)


def test_a_person_must_fill_in_what_no_source_says_and_a_contract_needs() -> None:
    jamtland = require_profile("Region Jämtland Härjedalen")
    needed = {key.name for key in jamtland.needed("authority")}
    assert {"work_leader", "work_environment", "notice_months"} <= needed
    assert jamtland.needed("party") == ()
    assert {key.name for key in require_profile("Region Värmland").needed("authority")} == {"decided_by", "signatories"}


def test_no_source_names_an_address_or_a_person() -> None:
    for one in profiles():
        words = str(one)
        assert "@" not in words
        assert not re.search(
            r"\b(namn|handläggare|kontaktperson|föredragande|telefon|underskrift)\s*:", words, re.IGNORECASE
        )
