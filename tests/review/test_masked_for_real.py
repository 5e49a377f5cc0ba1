"""From a typed letter to a burnt page by the limited child itself: what the boxes cover is in neither picture nor text.

And a CV that is only a picture, which the machine cannot read: a person covers it, or it never enters the queue.
"""

import hashlib
from io import BytesIO

from PIL import Image
from sqlalchemy.orm import Session

from portal import scope
from portal.applications.models import Application
from portal.documents.engines.reader import draw_pages
from portal.documents.masks import Doubt
from portal.documents.models import Document
from portal.documents.queries import pictures_of
from portal.review.blind.mask_boxes import boxes_of
from portal.vault.services import ApplicationKey, open_application_key
from tests.applicants import Sent
from tests.documents.named_pages import SCAN
from tests.review.blind import approve_all, approve_texts, listed, make_blind, page_url, pages_of, post, work
from tests.review.panel import Panel

LETTER = "Hej! Jag heter {name} och nås på {email}.\n\nI fem år har jag skrivit motioner."


def put_letter(panel: Panel, sent: Sent) -> None:
    """The candidate's document is a letter that says who wrote it."""
    put_file(panel, sent, "letter", LETTER.format(name=sent.name, email=sent.email).encode())


def put_file(panel: Panel, sent: Sent, kind: str, data: bytes) -> None:
    """The candidate's one document is this file of one page."""
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        row = session.get_one(Application, sent.id)
        key = open_application_key(session, application_id=sent.id, controller_id=row.controller_id)
        document = session.get_one(Document, sent.document)
        document.kind, document.page_count = kind, 1
        document.slot = "letter" if kind == "letter" else document.slot
        document.blob = key.keep_document("document", data).name
        document.checksum_sealed = key.seal_text("document.checksum", hashlib.sha256(data).hexdigest())
        put_picture(session, key, document, draw_pages(data, kind, 1, 1, budget=60).pictures[0])


def put_picture(session: Session, key: ApplicationKey, document: Document, png: bytes) -> None:
    """The page as it was drawn when it came, and as those who mask it see it."""
    for row in pictures_of(session, [document.id]):
        row.blob = key.keep_document("page", png).name


def test_a_letter_is_looked_at_covered_and_burnt_by_the_child(panel: Panel) -> None:
    first = panel.sent[0]
    put_letter(panel, first)
    make_blind(panel)
    work(panel)
    (page,) = [page for page in pages_of(panel, first) if page.number == 1]
    boxes = boxes_of(page.boxes)
    assert len(boxes) >= 2
    approve_all(panel, first)
    for person in panel.people:
        panel.declare(person)
    browser = panel.world.browser(panel.people[0])
    picture = browser.get(f"{panel.url}/sokande/{first.id}/sida/{first.document}/1").data
    image = Image.open(BytesIO(picture)).convert("L")
    for box in boxes:
        left, top = round(box.left * image.width) + 1, round(box.top * image.height) + 1
        right, bottom = round(box.right * image.width) - 1, round(box.bottom * image.height) - 1
        assert image.crop((left, top, right, bottom)).getextrema()[1] < 64
    page_of_text = browser.get(f"{panel.url}/sokande/{first.id}?visa=brev&som=text").get_data(as_text=True)
    assert "skrivit motioner" in page_of_text
    assert first.name.split()[0] not in page_of_text and first.email not in page_of_text


def test_what_was_approved_on_a_page_that_a_newer_program_sets_otherwise_is_burnt_on_the_page_that_was_shown(
    panel: Panel,
) -> None:
    first = panel.sent[0]
    put_letter(panel, first)
    make_blind(panel)
    work(panel)
    older, out = Image.new("L", (1414, 2000), 255), BytesIO()
    older.paste(128, (0, 1500, 1414, 1700))
    older.save(out, "PNG")
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        document = session.get_one(Document, first.document)
        key = open_application_key(session, application_id=first.id, controller_id=document.controller_id)
        put_picture(session, key, document, out.getvalue())
    approve_all(panel, first)
    for person in panel.people:
        panel.declare(person)
    browser = panel.world.browser(panel.people[0])
    picture = browser.get(f"{panel.url}/sokande/{first.id}/sida/{first.document}/1").data
    burnt = Image.open(BytesIO(picture)).convert("L").resize(older.size)
    assert abs(burnt.getpixel((700, 1600)) - 128) < 4 and burnt.getextrema()[0] == 0
    text = browser.get(f"{panel.url}/sokande/{first.id}?visa=brev&som=text").get_data(as_text=True)
    assert "skrivit motioner" not in text, "where the words stand now is not where they stood"


def test_a_cv_that_is_only_a_picture_enters_the_queue_when_a_person_has_looked_covered_and_approved(
    panel: Panel,
) -> None:
    first, world = panel.sent[0], panel.world
    put_file(panel, first, "pdf", SCAN.whole())
    make_blind(panel)
    work(panel)
    (page,) = [page for page in pages_of(panel, first) if page.number == 1]
    assert (page.boxes, page.doubts) == ([], [Doubt.PICTURE_TEXT]), "the machine covers nothing, and says why"
    office, url = world.browser(world.kansli), page_url(panel, first)
    assert Doubt.PICTURE_TEXT.text in office.get(url).get_data(as_text=True)
    approve_texts(panel, first)
    for way in (url, f"{panel.url}/maskera/{first.id}/{first.document}"):
        assert post(office, way, do="approve")[0] == 422, "nobody approves what nobody has looked at"
    work(panel)
    panel.declare(panel.people[0])
    assert first.id not in listed(panel)
    assert post(office, url, do="add", left="0", top="0", right="100", bottom="100")[0] == 303
    assert post(office, url, do="approve", seen=["1:picture_text"])[0] == 303
    assert first.id not in listed(panel), "approved, and not burnt yet"
    work(panel)
    assert first.id in listed(panel)
    shown = world.browser(panel.people[0]).get(f"{panel.url}/sokande/{first.id}/sida/{first.document}/1").data
    assert Image.open(BytesIO(shown)).convert("L").getextrema()[1] < 64, "the whole page is covered"
