"""Under a code name from the ad to the erasure: the candidate keeps an address, an assessor meets the code name, the reader
alone opens who it is, the answer comes in the letterbox, and two years later nothing is left."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from portal.privacy.services.disposing import carry_out_due
from portal.vault.services import the_vault
from tests.decisions.recruiting import NOT_FURTHER, decide, proofread, release
from tests.documents import hostile
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.journeys.steps import PHONE
from tests.protection.applying import CONTACT, NAME, PAPER, candidate_of, identities, name_as_reader
from tests.review.panel import CLOSED, Panel
from tests.world import publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]
BACKGROUND = "Tio år som utredare i en kommun."


def test_from_the_ad_to_the_erasure_under_a_code_name(portal: Portal, open_browser: Open) -> None:
    world = portal.world
    name_as_reader(world, world.kansli)
    panel = Panel(world, publish_ad(world, employer="party"), [], portal.set_clock)
    link = _a_candidate_applies(open_browser(**PHONE), panel)
    (identity,) = identities(world)
    portal.set_clock(CLOSED)
    panel.name(world.gunnel)
    office = open_browser(world.kansli, viewport={"width": 1280, "height": 900})
    _the_office_writes(office, panel)
    _an_assessor_meets_the_code_name(open_browser(world.gunnel, **PHONE), panel, identity.code_name)
    _the_reader_opens_it(office, panel, identity.code_name)
    decide(world, panel.ad, [candidate_of(identity.application_id)], NOT_FURTHER)
    proofread(world, panel.ad)
    release(world, panel.ad)
    _the_candidate_reads_the_answer(open_browser(**PHONE), link)
    portal.stop_worker()
    for day in ("2029-01-02T09:00", "2029-01-20T09:00"):  # the office is told, and two weeks later it is carried out
        with world.app.app_context():
            carry_out_due(portal.set_clock(day))
    assert identities(world) == []
    with world.app.app_context():
        assert not the_vault().key_store.has(identity.id)


def _a_candidate_applies(page: "Page", panel: Panel) -> str:
    """Chosen before any name is written. Returns the address that they write down."""
    page.goto(f"/annonser/{panel.ad.reference}/ansok")
    steps.follow(page, "Skyddade personuppgifter?")
    page.get_by_label("Ditt namn").fill(NAME)
    page.get_by_label("Så når vi dig").fill(CONTACT)
    page.get_by_label("Din utbildning och erfarenhet, utan namn").fill(BACKGROUND)
    page.get_by_label("Personligt brev").fill("Jag skriver väl.")
    page.get_by_label("Löneanspråk").fill("42000")
    page.locator("[name=paper]").set_input_files(
        {"name": PAPER, "mimeType": "application/pdf", "buffer": hostile.plain()}
    )
    page.locator("[name=consent]").check()
    assert steps.scrolls_sideways(page) == 0
    steps.press(page, "Skicka ansökan")
    steps.heading(page, "Ansökan är skickad. Skriv upp adressen")
    return page.locator("main b").filter(has_text="/ansokan/").inner_text()


def _the_office_writes(office: "Page", panel: Panel) -> None:
    office.goto(f"{panel.url}/sokande")
    office.get_by_role("main").get_by_role("link", name="(kodnamn)").first.click()
    steps.follow(office, "Brevlåda")
    office.get_by_label("Ditt brev").fill("Kan du svara på en fråga om tider?")
    office.get_by_role("main").get_by_role("button", name="Skicka").click()
    expect(office.get_by_role("main")).to_contain_text("Brevet är skickat.")


def _an_assessor_meets_the_code_name(gunnel: "Page", panel: Panel, code_name: str) -> None:
    gunnel.goto(f"{panel.url}/jav")
    expect(gunnel.get_by_role("main")).to_contain_text("har skyddade personuppgifter och står inte i listan")
    steps.declare(gunnel)
    expect(gunnel.get_by_role("main")).to_contain_text(f"{code_name} (kodnamn)")
    assert "Gralarka" not in gunnel.content()
    steps.score_all(gunnel)
    steps.heading(gunnel, "Din bedömning")


def _the_reader_opens_it(office: "Page", panel: Panel, code_name: str) -> None:
    office.goto(f"{panel.url}/skyddad")
    steps.follow(office, code_name)
    assert NAME not in office.content()
    office.get_by_label("Varför behöver du öppna?").fill("Fråga om jäv")
    steps.press(office, "Öppna")
    expect(office.get_by_role("status").filter(has_text="Öppnad nu")).to_contain_text(NAME)


def _the_candidate_reads_the_answer(page: "Page", link: str) -> None:
    """From another computer, with nothing but the address."""
    page.goto(link)
    steps.press(page, "Fortsätt")
    expect(page.get_by_role("main")).to_contain_text("Du går inte vidare")
    steps.follow(page, "Öppna brevlådan")
    page.get_by_role("main").get_by_role("button", name="Öppna").first.click()
    expect(page.get_by_role("main")).to_contain_text("Kan du svara på en fråga om tider?")
