"""A reader who has applied for the very post comes to none of its code names: the office is told, and names another."""

from uuid import UUID

import pytest

from tests.applicants import send_applications
from tests.forms import submit
from tests.protection.applying import NAME, identities, stage_protected
from tests.stage import add_person
from tests.world import Published, World, publish_ad

TOLD = "eller har själv sökt tjänsten"
ASKED = "Utse en annan som läser skyddade personuppgifter"


@pytest.fixture
def ad(world: World) -> Published:
    """One has applied under a code name, whom the office's first person reads."""
    made = publish_ad(world)
    stage_protected(world, made)
    return made


def pages_of(world: World, ad: Published, person: UUID) -> dict[str, str]:
    """What somebody reads of who reads: the page itself, the checklist and the start page."""
    case, browser = f"/arbete/rekryteringar/{ad.id}", world.browser(person)
    places = {"readers": f"{case}/skyddad", "checklist": case, "start": "/arbete"}
    return {name: browser.get(place).get_data(as_text=True) for name, place in places.items()}


def test_the_office_is_told_and_whom_they_name_opens(world: World, ad: Published) -> None:
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    before = pages_of(world, ad, colleague)
    assert TOLD not in before["readers"] and ASKED not in before["checklist"] + before["start"]
    send_applications(world, ad, 1, start=5, emails=("kansli@example.se",))
    told = pages_of(world, ad, colleague)
    assert TOLD in told["readers"]
    assert ASKED in told["checklist"] and ASKED in told["start"]
    assert ASKED not in pages_of(world, ad, world.kansli)["start"], "for them there is no such recruitment"
    page, office = f"/arbete/rekryteringar/{ad.id}/skyddad", world.browser(colleague)
    assert submit(office, page, {"reader": str(colleague)}, "Spara").status_code == 303
    (identity,) = identities(world)
    opened = submit(office, f"{page}/{identity.application_id}", {"reason": "Kallas."}, "Öppna")
    assert NAME in opened.get_data(as_text=True) or opened.status_code == 303
    after = pages_of(world, ad, colleague)
    assert TOLD not in after["readers"] and ASKED not in after["checklist"] + after["start"]


def test_where_nobody_has_applied_under_a_code_name_nothing_is_said(world: World) -> None:
    ad = publish_ad(world)
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    send_applications(world, ad, 1, start=5, emails=("kansli@example.se",))
    told = pages_of(world, ad, colleague)
    assert TOLD not in told["readers"] and ASKED not in told["checklist"] + told["start"]


def test_a_reader_with_jav_is_told_of_where_the_office_looks_first(world: World, ad: Published) -> None:
    third, _ = add_person(world, "tredje", "kansli", party=world.party)
    page = f"/arbete/rekryteringar/{ad.id}/skyddad/{identities(world)[0].application_id}"
    filled = {"person": str(world.kansli), "ground": "narstaende"}
    assert submit(world.browser(world.kansli), page, filled, "Anmäl jäv").status_code == 303
    told = pages_of(world, ad, third)
    assert TOLD in told["readers"] and ASKED in told["checklist"] and ASKED in told["start"]
