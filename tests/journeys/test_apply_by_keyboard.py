"""A candidate with a keyboard and a screen reader: from the ad to the receipt, and from the private link to the end.

No mouse; each stop that matters is seen to have the focus, and each page is looked at as it is read out.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from portal.demo.people import Candidate, candidates
from tests.journeys import steps
from tests.journeys.calling import is_called
from tests.journeys.conftest import Portal
from tests.journeys.keys import choose_file, enter, focused, tab_on, tab_to, write
from tests.journeys.reader import faults_heard, heard_on
from tests.world import publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SALARY = "Löneanspråk (kronor per månad, räknat på heltid)"
STEPS = ("Steg 1 av 3: Uppgifter", "Steg 2 av 3: Handlingar och svar", "Steg 3 av 3: Kontrollera")


def test_what_is_read_out_is_seen_to_be_wrong_where_it_is(portal: Portal, open_browser: Callable[..., "Page"]) -> None:
    """The other test would say nothing if this one could not hear."""
    page = open_browser()
    page.goto("/")
    assert faults_heard(page) == []
    page.set_content(
        "<h1>Ett</h1><h1>Två</h1><h3>Tre</h3><main><input><button>A</button><button>A</button><p class=error>Fel.</p>"
        "<input aria-label=B aria-invalid=true><a href=/1>C</a><a href=/2>C</a></main>"
    )
    told = " ".join(faults_heard(page, step=STEPS[0]))
    for fault in ("0 of banner", "level 1", "heading 3 after 1", "textbox without", "2 buttons A", "links C", "not said why",
                  "wrong by: Fel.", "does not say Steg"):  # fmt: skip
        assert fault in told, fault


def test_a_candidate_applies_changes_books_and_takes_it_back_by_keyboard(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    ad, who = publish_ad(portal.world, employer="party"), candidates()[0]
    page = open_browser(viewport={"width": 1280, "height": 900})
    page.on("filechooser", lambda _opened: None)  # from the first page on, so that no window of the system's opens
    faults = _applies(page, who)
    faults += _comes_in_by_the_link_and_changes(page, who)
    is_called(portal, ad, who)
    faults += _books(page, who)
    faults += _takes_it_back(page)
    assert "\n".join(faults) == ""


def _applies(page: "Page", who: Candidate) -> list[str]:
    page.goto("/")
    faults = faults_heard(page)
    enter(page, "link", re.compile("Politisk sekreterare på heltid"))
    faults += faults_heard(page)
    enter(page, "link", "Sök tjänsten")
    faults += faults_heard(page, step=STEPS[0])
    enter(page, "button", "Fortsätt")
    expect(focused(page)).to_have_role("alert")  # what is wrong is read out first
    assert [one.name for one in heard_on(page) if one.is_wrong][:2] == ["Namn", "E-post"]
    faults += faults_heard(page, step=STEPS[0])
    write(page, "Namn", who.person.name)
    write(page, "E-post", who.person.email)
    tab_to(page, "checkbox", re.compile("samtyck"))
    page.keyboard.press("Space")
    enter(page, "button", "Fortsätt")
    faults += faults_heard(page, step=STEPS[1])
    return faults + _fills_in_and_sends(page, who)


def _fills_in_and_sends(page: "Page", who: Candidate) -> list[str]:
    for group in page.locator("fieldset:has(input[name^=choice_])").all():
        _choose(page, group.get_by_label("Ja", exact=True))
    for field in page.locator("textarea[name^=answer_]").all():
        _type(page, field, "Det har jag gjort i två kommuner.")
    _type(page, page.locator("[name=salary]"), "mycket")
    _type(page, page.locator("[name=start]"), "Den 1 februari")
    _type(page, page.locator("[name=letter]"), who.letter)
    choose_file(page, "cv", "cv.txt", "Erfarenhet: tre år.")
    expect(page.locator("#del-cv")).to_contain_text("cv.txt")
    assert [one.name for one in heard_on(page) if one.is_wrong] == [SALARY]
    faults = faults_heard(page, step=STEPS[1])
    _type(page, page.locator("[name=salary]"), "42 000")
    enter(page, "button", "Fortsätt")
    faults += faults_heard(page, step=STEPS[2])
    enter(page, "button", "Skicka ansökan")
    steps.heading(page, "Ansökan är mottagen")
    return faults + faults_heard(page)


def _choose(page: "Page", choice: "Locator") -> None:
    """Tab to a group of choices and press the space bar on the first of them."""
    tab_on(page, choice)
    page.keyboard.press("Space")
    expect(choice).to_be_checked()


def _type(page: "Page", field: "Locator", text: str) -> None:
    """Tab to a field and write in it, in the place of what stands there."""
    tab_on(page, field)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def _comes_in_by_the_link_and_changes(page: "Page", who: Candidate) -> list[str]:
    enter(page, "link", "Öppna din privata sida")
    faults = faults_heard(page)
    enter(page, "button", "Fortsätt")
    _types_the_code(page, who.person.email)
    steps.heading(page, "Mottagen")
    faults += faults_heard(page)
    enter(page, "link", "Ändra handlingar och svar")
    faults += faults_heard(page)
    tab_on(page, page.locator("summary", has_text="Byt fil").first)
    page.keyboard.press("Enter")
    choose_file(page, "cv", "cv-2.txt", "Erfarenhet: fyra år.")
    enter(page, "button", "Spara ändringarna")
    steps.heading(page, "Mottagen")
    expect(page.get_by_role("main")).to_contain_text("cv-2.txt")
    return faults + faults_heard(page)


def _types_the_code(page: "Page", email: str) -> None:
    """A wrong one first: the field says so. The code is read in the mailbox, in a window of its own."""
    write(page, "Kod", "000000")
    enter(page, "button", "Öppna")
    (wrong,) = [one for one in heard_on(page) if one.is_wrong]
    assert wrong.name == "Kod" and "Koden" in wrong.description
    faults = faults_heard(page)
    assert "\n".join(faults) == ""
    mailbox = page.context.new_page()
    code = re.search(r"\b\d{6}\b", steps.newest_mail(mailbox, email, "Din kod"))
    mailbox.close()
    assert code
    write(page, "Kod", code.group())
    enter(page, "button", "Öppna")


def _books(page: "Page", who: Candidate) -> list[str]:
    """Weeks later the door is shut again: the mail's link leads to the times, through it."""
    page.goto(steps.link_in(steps.newest_mail(page, who.person.email, "Välj en tid")))
    enter(page, "button", "Fortsätt")
    _types_the_code(page, who.person.email)
    steps.heading(page, "Mötet")
    faults = faults_heard(page)
    enter(page, "button", "Boka tiden")  # none is chosen
    faults += faults_heard(page)
    _choose(page, page.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    enter(page, "button", "Boka tiden")
    expect(page.get_by_role("main")).to_contain_text("Din tid är bokad.")
    faults += faults_heard(page)
    enter(page, "link", "Till din ansökan")
    steps.heading(page, "Intervju")
    return faults + faults_heard(page)


def _takes_it_back(page: "Page") -> list[str]:
    enter(page, "link", "Ta tillbaka ansökan")
    faults = faults_heard(page)
    tab_on(page, page.get_by_label("Radera allt direkt"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Radera allt direkt")).to_be_checked()
    enter(page, "button", "Ta tillbaka ansökan")
    steps.heading(page, "Ansökan är raderad")
    return faults + faults_heard(page)
