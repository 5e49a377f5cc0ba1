"""A region of Västra Götaland's size shares its posts out, by real clicks: 24 in all, one party 5.5, a coalition 12."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from portal import clock, scope
from portal.organisations.services.founding import add_party
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.journeys.test_every_page import _faults_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

OWN = {"Närvårdspartiet": "5,5", "Älvpartiet": "2", "Skogspartiet": "1,50"}
OTHERS = {"Dalpartiet": "4,5", "Kustpartiet": "4,5", "Bergspartiet": "1", "Åpartiet": "1", "Sjöpartiet": "1"}
COALITION = "Älvledningen"


def decide(page: "Page", model: str) -> None:
    """Begin a decision of the region's council for the term, under one model."""
    page.goto("/arbete/tjansteutrymme")
    steps.follow(page, model)
    page.get_by_label("Vem beslutade?").fill("Regionfullmäktige")
    page.get_by_label("Beslutsdag").fill("2026-11-18")
    page.get_by_label("Paragraf").fill("§ 142")
    page.get_by_label("Gäller från och med").fill("2027-01-01")
    page.get_by_label("Gäller till och med").fill("2030-12-31")


def test_a_region_shares_24_posts_out_and_each_party_sees_its_own(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    world = portal.world
    with world.writing(scope.PLATFORM) as session:
        for hue, name in enumerate({**OWN, **OTHERS}.keys() - {"Närvårdspartiet", "Dalpartiet"}):
            values = {"name": name, "hue": hue * 40, "controller_name": f"{name} i Ådalen"}
            add_party(session, authority_id=world.authority, by=None, at=clock.now(), **values)
    page = open_browser(world.region)

    decide(page, "Så mycket till varje parti")
    for name, size in {**OWN, **OTHERS}.items():
        page.get_by_label(name, exact=True).fill(size)
    steps.press(page, "Räkna")
    expect(page.get_by_role("heading", name="Tillsammans 21,00 heltider")).to_be_visible()
    faults = _faults_of(page)
    steps.press(page, "Lägg in beslutet")

    decide(page, "Gemensamt för en samverkan")
    page.get_by_label("Samverkans namn").fill(COALITION)
    page.get_by_label("Gemensamt", exact=True).fill("3")
    for name in OWN:
        page.get_by_label(name, exact=True).check()
    steps.press(page, "Lägg in beslutet")

    page.goto("/arbete/tjansteutrymme?dag=2027-01-01")
    expect(page.get_by_text("24,00 heltider är fördelade.")).to_be_visible()
    shared = f"{COALITION} har 12,00 heltider: 9,00 egna hos 3 partier och 3,00 gemensamt."
    expect(page.get_by_text(shared)).to_be_visible()
    faults += _faults_of(page)

    office = open_browser(world.kansli)
    office.goto("/arbete/tjanster?dag=2027-01-01")
    expect(office.get_by_text("5,50").first).to_be_visible()
    assert "Dalpartiet" not in office.locator("main").inner_text()
    assert faults + _faults_of(office) == []
