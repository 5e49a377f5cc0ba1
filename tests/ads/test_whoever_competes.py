"""One of the office who has applied for a post changes nothing of its ad: like its case, it is not there for them."""

import re
from datetime import date

import pytest

from portal import scope
from portal.ads.models import Ad
from tests.applicants import send_applications
from tests.doors import csrf_token
from tests.forms import submit
from tests.stage import add_person
from tests.world import Published, World, publish_ad

OFFICE = "kansli@example.se"


@pytest.fixture
def competed_for(world: World) -> Published:
    """An open ad that one of the office has applied to, from their own address."""
    ad = publish_ad(world, title="Den jag sökte")
    send_applications(world, ad, 1, start=5, emails=(OFFICE,))
    return ad


def parts_of(world: World, ad: Published) -> list[str]:
    """The addresses of all pages of an ad's parts."""
    rules = [
        rule
        for rule in world.app.url_map.iter_rules()
        if f"{rule}".startswith("/arbete/rekryteringar/<uuid:ad_id>/annons")
    ]
    return [str(rule).replace("<uuid:ad_id>", str(ad.id)) for rule in rules]


def test_neither_page_nor_button_of_any_of_its_parts_is_there(world: World, competed_for: Published) -> None:
    office, colleague = (
        world.browser(world.kansli),
        world.browser(add_person(world, "kollega", "kansli", party=world.party)[0]),
    )
    pages, token = parts_of(world, competed_for), csrf_token("kansli", office)
    assert len(pages) > 10
    assert {colleague.get(page).status_code for page in pages} <= {200, 302}
    assert {office.get(page).status_code for page in pages} == {404}
    assert {office.post(page, data={"csrf_token": token}).status_code for page in pages} == {404}


def test_it_is_neither_taken_back_nor_extended(world: World, competed_for: Published) -> None:
    office = world.browser(world.kansli)
    token, place = csrf_token("kansli", office), f"/arbete/rekryteringar/{competed_for.id}/annons"
    for page, more in (("dra-tillbaka", {}), ("forlang", {"deadline": "2026-12-18"})):
        assert office.post(f"{place}/{page}", data={"csrf_token": token, **more}).status_code == 404
    with world.acting(scope.party(world.party)) as session:
        row = session.get_one(Ad, competed_for.id)
        assert (row.state, row.deadline) == ("published", date(2026, 12, 11))


def test_the_list_has_it_and_leads_nowhere(world: World, competed_for: Published) -> None:
    other = publish_ad(world, title="En annan")
    page = world.browser(world.kansli).get("/arbete/rekryteringar").get_data(as_text=True)
    assert "Den jag sökte" in page
    led_to = set(re.findall(r'href="/arbete/rekryteringar/([0-9a-f-]{36}(?:/annons)?)"', page))
    assert led_to == {f"{other.id}", f"{other.id}/annons"}


def test_a_new_ad_is_made_from_it_all_the_same(world: World, competed_for: Published) -> None:
    told = submit(
        world.browser(world.kansli),
        "/arbete/rekryteringar/ny",
        {"from": str(competed_for.id)},
        "Gör en ny från den här",
    )
    assert told.status_code == 303
