"""What is handed out is what was reviewed: each number is what came with it, and what stands there later without having come
is read anew."""

import io
import zipfile
from dataclasses import replace
from uuid import UUID

import pypdfium2
import pytest
from flask.testing import FlaskClient

from portal import scope
from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.disclosure.models import CoveredRecord
from portal.disclosure.queries.covered import key_for, looked_of, looked_place, marks_of
from portal.disclosure.requests import Answer, Outcome
from portal.documents.masks import Box
from portal.jobs.tasks import work_off_due
from tests.applicants import Sent
from tests.applications.paper import SALARY, applications_in, apply, private_link
from tests.applications.test_changing import NEW_CV, change
from tests.decisions.recruiting import closed_recruitment
from tests.disclosure.asking import decide, entries_of, mark, prepared, review
from tests.disclosure.test_opened import words_in
from tests.door import own_browser
from tests.forms import submit, submit_page
from tests.privacy.candidates import Clock
from tests.protection.applying import candidate_of
from tests.world import World, publish_ad

DESK, REVIEW, APPROVE = "/arbete/utlamnande", "Spara prövningen", "Godkänn och visa nästa"
SECRET = "Jag bor på Granstigen 4 och är sjukskriven."
TOP = Box(0.0, 0.0, 1.0, 0.15)


def picture(pdf: bytes) -> bytes:
    page = pypdfium2.PdfDocument(pdf)[0]
    return bytes(next(iter(page.get_objects())).get_bitmap().to_pil().convert("L").tobytes())


def reviewed(world: World, sent: Sent, answer: Answer, *, decided: bool = False) -> tuple[UUID, str]:
    """A request for the form, reviewed; the record's own address."""
    request, (record,) = prepared(world, sent, "application")
    with world.writing(scope.authority(world.authority)) as session:
        if answer is Answer.MASKED:
            mark(session, world, request, record, box=TOP)
        review(session, world, request, record, answer)
    if decided:
        with world.writing(scope.authority(world.authority)) as session:
            decide(session, world, request, "Beslut.", Outcome.WHOLE if answer is Answer.OPEN else Outcome.PARTLY)
    return record, f"{DESK}/{request}/handlingar/{record}"


def put_right(world: World, sent: Sent, phone: str = "070-174 06 99") -> None:
    """As it was until such a thing had a number of its own: the record itself says something else."""
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Application, sent.id)
        row.phone_sealed = key_of(row).seal_text("application.phone", phone)


@pytest.fixture
def closed(world: World, set_clock: Clock) -> Sent:
    """One who has applied where the region employs, and whose details alone can be put right by now."""
    _ad, (sent,) = closed_recruitment(world, set_clock, 1)
    return sent


@pytest.fixture
def registrar(world: World) -> FlaskClient:
    return world.browser(world.region)


@pytest.mark.parametrize("answer", [Answer.OPEN, Answer.MASKED])
def test_what_a_candidate_changes_after_the_decision_is_not_handed_out_under_it(
    world: World, registrar: FlaskClient, answer: Answer
) -> None:
    own, ad = own_browser(world), publish_ad(world)
    link = private_link(apply(own, ad))
    (application,) = applications_in(world, ad)
    _record, page = reviewed(world, candidate_of(application.id), answer, decided=True)
    before = picture(registrar.get(f"{page}.pdf").data)
    assert change(own, link, {"Personligt brev": f"{SECRET}\n" * 8, SALARY: "51 000"}) == 303
    after = registrar.get(f"{page}.pdf")
    assert after.status_code == 200 and picture(after.data) == before, "the number is what came with it"


def test_each_number_is_what_came_with_it_whatever_has_come_since(world: World, registrar: FlaskClient) -> None:
    own, ad = own_browser(world), publish_ad(world)
    link = private_link(apply(own, ad))
    answer = f"answer_{ad.criteria[0].hex}"
    assert change(own, link, {"Personligt brev": "Det andra brevet.", answer: "Talskrivare"}) == 303
    assert change(own, link, {"Personligt brev": "Det tredje brevet.", SALARY: "44 000"}, NEW_CV) == 303
    assert submit(own, f"{link}/andra/uppgifter", {"Telefon": ""}, "Spara ändringarna").status_code == 303
    folder = zipfile.ZipFile(io.BytesIO(registrar.get("/arbete/inkomna/register.zip?filer=ja").data))
    form, second, third, fourth = (
        words_in(folder.read(f"handlingar/{row.register_number:05d}-{row.kind}.pdf"))
        for row in entries_of(world)
        if row.kind in ("application", "change")
    )
    assert "Jag skriver väl." in form and "42 500" in form and "brevet." not in form
    assert "Det andra brevet." in second and "Talskrivare" in second and "kronor" not in second
    assert "Det tredje brevet." in third and "44 000" in third and "Talskrivare" not in third
    assert "Ny fil nytt-cv.pdf" in third and "Fil som inte längre gäller alma-cv.pdf" in third
    assert "Telefon Borttaget" in fourth and "brevet." not in fourth


def test_a_file_that_was_replaced_is_handed_out_as_it_was_reviewed(world: World, registrar: FlaskClient) -> None:
    own, ad = own_browser(world), publish_ad(world)
    link = private_link(apply(own, ad))
    (application,) = applications_in(world, ad)
    request, (record,) = prepared(world, candidate_of(application.id), "cv")
    with world.writing(scope.authority(world.authority)) as session:
        review(session, world, request, record, Answer.OPEN)
    page = f"{DESK}/{request}/handlingar/{record}.pdf"
    before = registrar.get(page).data
    assert change(own, link, {}, NEW_CV) == 303
    work_off_due(world.app)
    assert picture(registrar.get(page).data) == picture(before)


def test_what_is_put_right_after_the_review_is_not_handed_out_before_it_is_reviewed_anew(
    world: World, closed: Sent, registrar: FlaskClient
) -> None:
    record, page = reviewed(world, closed, Answer.MASKED)
    assert registrar.get(f"{page}.pdf").status_code == 200
    put_right(world, closed)
    refused = registrar.get(f"{page}.pdf")
    assert refused.status_code == 409
    assert "Handlingen har ändrats sedan den prövades. Pröva den igen" in refused.get_data(as_text=True)
    request = page.split("/handlingar")[0]
    told = registrar.get(request).get_data(as_text=True)
    assert "Ändrad sedan prövningen" in told and "Skriv beslutet" not in told
    assert registrar.get(f"{request}/beslut").status_code == 303
    read = registrar.get(page)
    assert "Rutorna som ritades då ligger kvar" in read.get_data(as_text=True)
    left = submit_page(registrar, read, page, {"answer": Answer.MASKED.value}, REVIEW)
    assert left.status_code == 422 and "Alla sidor är inte godkända" in left.get_data(as_text=True)
    assert submit(registrar, f"{page}/1", {}, APPROVE).status_code == 303
    assert submit(registrar, page, {"answer": Answer.MASKED.value}, REVIEW).status_code == 303
    with world.acting(scope.authority(world.authority)) as session:
        assert [one.box for one in marks_of(session, session.get_one(CoveredRecord, record))] == [TOP]
    assert registrar.get(f"{page}.pdf").status_code == 200


def test_a_decision_covers_nothing_that_is_put_right_after_it(
    world: World, closed: Sent, registrar: FlaskClient
) -> None:
    _record, page = reviewed(world, closed, Answer.OPEN, decided=True)
    put_right(world, closed)
    refused = registrar.get(f"{page}.pdf")
    assert refused.status_code == 409 and "Anteckna en ny begäran" in refused.get_data(as_text=True)
    for shown in (page, page.split("/handlingar")[0]):
        assert "anteckna en ny begäran" in registrar.get(shown).get_data(as_text=True)


def test_marks_on_a_page_that_a_newer_program_sets_otherwise_are_looked_at_anew(
    world: World, closed: Sent, registrar: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    _record, page = reviewed(world, closed, Answer.MASKED)
    assert registrar.get(f"{page}.pdf").status_code == 200
    monkeypatch.setattr("portal.disclosure.queries.records.layout", lambda: "another")
    assert registrar.get(f"{page}.pdf").status_code == 409
    assert "Ändrad sedan prövningen" in registrar.get(page.split("/handlingar")[0]).get_data(as_text=True)


def test_a_review_from_before_it_was_kept_what_the_record_said_is_not_told_as_a_change(
    world: World, closed: Sent, registrar: FlaskClient
) -> None:
    record, page = reviewed(world, closed, Answer.OPEN)
    with world.writing(scope.authority(world.authority)) as session:
        row = session.get_one(CoveredRecord, record)
        key, unprinted = key_for(session, row), replace(looked_of(session, row), says="")
        assert key is not None
        row.looked_sealed = key.seal_text(looked_place(row.id), unprinted.as_text())
    refused = registrar.get(f"{page}.pdf")
    told = registrar.get(page.split("/handlingar")[0]).get_data(as_text=True)
    assert refused.status_code == 409 and "prövades innan portalen" in refused.get_data(as_text=True)
    assert "Prövad på ett äldre sätt" in told and "Ändrad sedan prövningen" not in told
    assert "prövades innan portalen" in registrar.get(page).get_data(as_text=True)


def test_a_page_that_was_opened_before_it_was_put_right_approves_reviews_and_decides_nothing(
    world: World, closed: Sent, registrar: FlaskClient
) -> None:
    request, (record,) = prepared(world, closed, "application")
    page, answer = f"{DESK}/{request}/handlingar/{record}", {"answer": Answer.OPEN.value}
    marked, read = registrar.get(f"{page}/1"), registrar.get(page)
    put_right(world, closed, "070-174 06 01")
    approved = submit_page(registrar, marked, f"{page}/1", {}, APPROVE)
    assert approved.status_code == 422 and "Sidan har ändrats sedan den öppnades" in approved.get_data(as_text=True)
    moved = submit_page(registrar, read, page, answer, REVIEW)
    assert moved.status_code == 409
    assert submit_page(registrar, moved, page, answer, REVIEW).status_code == 303
    deciding = registrar.get(f"{DESK}/{request}/beslut")
    put_right(world, closed, "070-174 06 02")
    again = submit_page(registrar, deciding, f"{DESK}/{request}/beslut", {"text": "Lämnas ut."}, "Ta beslutet")
    assert again.status_code == 409
    assert submit_page(registrar, moved, page, answer, REVIEW).status_code == 409, "no second press of what was said"
    assert submit(registrar, page, answer, REVIEW).status_code == 303
    unread = submit_page(registrar, deciding, f"{DESK}/{request}/beslut", {"text": "Lämnas ut."}, "Ta beslutet")
    assert unread.status_code == 409, "reviewed since, and the decision was written on the former"


def test_the_machine_looks_anew_at_what_was_put_right(world: World, closed: Sent) -> None:
    request, (record,) = prepared(world, closed, "application")
    work_off_due(world.app)
    put_right(world, closed)
    with world.writing(scope.authority(world.authority)) as session:
        assert not looked_of(session, session.get_one(CoveredRecord, record)).done, "its boxes were of another page"
        mark(session, world, request, record, box=TOP)
    work_off_due(world.app)
    with world.acting(scope.authority(world.authority)) as session:
        looked = looked_of(session, session.get_one(CoveredRecord, record))
        assert looked.done and looked.page(1).boxes and not looked.approved


@pytest.mark.parametrize("answer", [Answer.OPEN, Answer.MASKED])
def test_what_the_machine_sees_of_what_was_put_right_is_no_review_of_it(
    world: World, closed: Sent, registrar: FlaskClient, answer: Answer
) -> None:
    """Reviewed before the machine had come to it, and put right before it came."""
    record, page = reviewed(world, closed, answer)
    put_right(world, closed)
    work_off_due(world.app)
    with world.acting(scope.authority(world.authority)) as session:
        assert looked_of(session, session.get_one(CoveredRecord, record)).done
    assert registrar.get(f"{page}.pdf").status_code == 404, "of what stands there now nobody has said anything"
    assert registrar.get(f"{page.split('/handlingar')[0]}/beslut").status_code == 303


def test_what_the_machine_sees_of_what_was_reviewed_leaves_the_review(
    world: World, closed: Sent, registrar: FlaskClient
) -> None:
    _record, page = reviewed(world, closed, Answer.OPEN)
    work_off_due(world.app)
    assert registrar.get(f"{page}.pdf").status_code == 200
