"""The machine suggests what to mask on each page; a person approves page by page, and until then nothing is masked."""

from collections.abc import Mapping
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.disclosure.grounds import GroundMissing
from portal.disclosure.looking import Looked, Page, PageChanged, PagesLeft, looked_in
from portal.disclosure.models import CoveredRecord
from portal.disclosure.queries.covered import covered_one, looked_of, marks_of
from portal.disclosure.requests import Answer
from portal.disclosure.services.looking import note_suggestions, suggested_for, to_look_at
from portal.disclosure.services.marking import approve_page, page_print, remove_mark, review_record
from portal.documents.masks import WHOLE_PAGE, Box, Doubt
from portal.jobs.tasks import work_off_due
from tests.applicants import Sent
from tests.disclosure.asking import PROTECTED, approve, mark, prepared, registrar, shown, verbs
from tests.forms import submit, submit_page
from tests.world import World

ONE, OTHER = Box(0.1, 0.1, 0.4, 0.2), Box(0.5, 0.5, 0.9, 0.6)
FORM = ("application",)
SAID = {1: Page((ONE,), (Doubt.PICTURE_TEXT,)), 2: Page((OTHER,))}


def noted(world: World, record: UUID, pages: Mapping[int, Page]) -> None:
    with world.writing(scope.authority(world.authority)) as session:
        note_suggestions(session, record_id=record, pages=pages, says=says(session, record))


def says(session: Session, record: UUID) -> str:
    return looked_of(session, session.get_one(CoveredRecord, record)).says


def marks_in(world: World, request: UUID, record: UUID) -> list[tuple[int, Box, str]]:
    with world.acting(scope.authority(world.authority)) as session:
        covered = covered_one(session, request, record)
        assert covered is not None
        return [(one.page, one.box, one.ground) for one in covered.marks]


def test_the_form_of_a_candidate_is_looked_at_for_how_they_are_reached_and_not_for_their_name(
    world: World, sent: Sent
) -> None:
    """In the child itself: the box lies over the address, and the name above it is seen."""
    request, (record,) = prepared(world, sent, *FORM)
    with world.acting(scope.authority(world.authority)) as session:
        found = to_look_at(session, record)
        assert found is not None
        page = suggested_for(found)[1]
    assert page.boxes and all(0.05 < box.top < 0.3 and box.left > 0.2 for box in page.boxes)
    work_off_due(world.app)
    with world.acting(scope.authority(world.authority)) as session:
        covered = covered_one(session, request, record)
        assert covered is not None and covered.looked.page(1).boxes == page.boxes
        assert covered.marks == (), "nothing is masked by a suggestion"
        assert to_look_at(session, record) is None, "it looks once"
    shown = (
        world.browser(world.region).get(f"/arbete/utlamnande/{request}/handlingar/{record}/1").get_data(as_text=True)
    )
    assert shown.count('<rect class="machine"') == len(page.boxes)


def test_a_page_that_is_approved_has_its_suggestions_as_marks_and_leads_to_the_next(world: World, sent: Sent) -> None:
    request, (record,) = prepared(world, sent, "cv")
    noted(world, record, SAID)
    browser, address = world.browser(world.region), f"/arbete/utlamnande/{request}/handlingar/{record}"
    page = browser.get(f"{address}/1").get_data(as_text=True)
    assert "Sidan är en bild" in page and "prövas av handläggaren" in page
    lacking = submit(browser, f"{address}/1", button="Godkänn och visa nästa")
    assert (lacking.status_code, "Välj vilken paragraf" in lacking.get_data(as_text=True)) == (422, True)
    assert marks_in(world, request, record) == []
    onward = submit(browser, f"{address}/1", {"ground": PROTECTED}, button="Godkänn och visa nästa")
    assert (onward.status_code, onward.headers["Location"]) == (303, f"{address}/2")
    assert marks_in(world, request, record) == [(1, ONE, PROTECTED)]
    early = submit(browser, address, {"answer": "maskad"})
    assert "Alla sidor är inte godkända" in early.get_data(as_text=True)
    assert browser.get(f"{address}.pdf").status_code == 404
    assert submit(browser, f"{address}/2", button="Ta bort").status_code == 303
    last = submit(browser, f"{address}/2", button="Godkänn och visa nästa")
    assert last.headers["Location"] == address
    assert marks_in(world, request, record) == [(1, ONE, PROTECTED)], "what was taken away is no mark"
    assert submit(browser, address, {"answer": "maskad"}).status_code == 303


def test_what_is_no_secret_is_approved_without_the_suggestions(world: World, sent: Sent) -> None:
    """Most often: how an ordinary candidate is reached is public."""
    request, (record,) = prepared(world, sent, *FORM)
    noted(world, record, {1: Page((ONE, OTHER))})
    browser, address = world.browser(world.region), f"/arbete/utlamnande/{request}/handlingar/{record}"
    assert submit(browser, f"{address}/1", button="Godkänn utan förslagen").headers["Location"] == address
    assert marks_in(world, request, record) == []
    asked = submit(browser, address, {"answer": "oppen"})
    page = asked.get_data(as_text=True)
    assert asked.status_code == 422 and "Du har tagit bort alla föreslagna rutor" in page
    assert "Lämna ut utan" not in browser.get(address).get_data(as_text=True), (
        "asked when it is pressed, and not before"
    )
    ticked = {"Lämna ut utan någon av de föreslagna rutorna": True}
    assert submit_page(browser, asked, address, ticked).status_code == 303
    assert verbs(world)[-2:] == ["record.oppen", "record.none_suggested_covered"]
    with world.acting(scope.PLATFORM) as session:
        said = select(AuditLine.reason).where(AuditLine.verb == "record.none_suggested_covered")
        assert session.scalars(said).all() == ["suggested 2"]


@pytest.mark.parametrize(
    ("marks", "left_out"),
    [
        ({}, 2),
        ({2: [ONE]}, 2),
        ({1: [Box(0.4, 0.1, 0.5, 0.2)]}, 2),  # beside it
        ({1: [Box(0.3, 0.1, 0.5, 0.2)]}, 0),  # over a part of it, as somebody has drawn it better
        ({2: [WHOLE_PAGE]}, 0),
    ],
)
def test_whether_anything_suggested_is_covered_goes_by_the_place_and_not_by_who_drew_the_box(
    marks: dict[int, list[Box]], left_out: int
) -> None:
    looked = looked_in(Looked().with_suggestions(SAID).without_box(1, 1).approve(2).as_text())
    assert looked.left_out(marks) == left_out
    assert Looked().left_out({}) == 0, "where nothing was suggested nobody is asked"


def test_what_is_approved_is_what_was_shown(world: World, sent: Sent) -> None:
    """A box drawn in another window, and the machine that comes meanwhile, ask for another look."""
    request, (record,) = prepared(world, sent, *FORM)
    for meanwhile in (
        lambda session: mark(session, world, request, record),
        lambda session: note_suggestions(session, record_id=record, pages=SAID, says=says(session, record)),
    ):
        with world.writing(scope.authority(world.authority)) as session:
            covered = covered_one(session, request, record)
            assert covered is not None
            shown = page_print(covered.marks, covered.looked, 1)
            meanwhile(session)
        with pytest.raises(PageChanged), world.writing(scope.authority(world.authority)) as session:
            approve_page(
                session, actor=registrar(world), request_id=request, record_id=record, page=1, shown=shown,
                ground=PROTECTED, reason="", at=clock.now(),
            )  # fmt: skip


def test_a_page_that_changes_is_to_be_approved_again(world: World, sent: Sent) -> None:
    request, (record,) = prepared(world, sent, *FORM)
    noted(world, record, {1: Page((ONE,))})
    with pytest.raises(GroundMissing), world.writing(scope.authority(world.authority)) as session:
        approve(session, world, request, record)
    with world.writing(scope.authority(world.authority)) as session:
        approve(session, world, request, record, ground=PROTECTED)
        mark(session, world, request, record, box=OTHER)
    with pytest.raises(PagesLeft), world.writing(scope.authority(world.authority)) as session:
        review_record(
            session, actor=registrar(world), request_id=request, record_id=record, shown=shown(session, record),
            answer=Answer.MASKED, protected=False, ground="", reason="", pages=1, at=clock.now(),
        )  # fmt: skip
    with world.writing(scope.authority(world.authority)) as session:
        row = session.get_one(CoveredRecord, record)
        first = page_print(marks_of(session, row), looked_of(session, row), 1)
        places = {"actor": registrar(world), "request_id": request, "record_id": record, "page": 1}
        remove_mark(session, **places, shown=first, which=1, at=clock.now())
        approve(session, world, request, record)
    assert marks_in(world, request, record) == [(1, OTHER, PROTECTED)]


def test_where_the_machine_looked_lies_under_the_candidates_key(world: World, sent: Sent) -> None:
    request, (record,) = prepared(world, sent, *FORM)
    noted(world, record, SAID)
    with world.acting(scope.authority(world.authority)) as session:
        stored = session.execute(text("SELECT looked_sealed FROM covered_record")).scalars().all()
    assert len(stored) == 1 and b"picture_text" not in bytes(stored[0]) and b"0.1" not in bytes(stored[0])
    with world.acting(scope.authority(world.authority)) as session:
        assert session.get_one(CoveredRecord, record).request_id == request


def test_what_the_machine_said_is_kept_and_read_back() -> None:
    looked = Looked().with_suggestions(SAID)
    assert looked_in(looked.as_text()) == looked
    assert looked.left([1, 2]) == [1, 2] and looked.approve(1).left([1, 2]) == [2]
    assert looked.approve(1).page(1) == Page((), (Doubt.PICTURE_TEXT,))
    assert looked.approve(1).changed(1).left([1]) == [1]
    assert looked.approve(1).without_box(2, 1).page(2) == Page()
    assert looked.without_box(1, 2) == looked, "no such box"
    late = Looked().approve(1).with_suggestions(SAID)
    assert (late.page(1), late.page(2)) == (Page(), SAID[2]), "who has approved a page is not overruled"
