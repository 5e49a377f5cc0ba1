"""The English pages are English, carry their language in every link and mark what is Swedish in them; so do the letters."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BytesIO
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import scope
from portal.ads.services.publishing import end_ad, withdraw_ad
from portal.operations.catalogues import compile_catalogues, stale_catalogues
from portal.paths import TRANSLATIONS
from tests.accounts import people
from tests.accounts.people import PASSWORD, give_account, secret_on
from tests.accounts.test_invitation import invite
from tests.ads.drafts import by
from tests.applications.paper import CV, applications_in, letters, private_link
from tests.applications.paper import apply as apply_in_swedish
from tests.decisions.recruiting import CLOSED, HIRED, NOT_FURTHER, address, decide, proofread
from tests.door import inside, submit_inside
from tests.forms import submit, submit_page
from tests.pages import XHTML, parse
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
NAMES = ("Region Ådalen", "i Ådalen", "Närvårdspartiet", "Härnösand")  # people and organisations, in any language
PLACE = re.compile(r"%\(\w+\)[sd]")
TOLD_IN = ("sa-gar-det-till", "tillganglighet", "personuppgifter", "sakerhet", "kontakt", "allmanna-handlingar")
INFORMATION = [f"/{page}" for page in TOLD_IN]
DONE = [f"/ansokan/{done}" for done in ("tillbakatagen", "utkast-borttaget", "glomd-har", "svar-mottaget", "utloggad")]


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """The catalogue as it stands is the one that the pages are made from."""
    if stale_catalogues(TRANSLATIONS):
        list(compile_catalogues(TRANSLATIONS))


@pytest.fixture(scope="module")
def swedish() -> list[str]:
    """What stands between the places of each Swedish sentence that is written in another way in English."""
    catalogue = read_po(BytesIO((TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po").read_bytes()), locale="en")
    found: set[str] = set()
    for message in catalogue:
        both = (one if isinstance(one, tuple | list) else (one or "",) for one in (message.id, message.string))
        for said, english in zip(*both, strict=True):
            found |= {part.strip(" ,.:") for part in PLACE.split(said) if part.strip(" ,.:") not in english}
    return [part for part in found if len(part) > 12]


def words_of(element: Element) -> Iterator[str]:
    """Text and spoken attributes, but for what is marked as Swedish."""
    if element.get("lang") == "sv" or element.tag in (f"{XHTML}script", f"{XHTML}textarea"):
        return
    yield element.text or ""
    yield from (element.get(name, "") for name in ("alt", "aria-label", "title", "placeholder"))
    for child in element:
        yield from words_of(child)
        yield child.tail or ""


def faults_of(page: str, swedish: list[str]) -> list[str]:
    """What is not English in an English page, in words; empty when nothing is."""
    tree = parse(page)
    text = " ".join(words_of(tree))
    for name in NAMES:
        text = text.replace(name, "")
    faults = [] if tree.get("lang") == "en" else [f"html lang={tree.get('lang')}"]
    faults += [f"Swedish sentence: {part}" for part in swedish if part in text]
    faults += [f"Swedish letters: {word}" for word in re.findall(r"\S*[åäöÅÄÖ]\S*", text)]
    return faults + [f"loses the language: {address}" for address in addresses_of(tree) if "lang=en" not in address]


def addresses_of(tree: Element) -> Iterator[str]:
    """Where the page's links and forms lead inside the portal; not the way to its Swedish self, nor what has no language."""
    for e in tree.iter():
        address = e.get("href" if e.tag == f"{XHTML}a" else "action", "")
        if e.tag == f"{XHTML}form" and (e.get("method") or "get").lower() == "get":
            address += "?lang=en" * any(i.get("name") == "lang" and i.get("value") == "en" for i in e.iter())
        if e.tag in (f"{XHTML}a", f"{XHTML}form") and address.startswith("/") and e.get("hreflang") != "sv":
            if not address.endswith(".atom"):
                yield address


@pytest.fixture
def visit(client: FlaskClient, swedish: list[str]) -> Callable[..., TestResponse]:
    """Open a page in English and look it through."""

    def open_page(path: str, status: int = 200, *, browser: FlaskClient = client) -> TestResponse:
        parts = urlsplit(path)
        answer = browser.get(parts.path + "?lang=en" + (f"&{parts.query}" if parts.query else ""))
        assert answer.status_code == status, (path, answer.status_code)
        assert faults_of(answer.get_data(as_text=True), swedish) == [], path
        return answer

    return open_page


def english_of(answer: TestResponse, swedish: list[str], status: int = 422) -> str:
    """The page that answers a form, looked through."""
    assert answer.status_code == status, answer.headers.get("Location")
    assert faults_of(answer.get_data(as_text=True), swedish) == []
    return answer.get_data(as_text=True)


def begin(client: FlaskClient, ad: Published, email: str) -> str:
    """The first page in English, filled in; the address of the second."""
    data: dict[str, str | bool] = {"Name": "Alma Ekdahl", "Email": email, "Phone": "070-174 06 20"}
    if 'name="consent"' in client.get(f"/annonser/{ad.reference}/ansok?lang=en").get_data(as_text=True):
        data["consent"] = True
    answer = submit(client, f"/annonser/{ad.reference}/ansok?lang=en", data, "Continue")
    assert answer.status_code == 303
    return answer.headers["Location"]


def apply(client: FlaskClient, ad: Published, email: str = "alma@example.se") -> str:
    """All three pages in English; the address of the receipt."""
    papers = {"Salary claim (kronor a month, for full-time work)": "42 500", "Personal letter": "Dear all.\n\nI write."}
    checked = submit(client, begin(client, ad, email), papers, "Continue", CV)
    assert checked.status_code == 303
    sent = submit(client, checked.headers["Location"], {}, "Send the application")
    assert sent.status_code == 303
    return sent.headers["Location"]


@pytest.mark.parametrize("path", ["/", *INFORMATION, *DONE, "/logga-in", "/losenord", "/losenord/skickat"])
def test_a_page_for_everybody_is_english(world: World, visit: Callable[..., TestResponse], path: str) -> None:
    publish_ad(world)
    publish_ad(world, employer="party", extent_percent=80, posts=2, salary_high=None)
    visit(path)


def test_an_empty_list_and_a_filtered_one_are_english(world: World, visit: Callable[..., TestResponse]) -> None:
    assert "There are no open advertisements just now" in visit("/").get_data(as_text=True)
    publish_ad(world)
    assert "No open advertisement matches" in visit("/?ort=Ingenstans").get_data(as_text=True)


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_an_ad_is_english_around_its_swedish_words_open_late_ended_and_withdrawn(
    world: World, visit: Callable[..., TestResponse], set_clock: Clock, employer: str
) -> None:
    ad = publish_ad(world, employer=employer)
    page = visit(f"/annonser/{ad.reference}").get_data(as_text=True)
    assert '<span lang="sv">Politisk sekreterare på heltid</span>' in page
    assert "Friday\xa011\xa0December" in page
    assert "at 23:59" in page
    assert "SEK 38,000–46,000 a month" in page
    assert "three years and eleven months" in page
    set_clock("2026-12-12T00:00:01")
    for part in ("", "/ansok", "/personuppgifter"):
        visit(f"/annonser/{ad.reference}{part}")
    with world.writing(scope.party(world.party)) as session:
        end_ad(session, ad_id=ad.id, **by(world))
    assert "The recruitment has ended." in visit(f"/annonser/{ad.reference}").get_data(as_text=True)


@pytest.mark.parametrize(
    ("starts", "said"),
    [
        (date(2029, 12, 1), "one year and one month"),
        (date(2030, 1, 1), "one year"),
        (date(2029, 11, 1), "and two months"),
    ],
)
def test_how_long_an_employment_lasts_is_said_in_words(
    world: World, visit: Callable[..., TestResponse], starts: date, said: str
) -> None:
    page = visit(f"/annonser/{publish_ad(world, earliest_start=starts).reference}").get_data(as_text=True)
    assert f"Employment – {said}" in page or f"{said}</text>" in page


def test_a_withdrawn_ad_is_told_in_english(world: World, visit: Callable[..., TestResponse]) -> None:
    ad = publish_ad(world)
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=ad.id, **by(world))
    assert "withdrew it on 23\xa0November" in visit(f"/annonser/{ad.reference}", 410).get_data(as_text=True)
    visit(f"/annonser/{ad.reference}/ansok")


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_an_applicant_meets_english_from_the_first_page_to_the_private_one(
    world: World, client: FlaskClient, visit: Callable[..., TestResponse], swedish: list[str], employer: str
) -> None:
    ad = publish_ad(world, employer=employer, documents=["cv", "letter", "salary", "attachment"])
    first = f"/annonser/{ad.reference}/ansok"
    visit(first)
    unsaid = {"Name": "", "Email": "alma", "Phone": "ring me"}
    english_of(submit(client, f"{first}?lang=en", unsaid, "Continue"), swedish)
    second = begin(client, ad, "alma@example.se")
    visit(second)
    wrong = {"Salary claim (kronor a month, for full-time work)": "a lot"}
    english_of(submit(client, second, wrong, "Continue", {"CV": (b"", "cv.pdf")}), swedish)
    visit(f"{first}/kontrollera")
    refused = submit(client, f"{first}/kontrollera?lang=en", {}, "Send the application")
    assert "Before you can send" in english_of(refused, swedish)
    private = private_link(visit(apply(client, ad))).partition("?")[0]
    english_of(submit(client, f"{first}/kvitto/adress?lang=en", {"Email": "alma"}, "Change the address"), swedish)
    visit("/ansokan/AAAAAAAAAAAA", 404)
    asked = submit_page(client, visit(private), private, {}, "Continue").headers["Location"]
    english_of(submit(client, asked, {"Code": "000000"}, "Open"), swedish)
    own = inside(world, client, private)
    assert "Received" in visit(own).get_data(as_text=True)
    for more in ("ta-tillbaka", "radera", "mina-uppgifter", "brev", "andra/uppgifter", "andra/handlingar"):
        visit(f"{own}/{more}")
    visit(submit(client, f"{own}/ta-tillbaka?lang=en", {}, "Withdraw the application").headers["Location"])


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_letters_to_a_candidate_who_applied_in_english_are_english_with_english_days(
    world: World, client: FlaskClient, swedish: list[str], visit: Callable[..., TestResponse], employer: str
) -> None:
    ad = publish_ad(world, employer=employer)
    apply(client, ad)
    apply(world.browser(), ad)
    (receipt,), (question,) = letters(world, "receipt"), letters(world, "proposal")
    visit(link(question.body))
    submit_inside(world, link(receipt.body).partition("?")[0] + "/ta-tillbaka", {}, "Ta tillbaka ansökan")
    (withdrawn,) = letters(world, "withdrawn")
    assert receipt.subject == "Receipt: your application has arrived"
    for letter in (receipt, question, withdrawn):
        assert [part for part in swedish if part in letter.subject + letter.body] == []
        assert not re.search("[åäöÅÄÖ]", letter.subject + letter.body)
        assert "23\xa0November\xa02026 at 10:" in letter.body
        assert letter is withdrawn or "?lang=en" in link(letter.body)


def test_a_letter_to_a_candidate_who_applied_in_swedish_is_swedish_whatever_page_it_is_sent_from(
    world: World, client: FlaskClient
) -> None:
    ad = publish_ad(world)
    apply_in_swedish(client, ad)
    private = link(letters(world, "receipt")[0].body)
    submit_inside(world, f"{private}/ta-tillbaka?lang=en", {}, "Withdraw the application")
    assert "23\xa0november\xa02026 kl." in letters(world, "withdrawn")[0].body


def test_the_word_and_its_letter_are_english_for_whoever_applied_in_english(
    world: World, client: FlaskClient, visit: Callable[..., TestResponse], set_clock: Clock
) -> None:
    ad = publish_ad(world)
    for name in ("alma", "bo"):
        apply(world.browser(), ad, f"{name}@example.se")
    set_clock(CLOSED)
    first, second = applications_in(world, ad)
    for one, result in ((first, HIRED), (second, NOT_FURTHER)):
        decide(world, ad, [one], result)  # type: ignore[list-item]  # it asks for their ids only
    proofread(world, ad)
    submit(world.browser(world.kansli), address(ad, "beslut/avsluta"), button="Avsluta rekryteringen")
    told = [visit(inside(world, client, link(one.body))).get_data(as_text=True) for one in letters(world, "outcome")]
    assert sorted("You are to be employed." in page for page in told) == [False, True]
    assert all(letter.subject == "There is an answer" for letter in letters(world, "outcome"))


def test_logging_in_and_choosing_a_password_are_english(
    world: World, client: FlaskClient, visit: Callable[..., TestResponse], swedish: list[str]
) -> None:
    email = give_account(world, world.kansli)
    english_of(submit(client, "/logga-in?lang=en", {"Email": "", "Password": ""}), swedish)
    english_of(submit(client, "/logga-in?lang=en", {"Email": email, "Password": "wrong"}), swedish)
    half = submit(client, "/logga-in?lang=en", {"Email": email, "Password": PASSWORD})
    assert half.status_code == 303
    visit(half.headers["Location"])
    english_of(submit(client, half.headers["Location"], {"code": "000000"}), swedish)
    assert submit(client, "/losenord?lang=en", {"Email": email}).status_code == 303
    (letter,) = people.letters(world)
    assert not re.search("[åäöÅÄÖ]", (letter.subject + letter.body).replace("Samira Hedvall", ""))
    visit(link(letter.body))
    english_of(submit(client, link(letter.body), {"password": "short"}), swedish)


def test_an_invitation_read_in_english_is_english(
    world: World, client: FlaskClient, visit: Callable[..., TestResponse], swedish: list[str]
) -> None:
    path = invite(world)
    visit(path)
    english_of(submit(client, f"{path}?lang=en", {"Name": "", "Choose a password": "short"}), swedish)
    chosen = submit(client, f"{path}?lang=en", {"Name": "Nina Ny", "Choose a password": PASSWORD})
    page = visit(chosen.headers["Location"])
    assert secret_on(page)
    english_of(submit_page(client, page, chosen.headers["Location"], {"code": "000000"}), swedish)


def test_a_staff_page_is_swedish_whatever_its_address_asks_for(world: World) -> None:
    browser = world.browser(world.kansli)
    for path in ("/arbete", "/arbete/rekryteringar", "/konto"):
        page = browser.get(f"{path}?lang=en").get_data(as_text=True)
        assert ('<html lang="sv">' in page, "lang=en" in page, "Skip to the" in page) == (True, False, False)


def link(body: str) -> str:
    """The path of the one link in a letter's text."""
    return str(*re.findall(r"http://localhost(/\S+)", body))
