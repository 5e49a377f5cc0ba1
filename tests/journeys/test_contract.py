"""An employment under Västernorrland's rules, by real clicks: a contract filled in, offered, accepted, signed by two and
running, and the first days done step by step."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.contracts.written.contracting import EMPLOYER_SIGNS, recorded
from tests.journeys import employing, steps
from tests.journeys.conftest import Portal
from tests.journeys.test_every_page import _faults_of

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_contract_from_draft_to_running(portal: Portal, open_browser: Callable[..., "Page"]) -> None:
    one = recorded(portal.world, portal.set_clock, rules="region-vasternorrland")
    faults: list[str] = []

    def look(page: "Page", name: str) -> None:
        """What is wrong with the page as it stands, in every width and scheme."""
        faults.extend(f"{name}: {fault}" for fault in _faults_of(page))

    page = open_browser(portal.world.kansli)
    page.goto(one.page.removesuffix("/avtal"))
    steps.follow(page, "Till avtalet")
    look(page, "draft")
    employing.fill_in(page, leads="Gruppledaren Ylva Strandberg", signs=EMPLOYER_SIGNS.name)
    assert "UTKAST" in employing.words_of(page, "Läs utkastet (PDF)")
    steps.press(page, "Erbjud avtalet")
    look(page, "offered")
    assert "Ylva Strandberg" in employing.words_of(page, "Hämta avtalet (PDF)")
    steps.press(page, "Anteckna att det är antaget")
    employing.all_sign(page, (EMPLOYER_SIGNS.name, one.employee), day="2026-12-14", look=look)
    expect(page.get_by_text("Löper från 1 februari 2027")).to_be_visible()
    portal.set_clock("2027-02-01T09:00")
    page = open_browser(portal.world.kansli)
    page.goto(one.page)
    expect(page.get_by_text("Löper till och med 31 december 2030")).to_be_visible()
    look(page, "running")
    page.goto(one.page.removesuffix("/avtal"))
    steps.follow(page, "Introduktionen")
    employing.do_the_first_days(page, look=look)
    assert faults == []
