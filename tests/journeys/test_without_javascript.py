"""Everything works without a script, on a phone."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from portal.demo.people import candidates
from tests.applicants import send_applications
from tests.journeys import steps
from tests.journeys.calling import is_called
from tests.journeys.conftest import Portal
from tests.world import publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE = {"java_script_enabled": False, "viewport": {"width": 360, "height": 740}}


def test_a_candidate_applies_changes_books_a_time_and_takes_it_back_without_a_script(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    ad, who = publish_ad(portal.world, employer="party"), candidates()[0]
    page = open_browser(**PHONE)
    page.goto("/")
    page.get_by_role("link", name="Politisk sekreterare på heltid").click()
    page.get_by_role("link", name="Sök tjänsten").first.click()
    page.get_by_label("Namn").fill(who.person.name)
    steps.press(page, "Fortsätt")  # no address and no consent: the page says so, and the name is still there
    expect(page.get_by_role("alert")).to_contain_text("Skriv din e-postadress.")
    expect(page.get_by_role("alert")).to_contain_text("Partiet behöver ditt samtycke")
    expect(page.get_by_label("Namn")).to_have_value(who.person.name)
    steps.apply(page, ad.reference, who, "word")
    expect(page.get_by_role("main")).to_contain_text(who.person.email)
    steps.send(page)
    page.get_by_role("link", name="Öppna din privata sida").click()
    steps.open_door(page, who.person.email)
    steps.heading(page, "Mottagen")
    page.get_by_role("link", name="Ändra handlingar och svar").click()
    page.get_by_label("När kan du börja?").fill("Den 1 mars")
    page.locator("details:has([name=attachment_kind]) > summary").click()
    page.get_by_label("Vad är det för bilaga?").select_option("Betyg")
    page.get_by_label("Bilaga", exact=True).set_input_files({"name": "betyg.txt", "mimeType": "", "buffer": b"Godkand"})
    assert steps.scrolls_sideways(page) == 0
    steps.press(page, "Spara ändringarna")
    steps.heading(page, "Mottagen")
    expect(page.get_by_role("heading", name="Dina ändringar")).to_be_visible()
    for said in ("Den 1 mars", "betyg.txt"):
        expect(page.get_by_role("main")).to_contain_text(said)
    is_called(portal, ad, who)
    page.goto(steps.link_in(steps.newest_mail(page, who.person.email, "Välj en tid")))
    steps.open_door(page, who.person.email)
    page.get_by_role("radio").first.check()
    assert steps.scrolls_sideways(page) == 0
    steps.press(page, "Boka tiden")
    expect(page.get_by_role("main")).to_contain_text("Din tid är bokad.")
    steps.follow(page, "Till din ansökan")
    steps.heading(page, "Intervju")
    page.get_by_role("link", name="Ta tillbaka ansökan").click()
    page.get_by_role("main").get_by_role("button", name="Ta tillbaka ansökan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ansökan är raderad")


def test_an_assessor_answers_scores_orders_and_hands_in_without_a_script(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    world = portal.world
    ad = publish_ad(world)
    sent = send_applications(world, ad, 2)
    portal.set_clock("2026-12-14T10:00")
    office = open_browser(world.kansli, java_script_enabled=False)
    office.goto(f"/arbete/rekryteringar/{ad.id}/bedomare")
    office.get_by_role("group", name="Bedömare").get_by_label("Gunnel Sundvall").check()
    office.get_by_role("group", name="Vem leder").get_by_label("Gunnel Sundvall").check()
    office.get_by_label("Sista dag att lämna in").fill("2026-12-17")
    steps.press(office, "Spara bedömarna")
    page = open_browser(world.gunnel, **PHONE)
    page.goto(f"/arbete/rekryteringar/{ad.id}/bedom")
    steps.declare(page)
    page.locator("#dock").get_by_text("Ja", exact=True).click()
    assert steps.scrolls_sideways(page) == 0
    steps.go_on(page)
    assert steps.score_all(page, scripts=False) == 9  # five criteria for two candidates, one of them done
    page.goto(f"/arbete/rekryteringar/{ad.id}/ordning")
    steps.press(page, f"Flytta upp {page.get_by_role('row').nth(2).get_by_role('rowheader').inner_text()}")
    steps.press(page, "Spara och gå till inlämning")
    steps.press(page, "Lämna in")
    steps.heading(page, "Du har lämnat in")
    steps.follow(page, "Gemensam bild")
    for one in sent:
        expect(page.get_by_role("main")).to_contain_text(one.name)
