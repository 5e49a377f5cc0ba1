"""Who is to sign is asked for in plain words, and not of a name that stands in its field."""

import pytest

from portal.contracts.written.filling import Filled, Signatory, lacking
from portal.contracts.written.rules import rules_for
from tests.contracts.written.contracting import recorded
from tests.contracts.written.test_contract_pages import VASTERNORRLAND, Clock, text
from tests.forms import submit
from tests.world import World

ASKED = "Skriv namnet på den som skriver under som %s."
NO_RULES = rules_for(None, employer="party", kind="region")


def test_a_name_that_stands_in_its_field_is_not_asked_for_until_somebody_clears_it(
    world: World, set_clock: Clock
) -> None:
    one = recorded(world, set_clock, rules=VASTERNORRLAND)
    office = world.browser(world.kansli)
    page = text(office, one.page)
    assert f'value="{one.employee}"' in page
    assert ASKED % "enhetschefen" in page and ASKED % "den politiska sekreteraren" not in page
    assert submit(office, one.page, {"name_1": ""}, "Spara").status_code == 303
    assert ASKED % "den politiska sekreteraren" in text(office, one.page)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("", "Alma Ek"), "Skriv vem som skriver under för partiet."),
        (("Ylva Strandberg", ""), "Skriv namnet på den som anställs."),
    ],
)
def test_where_a_party_employs_and_no_rules_say_who_signs(names: tuple[str, str], told: str) -> None:
    signing = tuple(
        Signatory(role, name) for role, name in zip(("För partiet", "Den som anställs"), names, strict=True)
    )
    found = lacking(NO_RULES, Filled(signatories=signing), employer="party", employee="Alma Ek")
    assert [lack.sentence for lack in found if lack.field.startswith("name_")] == [told]


def test_the_rows_that_are_filled_in_beforehand_are_said_to_be_a_suggestion(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, employer="party")
    page = text(world.browser(world.kansli), one.page)
    assert "Som förslag skriver partiet och den som anställs under." in page
