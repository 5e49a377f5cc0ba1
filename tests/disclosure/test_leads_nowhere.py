"""A record of somebody whose identity is protected, in which nothing leads to them: it goes out as it is, once it is said."""

from collections.abc import Mapping
from uuid import UUID

import pypdfium2
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.disclosure.forms import ReviewForm
from portal.disclosure.looking import Page, PagesLeft
from portal.disclosure.marks import Mark
from portal.disclosure.models import CoveredMinutes, CoveredRecord, DisclosureRequest
from portal.disclosure.queries.covered import looked_of
from portal.disclosure.requests import Answer
from portal.disclosure.services.looking import note_suggestions
from portal.disclosure.services.marking import ProtectedUnmarked, ProtectedUntold, add_mark, review_record
from portal.documents.masks import Box
from portal.protection.paper_masks import PageMasks, print_of_pages
from portal.protection.services.masking import covered, hand_over
from portal.vault.services import open_application_key
from tests.applicants import Sent
from tests.decisions.recruiting import office
from tests.disclosure.asking import (
    UPPER,
    approve,
    mark,
    prepared,
    registrar,
    shown,
    take_decision,
    verbs,
)
from tests.disclosure.test_minutes_reviewed import choose, met, minutes, request_id  # noqa: F401
from tests.disclosure.test_pages_approved import let_no_page_be_approved
from tests.forms import submit, submit_page
from tests.protection.applying import candidate_of, identity_for, paper_for, stage_protected
from tests.world import Published, World, publish_ad

DESK, SAVE, APPROVE = "/arbete/utlamnande", "Spara prövningen", "Godkänn och visa nästa"
SAID = "inget namn, ingen adress, inget telefonnummer, ingen e-post, ingen arbetsplats eller skola och inget foto"
OPEN, NOWHERE = {"answer": "oppen"}, {"leads_nowhere": True}


@pytest.fixture
def ad(world: World) -> Published:
    return publish_ad(world)


@pytest.fixture
def hidden(world: World, ad: Published) -> Sent:
    """One who has applied under a code name."""
    return candidate_of(stage_protected(world, ad))


@pytest.fixture
def browser(world: World) -> FlaskClient:
    return world.browser(world.region)


def say(
    world: World, request: UUID, record: UUID, *, told: bool, answer: Answer = Answer.OPEN, protected: bool = False
) -> None:
    """Review it, with or without saying that nothing there leads to the person."""
    with world.writing(scope.authority(world.authority)) as session:
        review_record(
            session, actor=registrar(world), request_id=request, record_id=record, shown=shown(session, record),
            answer=answer, protected=protected, ground="", reason="", pages=1, at=clock.now(), leads_nowhere=told,
        )  # fmt: skip


def approved(world: World, request: UUID, record: UUID) -> None:
    with world.writing(scope.authority(world.authority)) as session:
        approve(session, world, request, record)


def row_of(world: World, record: UUID) -> CoveredRecord:
    with world.acting(scope.authority(world.authority)) as session:
        return session.get_one(CoveredRecord, record)


def test_a_letter_in_which_nothing_leads_to_the_person_goes_out_as_it_is_once_every_page_is_approved_and_it_is_said(
    world: World, hidden: Sent, browser: FlaskClient
) -> None:
    request, (record,) = prepared(world, hidden, "application")
    page = f"{DESK}/{request}/handlingar/{record}"
    assert SAID not in browser.get(page).get_data(as_text=True), "asked when it is pressed, and not before"
    asked = submit(browser, page, OPEN, SAVE)
    assert asked.status_code == 422 and SAID in asked.get_data(as_text=True)
    early = submit_page(browser, asked, page, OPEN | NOWHERE, SAVE)
    assert early.status_code == 422 and "Alla sidor är inte godkända" in early.get_data(as_text=True)
    assert SAID in early.get_data(as_text=True), "what was ticked stands there"
    submit(browser, f"{page}/1", {}, APPROVE)
    again = submit(browser, page, OPEN, SAVE)
    assert again.status_code == 422 and browser.get(f"{page}.pdf").status_code == 404, "a tick is for one press"
    assert submit_page(browser, again, page, OPEN | NOWHERE, SAVE).status_code == 303
    row = row_of(world, record)
    assert (row.handed_out, row.protected, row.leads_nowhere, row.reviewed_by) == ("oppen", True, True, world.region)
    assert verbs(world)[-2:] == ["record.oppen", "record.leads_nowhere"]
    for address in (page, f"{DESK}/{request}"):
        assert "Inget i den leder till den som är skyddad" in browser.get(address).get_data(as_text=True)
    assert "enligt Berit Åkerlund" in browser.get(page).get_data(as_text=True), "and who has said so"
    assert len(pypdfium2.PdfDocument(browser.get(f"{page}.pdf").data)) == 1
    assert take_decision(browser, request).status_code == 303
    assert "enligt Berit Åkerlund" in browser.get(page).get_data(as_text=True)
    with world.acting(scope.authority(world.authority)) as session:
        decided = session.get_one(DisclosureRequest, request)
        assert decided.outcome == "helt", "nothing is refused, so there is nothing to appeal"


def test_without_the_word_nothing_of_whoever_is_protected_goes_out_as_it_is(world: World, hidden: Sent) -> None:
    request, (record,) = prepared(world, hidden, "application")
    approved(world, request, record)
    for answer in (Answer.OPEN, Answer.MASKED):
        with pytest.raises(ProtectedUntold):
            say(world, request, record, told=False, answer=answer)
    assert row_of(world, record).handed_out == ""


def test_every_page_is_approved_first(world: World, hidden: Sent) -> None:
    request, (record,) = prepared(world, hidden, "application")
    with pytest.raises(PagesLeft):
        say(world, request, record, told=True)


def test_what_was_said_holds_of_pages_that_somebody_has_approved(
    world: World, hidden: Sent, browser: FlaskClient
) -> None:
    request, (record,) = prepared(world, hidden, "application")
    approved(world, request, record)
    say(world, request, record, told=True)
    file = f"{DESK}/{request}/handlingar/{record}.pdf"
    assert browser.get(file).status_code == 200
    let_no_page_be_approved(world, record)
    assert browser.get(file).status_code == 409


def test_of_one_whom_the_office_has_marked_it_is_said_as_well_and_of_others_it_says_nothing(
    world: World, sent: Sent
) -> None:
    request, (record,) = prepared(world, sent, "application")
    approved(world, request, record)
    say(world, request, record, told=True, protected=True)
    assert row_of(world, record).leads_nowhere
    say(world, request, record, told=True)
    row = row_of(world, record)
    assert (row.handed_out, row.protected, row.leads_nowhere) == ("oppen", False, False), "nobody is protected"


def test_what_is_secret_on_another_ground_is_covered_on_that_ground_alone(world: World, hidden: Sent) -> None:
    request, (record,) = prepared(world, hidden, "application")
    with world.writing(scope.authority(world.authority)) as session:
        health = Mark(1, UPPER, "osl-21-1")
        add_mark(session, actor=registrar(world), request_id=request, record_id=record, mark=health, at=clock.now())
    approved(world, request, record)
    with pytest.raises(ProtectedUntold):
        say(world, request, record, told=False, answer=Answer.MASKED)
    say(world, request, record, told=True, answer=Answer.MASKED)
    row = row_of(world, record)
    assert (row.handed_out, row.leads_nowhere) == ("maskad", True)


def test_a_box_for_the_person_says_that_something_leads_to_them(world: World, hidden: Sent) -> None:
    request, (record,) = prepared(world, hidden, "application")
    approved(world, request, record)
    say(world, request, record, told=True)
    with world.writing(scope.authority(world.authority)) as session:
        mark(session, world, request, record)
    row = row_of(world, record)
    assert (row.handed_out, row.leads_nowhere) == ("", False), "what was said is taken back with the review"
    approved(world, request, record)
    say(world, request, record, told=True, answer=Answer.MASKED)
    assert not row_of(world, record).leads_nowhere


def test_what_the_machine_has_seen_is_asked_about_by_itself(world: World, hidden: Sent) -> None:
    request, (record,) = prepared(world, hidden, "application")
    with world.writing(scope.authority(world.authority)) as session:
        says = looked_of(session, session.get_one(CoveredRecord, record)).says
        note_suggestions(session, record_id=record, pages={1: Page((Box(0.1, 0.1, 0.4, 0.2),))}, says=says)
    browser, page = world.browser(world.region), f"{DESK}/{request}/handlingar/{record}"
    submit(browser, f"{page}/1", button="Godkänn utan förslaget")
    asked = submit(browser, page, OPEN, SAVE)
    both = submit_page(browser, asked, page, OPEN | NOWHERE, SAVE)
    assert both.status_code == 422 and "Du har tagit bort alla föreslagna rutor" in both.get_data(as_text=True)
    assert submit_page(browser, both, page, OPEN | NOWHERE | {"bare": True}, SAVE).status_code == 303
    assert verbs(world)[-3:] == ["record.oppen", "record.leads_nowhere", "record.none_suggested_covered"]


def test_the_cv_that_its_reader_has_covered_never_goes_out_without_a_box(
    world: World, ad: Published, hidden: Sent, browser: FlaskClient
) -> None:
    paper, pages = paper_for(world, ad, hidden.id), [PageMasks(1)]
    with world.writing(scope.party(world.party)) as session:
        identity, reader = identity_for(session, ad, hidden.id), office(world, world.party)
        key = open_application_key(session, application_id=hidden.id, controller_id=world.authority)
        sealed = covered(paper, pages, key=key)
        hand_over(session, identity=identity, actor=reader, sealed=sealed, shown=print_of_pages(pages), at=clock.now())
    request, (record,) = prepared(world, hidden, "attachment")
    approved(world, request, record)
    for answer in (Answer.OPEN, Answer.MASKED):
        with pytest.raises(ProtectedUnmarked) as refused:
            say(world, request, record, told=True, answer=answer)
        assert not isinstance(refused.value, ProtectedUntold), "no tick is offered"
    asked = submit(browser, f"{DESK}/{request}/handlingar/{record}", OPEN, SAVE)
    assert asked.status_code == 422 and SAID not in asked.get_data(as_text=True)
    with pytest.raises(IntegrityError, match="sealed_paper_is_covered"):
        force(world, record, {"handed_out": "oppen", "leads_nowhere": True})


def force(world: World, record: UUID, values: Mapping[str, object]) -> None:
    """Write the row past all services."""
    at = {"reviewed_by": world.region, "reviewed_at": clock.now()}
    with world.writing(scope.authority(world.authority)) as session:
        session.execute(update(CoveredRecord).where(CoveredRecord.id == record).values(**at, **values))


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({"handed_out": "oppen"}, "protected_goes_out_whole_as_told"),
        ({"handed_out": "hemlig", "leads_nowhere": True}, "told_of_what_goes_out"),
        ({"handed_out": "oppen", "protected": False, "leads_nowhere": True}, "told_of_what_goes_out"),
    ],
)
def test_the_database_itself_lets_nothing_of_whoever_is_protected_out_whole_untold(
    world: World, hidden: Sent, values: Mapping[str, object], broken: str
) -> None:
    _request, (record,) = prepared(world, hidden, "application")
    with pytest.raises(IntegrityError, match=broken):
        force(world, record, values)
    force(world, record, {"handed_out": "oppen", "leads_nowhere": True})


def test_minutes_in_which_nothing_leads_to_whoever_is_protected_go_out_as_they_are(
    world: World,
    request_id: UUID,  # noqa: F811
    minutes,  # noqa: F811
) -> None:
    choose(world, request_id, minutes)
    with world.acting(scope.authority(world.authority)) as session:
        (row,) = session.scalars(select(CoveredMinutes)).all()
    browser, page = world.browser(world.region), f"{DESK}/{request_id}/handlingar/{row.id}"
    submit(browser, f"{page}/1", {}, APPROVE)
    asked = submit(browser, page, OPEN | {"protected": True}, SAVE)
    assert asked.status_code == 422
    assert submit_page(browser, asked, page, OPEN | NOWHERE | {"protected": True}, SAVE).status_code == 303


def test_the_sentence_names_what_is_at_stake(world: World) -> None:
    with world.app.test_request_context():
        assert SAID in str(ReviewForm().leads_nowhere.label.text)
