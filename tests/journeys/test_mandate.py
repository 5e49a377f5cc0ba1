"""The change of mandate of 2030 by real clicks: ten are told of it and renewed at once, and one of them ends early."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.contracts.test_mandate_pages import TERMS, employ
from tests.contracts.written.contracting import rules_of
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.journeys.test_every_page import _faults_of
from tests.posts.ledgers import give

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_ten_are_renewed_after_the_election_of_2030_and_one_ends_early(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    world, people = portal.world, [f"Sekreterare {letter}" for letter in "ABCDEFGHIJ"]
    rules_of(world, "region-varmland")
    give(world, (world.party, "10"), starts=TERMS[2030][0], ends=TERMS[2030][1])
    give(world, (world.party, "10"), starts=TERMS[2034][0], ends=TERMS[2034][1])
    for name in people:
        employ(world, name, year=2030)

    portal.set_clock("2030-07-01T09:00")
    page = open_browser(world.kansli)
    page.goto("/arbete")
    page.get_by_role("link", name="Mandatskiftet: tio anställningar slutar").click()
    expect(page.get_by_text("Från 9 september 2030 går det att besluta för 2031–2034.")).to_be_visible()
    expect(page.get_by_role("button", name="Förnya")).to_have_count(0)
    faults = _faults_of(page)

    portal.set_clock("2030-11-20T09:00")
    page = open_browser(world.kansli)
    page.goto("/arbete/mandatskifte")
    steps.press(page, "Förnya för 2031–2034")
    expect(page.get_by_text("1 januari 2031 till 31 december 2034")).to_have_count(10)
    faults += _faults_of(page)
    steps.press(page, "Förnya för 2031–2034")
    expect(page.get_by_text("Kvar är beslutet och avtalet för var och en.")).to_be_visible()
    faults += _faults_of(page)
    page.goto("/arbete/anstallningar/fornya")
    expect(page.get_by_text("Redan förnyad", exact=True)).to_have_count(10)

    page.goto("/arbete/anstallningar")
    page.get_by_role("link", name=people[0]).last.click()
    steps.follow(page, "Ändra anställningen")
    page.get_by_text("Skriv in ett tidigare slutdatum").click()
    page.locator("#avsluta-decided").fill("2030-11-20")
    page.locator("#avsluta-ends").fill("2032-06-30")
    steps.press(page, "Avsluta i förtid")
    expect(page.get_by_text("Anställningen gäller till och med 30 juni 2032.")).to_be_visible()
    assert faults + _faults_of(page) == []
