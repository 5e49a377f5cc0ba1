"""The receipt as a paper, and how much is asked before it."""

import io
import re

import pypdfium2
import pytest
from flask.testing import FlaskClient
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser

from portal.applications.routes import receipt_paper
from portal.paths import TEMPLATES
from tests.applications.paper import CV, PAPERS, applications_in, apply, base, page_one, page_two, private_link, send
from tests.documents import hostile
from tests.door import own_browser
from tests.forms import submit
from tests.pages import XHTML, parse
from tests.world import World, publish_ad

MOST_FIELDS = 9
PRESENT_PAY = re.compile(
    r"nuvarande lön|din lön i dag|lön i dag\?|tjänar du|dagens lön|tidigare lön|present (pay|salary)|current (pay|salary)",
    re.IGNORECASE,
)


@pytest.fixture
def client(world: World) -> FlaskClient:
    """A candidate's browser, which has the code of its link."""
    return own_browser(world)


def text_of(pdf: bytes) -> str:
    """The words of all pages, on one line, as a reader aloud gets them."""
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).replace("\u200b", "").split())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_receipt_is_a_tagged_paper_with_checksums_and_what_happens_when(
    world: World, client: FlaskClient, language: str
) -> None:
    ad = publish_ad(world)
    page = apply(client, ad)
    pdf = client.get(f"{base(ad)}/kvitto.pdf?lang={language}")
    assert pdf.mimetype == "application/pdf"
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="Kvitto.pdf"'
    assert pdf.headers["Cache-Control"] == "no-store"
    catalog = PDFDocument(PDFParser(io.BytesIO(pdf.data))).catalog
    assert catalog["MarkInfo"]["Marked"] is True
    assert catalog["Lang"].decode("utf-8", "ignore").strip("\ufeff\0").startswith(language)
    words = text_of(pdf.data)
    said = ["Alma Ekdahl", "Jag skriver väl.", "alma-cv.pdf", "B-körkort", "23"]
    said += ["Kom in", "svensk tid", "Beslut väntas", "11 januari 2027"] if language == "sv" else ["Swedish time"]
    assert [word for word in said if word not in words] == []
    joined = words.replace(" ", "")
    for checksum in set(re.findall(r"[0-9a-f]{64}", page.get_data(as_text=True))):
        assert checksum in joined
    own = own_browser(world).get(f"{private_link(page)}/kvitto.pdf?lang={language}")
    assert text_of(own.data) == words
    for stranger in (own_browser(world).get(f"{base(ad)}/kvitto.pdf"), own_browser(world).get("/ansokan/" + "x" * 24)):
        assert stranger.status_code in (303, 404)
        assert b"%PDF" not in stranger.data


def test_a_letter_of_marks_on_one_letter_is_a_paper_as_any_other(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    page_two(client, ad, {**PAPERS, "letter": "Hej a" + "\u0301" * 19_900})
    send(client, ad)
    assert "Hej" in text_of(client.get(f"{base(ad)}/kvitto.pdf").data)


def test_whoever_fetches_a_receipt_over_and_over_is_asked_to_wait_and_nobody_else(
    world: World, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receipt_paper, "PAPERS_PER_APPLICATION", "3 per hour")
    ad = publish_ad(world)
    own = private_link(apply(client, ad))
    pages = [client.get(f"{place}/kvitto.pdf") for place in (base(ad), own, base(ad), own)]
    assert [page.status_code for page in pages] == [200, 200, 200, 429]
    assert "Kvittot har hämtats många gånger" in pages[-1].get_data(as_text=True)
    other = own_browser(world)
    apply(other, ad, email="bo.berg@example.se")
    assert other.get(f"{base(ad)}/kvitto.pdf").status_code == 200


def test_at_most_nine_fields_are_asked_for_before_the_ads_own_questions(world: World, client: FlaskClient) -> None:
    ad = publish_ad(
        world, employer="party", documents=["cv", "letter", "salary", "attachment"], posts=2, extent_percent=40
    )
    asked = _fields(client.get(base(ad)).get_data(as_text=True))
    assert "consent" in asked
    page_one(client, ad)
    second = _fields(client.get(f"{base(ad)}/handlingar").get_data(as_text=True))
    before = second[: next(n for n, name in enumerate(second) if name.startswith(("answer_", "choice_")))]
    # The letter is written or sent, the kind says what one file is, and the posts are the ad's own question.
    apart = {"letter_file", "attachment_kind", "posts"}
    assert len({*asked, *before} - apart) <= MOST_FIELDS
    own = {*asked, *second} - apart
    assert len({name for name in own if not name.startswith(("answer_", "choice_"))}) <= MOST_FIELDS


def _fields(page: str) -> list[str]:
    """Names of what is to be filled in, in the order of the page; one for all the choices of a question."""
    named = [
        str(e.get("name"))
        for e in parse(page).iter()
        if str(e.tag).removeprefix(XHTML) in ("input", "select", "textarea")
        and e.get("name") and e.get("type") not in ("hidden", "submit")
    ]  # fmt: skip
    return list(dict.fromkeys(named))


def test_no_field_and_no_text_asks_for_present_pay(world: World, client: FlaskClient) -> None:
    asking = [
        (path.name, sentence)
        for path in TEMPLATES.rglob("*.*")
        for sentence in re.split(r"[.!?]", path.read_text(encoding="utf-8"))
        if PRESENT_PAY.search(sentence) and not {"inte", "inget"} & set(sentence.casefold().split())
    ]
    assert asking == []
    ad = publish_ad(world)
    page_one(client, ad)
    page = client.get(f"{base(ad)}/handlingar").get_data(as_text=True)
    assert "Skriv inte vad du tjänar i dag." in page


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("cv.odt", hostile.odt("<text:p>Jag har skrivit tal i tio år.</text:p>"), "ODT · 1 sida"),
        ("cv.txt", "Jag har skrivit tal i tio år, på åkern.".encode(), "TXT · 1 sida"),
        ("gammal.txt", "På åkern".encode("cp1252"), "TXT · 1 sida"),
    ],
)
def test_odt_and_txt_are_read_and_shown_back_with_pages_size_and_that_the_text_can_be_read(
    world: World, client: FlaskClient, name: str, data: bytes, said: str
) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    assert page_two(client, ad, {}, {"CV": (data, name)}, "Spara CV").status_code == 303
    page = client.get(f"{base(ad)}/handlingar").get_data(as_text=True)
    assert said in page
    assert "texten kan läsas" in page
    assert re.search(r'<img src="[^"]+/sida/', page)
    assert page_two(client, ad, PAPERS, {}).status_code == 303
    assert submit(client, f"{base(ad)}/kontrollera", {}, "Skicka ansökan").status_code == 303


def test_a_scan_of_nine_megabytes_is_kept_and_said_to_be_pictures_alone(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    scan = hostile.scan() + b"\n%" + b"x" * (9 * 1024 * 1024)
    assert page_two(client, ad, PAPERS, {"CV": (scan, "skannad.pdf")}).status_code == 303
    page = client.get(f"{base(ad)}/handlingar").get_data(as_text=True)
    assert "bara bild" in page
    assert "består av bilder utan text" in page
    assert submit(client, f"{base(ad)}/kontrollera", {}, "Skicka ansökan").status_code == 303


def test_a_cv_of_sixty_pages_is_kept_with_its_number_of_pages(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    assert page_two(client, ad, PAPERS, {"CV": (hostile.many_pages(60), "lång.pdf")}).status_code == 303
    assert "60 sidor" in client.get(f"{base(ad)}/handlingar").get_data(as_text=True)


def test_each_attachment_says_what_it_is(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    for kind in ("betyg", "arbetsprov", "odd"):
        page_two(client, ad, {"attachment_kind": kind}, {"Bilaga": (hostile.plain(), f"{kind}.pdf")}, "Spara bilagan")
    page_two(client, ad, PAPERS, CV)
    page = client.get(f"{base(ad)}/kontrollera").get_data(as_text=True)
    for word, file in (("Betyg", "betyg.pdf"), ("Arbetsprov", "arbetsprov.pdf"), ("Annat", "odd.pdf")):
        assert re.search(rf"<h3>{word}</h3>(?:(?!<h3>).)*{file}", page, re.DOTALL)
    assert submit(client, f"{base(ad)}/kontrollera", {}, "Skicka ansökan").status_code == 303
    (sent,) = applications_in(world, ad)
    office = world.browser(world.kansli).get(f"/arbete/rekryteringar/{ad.id}/sokande/{sent.id}")
    assert all(f">{word}<" in office.get_data(as_text=True) for word in ("Betyg", "Arbetsprov", "Annat"))
