"""Corrections of an ad that are saved and not published: the office is told wherever it looks, and reads which they are."""

import re
from uuid import UUID

import pytest

from tests.ads.drafts import published, whole_draft
from tests.forms import submit
from tests.world import World

SAVE, TO_DO = "Spara och fortsätt", "Publicera ändringarna i annonsen"


@pytest.fixture
def corrected(world: World) -> UUID:
    """Out, and corrected by one of the office, who did not publish it."""
    ad_id = whole_draft(world)
    published(world, ad_id)
    office = world.browser(world.kansli)
    place = f"/arbete/rekryteringar/{ad_id}/annons"
    assert submit(office, f"{place}/rubrik", {"title": "Ny rubrik", "intro": "Text."}, SAVE).status_code == 303
    return ad_id


def test_the_start_page_and_the_checklist_ask_for_it_until_it_is_published(world: World, corrected: UUID) -> None:
    office, case = world.browser(world.kansli), f"/arbete/rekryteringar/{corrected}"

    def told() -> list[bool]:
        return [TO_DO in office.get(page).get_data(as_text=True) for page in ("/arbete", case)]

    assert told() == [True, True]
    assert submit(office, f"{case}/annons/publicera", {}, "Publicera ändringarna").status_code == 303
    assert told() == [False, False]


def test_the_ads_own_task_list_does_not_call_it_done(world: World, corrected: UUID) -> None:
    page = world.browser(world.kansli).get(f"/arbete/rekryteringar/{corrected}/annons").get_data(as_text=True)
    row = page.partition("Granska och publicera")[2].partition("</li>")[0]
    assert "Klar" not in re.sub("<[^>]+>", "", row)


def test_whoever_publishes_a_later_correction_reads_which_parts_are_changed(world: World, corrected: UUID) -> None:
    office, place = world.browser(world.kansli), f"/arbete/rekryteringar/{corrected}/annons"
    submit(office, f"{place}/arbetsuppgifter", {"tasks": "skriva tal\nskriva debattartiklar"}, SAVE)
    page = office.get(f"{place}/publicera").get_data(as_text=True)
    told = page.partition("Ändrat sedan den publicerades")[2].partition("</p>")[0]
    assert "Rubrik och ingress" in told and "Arbetsuppgifter" in told and "Kontaktpersoner" not in told
