"""What people do on the pages, as verbs: each takes the page it is done on."""

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pyotp
from playwright.sync_api import expect

from portal import clock
from portal.demo.engines.papers import cv
from portal.demo.people import Candidate
from tests.door import let_in_by

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.journeys.conftest import Portal

PASSWORD = "tre lugna kajor ropar"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
SCALE_QUESTIONS = ("Du skriver väl, också när det är bråttom", "Utbildning i statsvetenskap")
LICENCE = "Du har B-körkort"
REASON = "Skriver klart och snabbt, också under tidspress."


def press(page: "Page | Locator", text: str) -> None:
    """Press the button with exactly this text."""
    page.get_by_role("button", name=text, exact=True).click()


def go_on(page: "Page") -> None:
    """Press the button that leads on from a score, whatever comes next."""
    page.locator("[data-send]").click()


def follow(page: "Page | Locator", text: str) -> None:
    """Follow the first link with exactly this text."""
    page.get_by_role("link", name=text, exact=True).first.click()


def heading(page: "Page", text: str | re.Pattern[str]) -> None:
    """The page has this heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


# Accounts


def newest_mail(page: "Page", to: str, subject: str = "") -> str:
    """The body of the newest mail to an address, waited for: the worker and the outbox take their time."""
    letters = page.locator("article.part").filter(has_text=f"Till {to}").filter(has_text=subject)
    for _ in range(40):
        page.goto("/demo/brevlada")
        if letters.count():
            return letters.first.locator(".letter").inner_text()
        page.wait_for_timeout(250)
    raise AssertionError(f"no mail to {to}")


def open_door(page: "Page", to: str) -> None:
    """On the first page of a private link: press the button, and type the code that comes by mail."""
    press(page, "Fortsätt")
    heading(page, "Skriv koden")
    place = page.url
    code = re.search(r"\b\d{6}\b", newest_mail(page, to, "Din kod"))
    assert code
    page.goto(place)
    page.get_by_label("Kod").fill(code.group())
    press(page, "Öppna")


def let_in(page: "Page", portal: "Portal", link: str) -> str:
    """Let a browser in by a private link at once: the path behind its door."""
    token, _, more = link.removeprefix("/ansokan/").partition("/")
    cookie, handle = let_in_by(portal.world, token)
    root, host = f"/ansokan/{handle}", urlsplit(portal.address).hostname
    page.context.add_cookies([{"name": "link", "value": cookie, "domain": host, "path": root}])
    return f"{root}/{more}" if more else root


def link_in(mail: str) -> str:
    """The first address in a mail."""
    found = re.search(r"https?://\S+", mail)
    assert found, mail
    return found.group()


def accept_invitation(page: "Page", link: str) -> None:
    """Choose a password, couple a telephone (by the secret typed by hand) and be logged in."""
    page.goto(link)
    page.get_by_label("Välj ett lösenord").fill(PASSWORD)
    press(page, "Fortsätt")
    page.get_by_text("Skriv in den för hand").click()
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Kod från appen").fill(pyotp.TOTP(secret).at(clock.now()))
    press(page, "Klart")


def log_in(page: "Page", email: str) -> None:
    """Log in from the log-in page, and stand on the start page."""
    page.goto("/logga-in")
    prove_oneself(page, email, PASSWORD)
    page.wait_for_url("**/arbete")


def come_by_mail(page: "Page", email: str, subject: str, password: str) -> str:
    """Follow the link of a mail, log in and be where it leads. Returns the mail."""
    mail = newest_mail(page, email, subject)
    page.goto(link_in(mail))
    heading(page, "Logga in")
    prove_oneself(page, email, password)
    page.wait_for_url("**/arbete/**")
    return mail


def prove_oneself(page: "Page", email: str, password: str) -> None:
    """Password and one-time code, on the log-in page that stands there; the code is read in the demo's mailbox."""
    page.get_by_label("E-post").fill(email)
    page.get_by_label("Lösenord").fill(password)
    page.locator("main form").get_by_role("button").first.click()
    telephone = page.context.new_page()
    telephone.goto("/demo/brevlada")
    code = telephone.get_by_role("row").filter(has_text=email).locator("code").inner_text()
    telephone.close()
    page.get_by_label("Kod från appen").fill(code)
    page.locator("main form").get_by_role("button").click()


# The ad


def save_part(page: "Page") -> None:
    """Save this part of the ad and go on to the next."""
    press(page, "Spara och fortsätt")


def fill_rows(page: "Page", rows: list[dict[str, str]], add: str) -> None:
    """Fill rows of labels and values; a row more is asked for where there is none left."""
    for number, row in enumerate(rows):
        sets = page.locator("fieldset:has(> legend.vh)")
        if sets.count() <= number:
            press(page, add)
        for label, value in row.items():
            control = sets.nth(number).get_by_label(label, exact=True)
            if control.evaluate("e => e.tagName") == "SELECT":
                control.select_option(label=value)
            else:
                control.fill(value)


def open_part(page: "Page", part: str) -> None:
    """Go to a part of the ad by its line in the list beside the form; lines begin with the part's name."""
    page.get_by_role("navigation", name="Annonsens delar").get_by_role("link", name=part, exact=True).click()


def write_part(page: "Page", part: str, **values: str) -> None:
    """Open a part of the ad, fill fields by name and save it."""
    open_part(page, part)
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)
    save_part(page)


# The application


def fill_details(page: "Page", who: Candidate) -> None:
    """The application's first page."""
    page.get_by_label("Namn").fill(who.person.name)
    page.get_by_label("E-post").fill(who.person.email)
    page.get_by_label("Telefon").fill(who.person.phone)
    consent = page.locator("[name=consent]")
    if consent.count():
        consent.check()
    press(page, "Fortsätt")


def answer_questions(page: "Page", who: Candidate) -> None:
    """Every krav and merit: yes where it is yes or no, a line where it is judged."""
    for group in page.locator("fieldset:has(input[name^=choice_])").all():
        group.get_by_label("Ja", exact=True).check()
    lined = page.locator("textarea[name^=answer_]")
    for n in range(lined.count()):
        lined.nth(n).fill(f"{who.person.headline}: se mitt CV, punkt {n + 1}.")
    page.get_by_label("Löneanspråk (kronor per månad, räknat på heltid)").fill(str(who.salary_kronor))
    page.get_by_label("När kan du börja?").fill("1 februari 2027")


def attach_cv(page: "Page", who: Candidate, layout: str) -> None:
    """The CV as a real file, saved at once, so that what was read is shown back."""
    name, data = cv(who.person, layout)
    kind = "application/pdf" if name.endswith(".pdf") else "application/octet-stream"
    by_hand = page.locator("[data-by-hand]").first.is_visible()
    page.locator("input[name=cv]").set_input_files({"name": name, "mimeType": kind, "buffer": data})
    if by_hand:
        press(page, "Spara CV")
    expect(page.locator("#del-cv")).to_contain_text(name)


def apply(page: "Page", reference: str, who: Candidate, layout: str = "classic") -> None:
    """Everything up to the page where all is shown back."""
    page.goto(f"/annonser/{reference}/ansok")
    fill_details(page, who)
    answer_questions(page, who)
    page.get_by_label("Personligt brev", exact=True).fill(who.letter)
    attach_cv(page, who, layout)
    press(page, "Fortsätt")
    heading(page, "Kontrollera och skicka")


def send(page: "Page") -> None:
    """Send it and be shown the receipt."""
    press(page, "Skicka ansökan")
    heading(page, "Ansökan är mottagen")


# The assessment


def declare(page: "Page", *names: str) -> None:
    """Go on from the page that says why, and answer the list of names: jäv for these, with a ground, and none for the
    others."""
    if page.url.endswith("/varfor-sa-har"):
        heading(page, "Varför så här")
        press(page, "Vidare")
    heading(page, re.compile("Har du jäv( mot (någon av dessa|den här personen))?[?]"))
    for name in names:
        page.get_by_label(name).check()
    press(page, "Spara och gå vidare")
    if names:
        heading(page, "Varför har du jäv?")
        for name in names:
            page.get_by_role("group", name=name).get_by_role("radio").last.check()
        press(page, "Spara och gå vidare")


def score_all(page: "Page", step: str = "2", *, scripts: bool = True) -> int:
    """Score page after page by clicks until the own matrix says that all is done. Returns how many."""
    count = 0
    while "/bedom/" in page.url:
        dock = page.locator("#dock")
        scale = dock.locator(f"label[for=step-{step}]")
        (scale if scale.count() else dock.get_by_text("Ja", exact=True)).click()
        if scripts:
            expect(dock.locator("[data-saved]")).to_contain_text("Sparat")
        passed = re.escape(page.url)
        dock.locator("[data-send]").click()
        page.wait_for_url(re.compile(f"^(?!{passed}$)"))
        count += 1
    heading(page, "Din bedömning")
    return count


def pages_drawn(page: "Page") -> int:
    """How many page pictures the reading column shows; each must have been loaded as a picture."""
    pictures = page.locator(".viewer img")
    expect(pictures).not_to_have_count(0)  # the page may still be on its way
    for n in range(pictures.count()):
        pictures.nth(n).scroll_into_view_if_needed()
        expect(pictures.nth(n)).to_have_js_property("complete", True)
        assert pictures.nth(n).evaluate("e => e.naturalWidth") > 0
    return pictures.count()


def wait_until(page: "Page", address: str, text: str) -> None:
    """Load a page anew until it says this: what the worker does takes its time."""
    for _ in range(40):
        page.goto(address)
        if page.get_by_text(text).count():
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"{address} never said {text}")


def scrolls_sideways(page: "Page") -> int:
    """By how many pixels the page is wider than the window."""
    wide: int = page.evaluate("() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
    return wide
