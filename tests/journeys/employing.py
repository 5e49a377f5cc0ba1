"""What is done with an employment on the pages, as verbs: its contract filled in and signed, the first days ticked off."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pdfminer.high_level import extract_text
from playwright.sync_api import expect

from tests.documents import hostile
from tests.journeys import steps

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

FIRST_DAYS = 8  # steps of Region Västernorrland's riktlinje, 2.1
Look = Callable[["Page", str], None]


def nobody_looks(_page: "Page", _name: str) -> None:
    """A journey that looks at the pages elsewhere."""


def fill_in(page: "Page", *, leads: str, signs: str) -> None:
    """What Region Västernorrland's rules leave open: who leads the work, who decided, notice, and who signs for it."""
    expect(page.get_by_text("Innan avtalet kan erbjudas:")).to_be_visible()
    page.get_by_label("Arbetsledare").fill(leads)
    page.get_by_label("Beslutet fattat av").fill(leads)
    page.get_by_label("Uppsägningstid").fill("3")
    page.get_by_label("1. Enhetschefen").fill(signs)
    steps.press(page, "Spara")


def sign(page: "Page", number: int, name: str, *, day: str) -> None:
    """Put in the signed copy of the one whose turn it is, as this person's."""
    page.get_by_label("Namnet på kopian").fill(name)
    page.get_by_label("Underskriftens datum").fill(day)
    copy: FilePayload = {"name": f"kopia {number}.pdf", "mimeType": "application/pdf", "buffer": hostile.scan()}
    page.get_by_label("Den undertecknade kopian").set_input_files(copy)
    steps.press(page, "Lägg in underskriften")


def all_sign(page: "Page", names: tuple[str, ...], *, day: str, look: Look = nobody_looks) -> None:
    """Put each signed copy in, in the order of the rules."""
    for number, name in enumerate(names, 1):
        look(page, f"signing-{number}")
        sign(page, number, name, day=day)
        expect(page.get_by_role("link", name=f"Hämta kopia {number}")).to_be_visible()


def do_the_first_days(page: "Page", *, look: Look = nobody_looks) -> None:
    """Begin the list of the rules, tick every step but one that does not apply, and see that nothing is left."""
    steps.press(page, "Börja introduktionen")
    ticks = page.get_by_role("button", name=re.compile("^Bocka av"))
    expect(ticks).to_have_count(FIRST_DAYS)
    look(page, "first days")
    last = page.locator("ol.first-days > li").last
    last.get_by_text("Annan dag, eller gäller inte").click()
    last.get_by_label("Varför").fill("Huset har inga passerkort.")
    last.get_by_role("button", name=re.compile("^Gäller inte")).click()
    for left in range(FIRST_DAYS - 1, 0, -1):
        expect(ticks).to_have_count(left)
        ticks.first.click()
    expect(page.get_by_text("Allt är klart.")).to_be_visible()
    look(page, "first days done")


def words_of(page: "Page", link: str) -> str:
    """The words of the PDF behind a link."""
    with page.expect_download() as kept:
        page.get_by_role("link", name=link).click()
    return extract_text(BytesIO(Path(kept.value.path()).read_bytes()))
