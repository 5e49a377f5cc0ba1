"""A file that cannot be taken in is said to be so before it leaves the machine; a large one shows how far it has come."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.applications.paper import DETAILS
from tests.documents import hostile
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.world import publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

MB = 1024 * 1024
WRITTEN = "Det jag skrev. Och det jag skriver medan filen är på väg."


def test_what_is_too_large_is_never_sent_and_what_is_large_shows_its_way(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    page = open_browser(**steps.PHONE)
    page.goto(f"/annonser/{publish_ad(portal.world).reference}/ansok")
    for label, text in DETAILS.items():
        page.get_by_label(label, exact=True).fill(text)
    steps.press(page, "Fortsätt")
    letter, section = page.get_by_label("Personligt brev", exact=True), page.locator("#del-cv")
    letter.fill("Det jag skrev.")
    expect(page.locator("[data-saved]").first).to_contain_text("Sparat")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    for name, size, said in (
        ("film.pdf", 11 * MB, "Filen film.pdf är större än 10 MB."),
        ("bild.heic", 100, "Filen bild.heic är av en sort som inte går att ta emot."),
    ):
        _choose(page, name, b"x" * size)
        expect(section.get_by_role("alert")).to_contain_text(said)
        expect(page.locator("input[name=cv]")).to_have_js_property("files.length", 0)
        expect(page.locator("input[name=let_go]")).to_have_value(re.compile(f"^cv .+ {name}$"))
        expect(page.locator("input[name=cv]")).to_have_accessible_description(re.compile(re.escape(said)))
    assert sent == []
    slow = page.context.new_cdp_session(page)
    conditions = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 4 * MB}
    slow.send("Network.emulateNetworkConditions", conditions)
    _choose(page, "skannad.pdf", hostile.scan() + b"\n%" + b"x" * (9 * MB))
    expect(page.get_by_role("progressbar", name="Filen skickas")).to_be_visible()
    expect(page.locator(".progress[role=status]")).to_contain_text("%")
    letter.press("End")
    letter.press_sequentially(" Och det jag skriver medan filen är på väg.", delay=20)
    expect(section).to_contain_text("skannad.pdf", timeout=20_000)
    expect(section).to_contain_text("bara bild")
    expect(letter).to_have_value(WRITTEN)
    expect(letter).to_be_focused()
    expect(page.locator(".progress")).to_have_count(0)
    with page.expect_response(lambda answer: answer.request.method == "POST" and f"{WRITTEN} Mer." in _sent(answer)):
        letter.press_sequentially(" Mer.")
    expect(page.locator("[data-saved]").first).to_contain_text("Sparat")  # the page knows: until then it asks to stay
    page.reload()
    expect(letter).to_have_value(f"{WRITTEN} Mer.")


def _sent(answer: "Response") -> str:
    return (answer.request.post_data_buffer or b"").decode(errors="replace")


def _choose(page: "Page", name: str, body: bytes) -> None:
    page.locator("input[name=cv]").set_input_files({"name": name, "mimeType": "", "buffer": body})
