"""An employment under Västernorrland's rules, by real clicks: a contract filled in, offered, accepted, signed by two and
running, and the first days done step by step."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pdfminer.high_level import extract_text
from playwright.sync_api import expect

from tests.contracts.written.contracting import EMPLOYER_SIGNS, recorded
from tests.documents import hostile
from tests.journeys.conftest import Portal
from tests.journeys.test_every_page import _faults_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

STEPS = 8  # of Region Västernorrland's riktlinje, 2.1


def test_a_contract_from_draft_to_running(portal: Portal, open_browser: Callable[..., "Page"]) -> None:
    one = recorded(portal.world, portal.set_clock, rules="region-vasternorrland")
    page = open_browser(portal.world.kansli)
    page.goto(one.page.removesuffix("/avtal"))
    page.get_by_role("link", name="Till avtalet").click()
    expect(page.get_by_text("Innan avtalet kan erbjudas:")).to_be_visible()
    faults = look_at(page, "draft")
    page.get_by_label("Arbetsledare").fill("Gruppledaren Ylva Strandberg")
    page.get_by_label("Uppsägningstid").fill("3")
    page.get_by_label("1. Enhetschefen").fill(EMPLOYER_SIGNS.name)
    page.get_by_role("button", name="Spara").click()
    assert "UTKAST" in words_of(page, "Läs utkastet (PDF)")
    page.get_by_role("button", name="Erbjud avtalet").click()
    faults += look_at(page, "offered")
    assert "Ylva Strandberg" in words_of(page, "Hämta avtalet (PDF)")
    page.get_by_role("button", name="Anteckna att det är antaget").click()
    for number, name in enumerate((EMPLOYER_SIGNS.name, one.employee), 1):
        page.get_by_label("Namnet på kopian").fill(name)
        page.get_by_label("Underskriftens datum").fill("2026-12-14")
        faults += look_at(page, f"signing-{number}")
        copy = {"name": f"kopia {number}.pdf", "mimeType": "application/pdf", "buffer": hostile.scan()}
        page.get_by_label("Den undertecknade kopian").set_input_files(copy)
        page.get_by_role("button", name="Lägg in underskriften").click()
        expect(page.get_by_role("link", name=f"Hämta kopia {number}")).to_be_visible()
    expect(page.get_by_text("Löper från 1 februari 2027")).to_be_visible()
    portal.set_clock("2027-02-01T09:00")
    page = open_browser(portal.world.kansli)
    page.goto(one.page)
    expect(page.get_by_text("Löper till och med 31 december 2030")).to_be_visible()
    faults += look_at(page, "running")
    page.goto(one.page.removesuffix("/avtal"))
    page.get_by_role("link", name="Introduktionen").click()
    assert faults + do_the_first_days(page) == []


def do_the_first_days(page: "Page") -> list[str]:
    """Begin the list of the rules, tick every step but one that does not apply, and see that nothing is left."""
    page.get_by_role("button", name="Börja introduktionen").click()
    ticks = page.get_by_role("button", name=re.compile("^Bocka av"))
    expect(ticks).to_have_count(STEPS)
    faults = look_at(page, "first days")
    last = page.locator("ol.first-days > li").last
    last.get_by_text("Annan dag, eller gäller inte").click()
    last.get_by_label("Varför").fill("Huset har inga passerkort.")
    last.get_by_role("button", name="Gäller inte").click()
    for left in range(STEPS - 1, 0, -1):
        expect(ticks).to_have_count(left)
        ticks.first.click()
    expect(page.get_by_text("Allt är klart.")).to_be_visible()
    return faults + look_at(page, "first days done")


def look_at(page: "Page", name: str) -> list[str]:
    """What is wrong with the page as it stands, in every width and scheme."""
    return [f"{name}: {fault}" for fault in _faults_of(page)]


def words_of(page: "Page", link: str) -> str:
    """The words of the PDF behind a link."""
    with page.expect_download() as kept:
        page.get_by_role("link", name=link).click()
    return extract_text(BytesIO(Path(kept.value.path()).read_bytes()))
