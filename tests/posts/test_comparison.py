"""The two employers side by side, before the office chooses: the model's facts and the authority's own rules, in words."""

from datetime import date

import pytest

from portal.posts.comparison import TO_FILL, Row, compared
from portal.posts.employer_model import COMPARED_IN, Employer, model_for
from portal.profiles.shelf import require_profile

CONTROLLERS = {Employer.AUTHORITY: "Regionstyrelsen", Employer.PARTY: "Partiet i länet"}


def rows(name: str = "", on: date = date(2026, 11, 26), starts: date | None = None) -> dict[str, Row]:
    profile = require_profile(name) if name else None
    return {row.what: row for row in compared(controllers=CONTROLLERS, profile=profile, on=on, starts=starts)}


def test_all_that_the_choice_changes_is_compared() -> None:
    told = rows()
    assert set(told) == {
        "Personuppgiftsansvarig", "Ansökningarna", "Samtycke från den som söker", "Hur länge de sparas",
        "Sena ansökningar", "Vem som beslutar", "Vilka som skriver under", "Arbetsledare", "Arbetsmiljöansvar",
        "Avtalet", "Slutdatum", "Tills vidare", "Tjänstledighet", "Det som regionen eller kommunen ser",
    }  # fmt: skip
    assert all(row.authority != row.party or row.authority == TO_FILL for row in told.values())


def test_kl_4_33_and_las_5_a_stand_side_by_side_with_their_days() -> None:
    told = rows(starts=date(2027, 1, 1))
    assert told["Slutdatum"].authority == "Längst 31 december 2030, enligt lag"
    assert told["Slutdatum"].party == "31 december 2030 om inget annat motiveras"
    assert told["Tills vidare"].authority == "Blir det aldrig"
    assert "1 januari 2028 om arbetet börjar 1 januari 2027" in told["Tills vidare"].party
    assert "måste stå i avtalet" in told["Avtalet"].authority
    assert "följer av LAS" in told["Avtalet"].party


def test_a_start_that_has_passed_is_reckoned_from_today() -> None:
    assert "om arbetet börjar 26 november 2026" in rows(starts=date(2026, 1, 1))["Tills vidare"].party


def test_a_day_beyond_the_table_of_elections_is_not_guessed() -> None:
    assert "valårets sista dag" in rows(on=date(2051, 1, 1))["Slutdatum"].authority


def test_of_a_party_employed_post_the_authority_sees_the_extent_alone() -> None:
    assert "inget namn" in rows()["Det som regionen eller kommunen ser"].party


@pytest.mark.parametrize(
    ("name", "authority", "party"),
    [
        ("Region Västernorrland", "Så gör Region Västernorrland", "Inte så Region Västernorrland gör"),
        ("Östersunds kommun", "Inte så Östersunds kommun gör", "Så gör Östersunds kommun"),
        ("Region Jämtland Härjedalen", "Partiet får välja", "Partiet får välja"),
        ("Västra Götalandsregionen", "Okänt", "Okänt"),
    ],
)
def test_the_authoritys_own_rules_say_what_it_does(name: str, authority: str, party: str) -> None:
    assert rows(name)["Egna regler"] == Row("Egna regler", authority, party)


def test_who_signs_and_who_is_responsible_is_told_by_the_rules_or_left_to_a_person() -> None:
    jamtland, vasternorrland = rows("Region Jämtland Härjedalen"), rows("Region Västernorrland")
    assert jamtland["Vilka som skriver under"].authority == "Regionstabschefen; Gruppledaren för partiet; Den anställde"
    assert (jamtland["Arbetsledare"].authority, jamtland["Arbetsledare"].party) == (TO_FILL, "Partiet")
    assert vasternorrland["Arbetsmiljöansvar"].authority == "Regionstyrelsen"
    assert vasternorrland["Arbetsmiljöansvar"].party == TO_FILL  # its rules do not speak of parties that employ


def test_advantages_and_drawbacks_are_those_of_the_report_that_compared_them() -> None:
    authority, party = model_for(Employer.AUTHORITY), model_for(Employer.PARTY)
    assert "RS/265/2023" in COMPARED_IN
    assert (len(authority.advantages), len(authority.drawbacks)) == (1, 4)
    assert (len(party.advantages), len(party.drawbacks)) == (2, 1)
