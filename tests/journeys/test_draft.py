"""A draft that saves itself while one writes, and a file that is saved when it is chosen."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.applications.paper import DETAILS, SALARY
from tests.documents import hostile
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.journeys.test_every_page import _faults_of
from tests.world import Published, publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import APIResponse, Page, Route


def _begun(portal: Portal, page: "Page") -> Published:
    """An ad, and a draft of an application to it at page two."""
    ad = publish_ad(portal.world)
    page.goto(f"/annonser/{ad.reference}/ansok")
    for label, text in DETAILS.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Fortsätt").click()
    return ad


def test_what_is_written_is_there_after_a_reload_and_a_lost_connection_is_told(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    page = open_browser()
    ad = _begun(portal, page)
    letter, said = page.get_by_label("Personligt brev", exact=True), page.locator("[data-saved]")
    for by_hand in ("Spara CV", "Spara utkast"):
        expect(page.get_by_role("button", name=by_hand)).not_to_be_visible()
    letter.fill("Hej.")
    expect(said).to_contain_text("Sparat")
    page.context.set_offline(True)
    letter.fill("Hej igen.")
    expect(said).to_contain_text("Ej sparat.", timeout=9_000)
    page.context.set_offline(False)
    expect(said).to_contain_text("Sparat")
    page.locator("input[name=cv]").set_input_files(
        {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": hostile.plain()}
    )
    expect(page.locator("#del-cv")).to_contain_text("cv.pdf")
    expect(page.locator("#sparat")).to_contain_text("Filen är sparad.")
    page.reload()
    expect(letter).to_have_value("Hej igen.")
    letter.fill("x" * 20_010)
    expect(page.get_by_text("Ta bort 10 tecken.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_role("link", name="Texten i ”Personligt brev” får vara högst")).to_be_visible()
    assert _faults_of(page) == []
    page.reload()
    page.get_by_label(SALARY, exact=True).fill("41 000")
    letter.fill("Hej.")
    expect(page.locator(".field", has=letter).locator("[data-saved]")).to_contain_text("Sparat")  # where one writes
    page.get_by_role("button", name="Fortsätt").click()
    other = page.context.new_page()
    other.goto(f"/annonser/{ad.reference}/ansok/handlingar")
    page.get_by_role("button", name="Skicka ansökan").click()
    expect(page.get_by_role("heading", name="Ansökan är mottagen")).to_be_visible()
    other.get_by_label("Personligt brev", exact=True).fill("För sent.")
    expect(other.locator("[data-saved]")).to_contain_text("redan skickad")
    expect(other.get_by_role("link", name="Till kvittot")).to_have_attribute(
        "href", f"/annonser/{ad.reference}/ansok/kvitto"
    )
    other.close(run_before_unload=False)


def test_a_press_while_a_draft_is_being_saved_meets_no_window_that_is_not_there(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    page = open_browser()
    _begun(portal, page)
    letter = page.get_by_label("Personligt brev", exact=True)
    held: list[tuple[Route, APIResponse]] = []

    def slow(route: "Route") -> None:
        """Saved by the server, and the answer is not here yet."""
        if route.request.headers["accept"] == "application/json" and not held:
            held.append((route, route.fetch()))
        else:
            route.continue_()

    page.route("**/handlingar", slow)
    letter.fill("Hej.")
    while not held:
        page.wait_for_timeout(50)
    letter.fill("Hej igen, med mer att säga.")
    page.get_by_role("button", name="Fortsätt").dblclick(no_wait_after=True)
    page.wait_for_timeout(300)
    expect(page.locator("[name=keep_letter]")).to_have_count(0)
    held[0][0].fulfill(response=held[0][1])
    page.wait_for_url("**/kontrollera")
    page.go_back()
    expect(letter).to_have_value("Hej igen, med mer att säga.")


def test_without_coverage_no_press_leaves_the_page_and_a_chosen_file_waits(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    page = open_browser(**steps.PHONE)
    _begun(portal, page)
    letter, said = page.get_by_label("Personligt brev", exact=True), page.locator("[data-saved]")
    letter.fill("Rad ett.")
    expect(said).to_contain_text("Sparat")
    page.context.set_offline(True)
    letter.fill("Rad ett och två.")
    page.locator("input[name=cv]").set_input_files(
        {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": hostile.plain()}
    )
    expect(page.locator("#del-cv")).to_contain_text("Ingen täckning. Filen skickas när du har täckning igen.")
    expect(letter).to_have_value("Rad ett och två.")
    page.context.set_offline(False)
    expect(page.locator("#del-cv")).to_contain_text("cv.pdf")
    expect(letter).to_have_value("Rad ett och två.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_text("Ingen täckning. Det du skrev står kvar")).to_be_visible()
    letter.fill("Rad ett, två och tre.")  # who writes on has not gone on
    page.context.set_offline(False)
    expect(said).to_contain_text("Sparat")
    expect(letter).to_have_value("Rad ett, två och tre.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_text("Ingen täckning. Det du skrev står kvar")).to_be_visible()
    page.context.set_offline(False)
    page.wait_for_url(re.compile(r"/kontrollera(#|$)"))
