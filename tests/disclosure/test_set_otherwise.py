"""A file of words is set as pages anew each time: all the pages that it has now are reviewed and handed out, no fewer."""

import io
from uuid import UUID

import pypdfium2
import pytest
from flask.testing import FlaskClient

from portal import scope
from portal.disclosure.requests import Answer
from portal.documents.models import Document
from portal.vault.services import open_application_key
from tests.applicants import Sent
from tests.decisions.recruiting import closed_recruitment
from tests.disclosure.asking import approve, entries_of, mark, prepared, review
from tests.forms import submit
from tests.privacy.candidates import Clock
from tests.world import World

DESK, REGISTER = "/arbete/utlamnande", "/arbete/inkomna"
LONG = "\n".join(f"Rad {number} i mitt brev." for number in range(60))  # two pages as they are set now


def sent_as_text(world: World, set_clock: Clock, then: int) -> Sent:
    """One whose paper is typed, and had so many pages as an older program set them."""
    _ad, (sent,) = closed_recruitment(world, set_clock, 1)
    with world.writing(scope.party(world.party)) as session:
        document = session.get_one(Document, sent.document)
        key = open_application_key(session, application_id=sent.id, controller_id=document.controller_id)
        document.kind, document.page_count = "letter", then
        document.blob = key.keep_document("document", LONG.encode()).name
    return sent


def handed_out(registrar: FlaskClient, request: UUID, record: UUID) -> int:
    """How many pages the file has, reviewed as it is."""
    page = f"{DESK}/{request}/handlingar/{record}"
    assert submit(registrar, page, {"answer": "oppen"}, "Spara prövningen").status_code == 303
    answer = registrar.get(f"{page}.pdf")
    assert answer.status_code == 200
    return len(pypdfium2.PdfDocument(io.BytesIO(answer.data)))


@pytest.mark.parametrize("then", [1, 2, 3])
def test_a_record_is_reviewed_and_handed_out_with_all_the_pages_it_has_now(
    world: World, set_clock: Clock, then: int
) -> None:
    sent, registrar = sent_as_text(world, set_clock, then), world.browser(world.region)
    request, (record,) = prepared(world, sent, "cv")
    page = f"{DESK}/{request}/handlingar/{record}"
    shown = registrar.get(page).get_data(as_text=True)
    assert ("Sida 2" in shown, "Sida 3" in shown) == (True, False)
    assert registrar.get(f"{page}/2").status_code == registrar.get(f"{page}/2.png").status_code == 200
    assert registrar.get(f"{page}/3").status_code == registrar.get(f"{page}/3.png").status_code == 404
    assert handed_out(registrar, request, record) == 2


@pytest.mark.parametrize("then", [1, 2])
def test_whoever_only_reads_it_has_the_pages_as_they_were_drawn_when_it_came(
    world: World, set_clock: Clock, then: int
) -> None:
    sent_as_text(world, set_clock, then)
    entry = next(row for row in entries_of(world) if row.kind == "cv")
    page = world.browser(world.region).get(f"{REGISTER}/nummer/{entry.id}").get_data(as_text=True)
    assert page.count('class="page"') == then


def test_what_was_masked_when_it_had_fewer_pages_is_not_handed_out_with_one_that_nobody_has_looked_at(
    world: World, set_clock: Clock
) -> None:
    sent, registrar = sent_as_text(world, set_clock, 1), world.browser(world.region)
    request, (record,) = prepared(world, sent, "cv")
    with world.writing(scope.authority(world.authority)) as session:
        mark(session, world, request, record)
        review(session, world, request, record, Answer.MASKED)  # its one page, as it was then
    file = f"{DESK}/{request}/handlingar/{record}.pdf"
    assert registrar.get(file).status_code == 409
    with world.writing(scope.authority(world.authority)) as session:
        approve(session, world, request, record, page=2)
        review(session, world, request, record, Answer.MASKED, pages=2)
    assert len(pypdfium2.PdfDocument(io.BytesIO(registrar.get(file).data))) == 2
