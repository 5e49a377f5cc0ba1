"""From a typed letter to a burnt page by the limited child itself: what the boxes cover is in neither picture nor text."""

import hashlib
from io import BytesIO

from PIL import Image

from portal import scope
from portal.applications.models import Application
from portal.documents.models import Document
from portal.review.blind.mask_boxes import boxes_of
from portal.vault.services import open_application_key
from tests.applicants import Sent
from tests.review.blind import approve_all, make_blind, pages_of, work
from tests.review.panel import Panel

LETTER = "Hej! Jag heter {name} och nås på {email}.\n\nI fem år har jag skrivit motioner."


def put_letter(panel: Panel, sent: Sent) -> None:
    """The candidate's document is a letter that says who wrote it."""
    data = LETTER.format(name=sent.name, email=sent.email).encode()
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        row = session.get_one(Application, sent.id)
        key = open_application_key(session, application_id=sent.id, controller_id=row.controller_id)
        document = session.get_one(Document, sent.document)
        document.kind, document.slot, document.page_count = "letter", "letter", 1
        document.blob = key.keep_document("document", data).name
        document.checksum_sealed = key.seal_text("document.checksum", hashlib.sha256(data).hexdigest())


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
