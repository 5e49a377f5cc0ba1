"""Two registrars with one request: neither's secrecy is taken away by a page that the other had open, and nothing is handed
out that nobody had before them."""

from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import scope
from portal.disclosure.models import CoveredRecord
from portal.disclosure.queries.covered import marks_of
from portal.disclosure.requests import Answer
from portal.documents.masks import Box
from portal.register.models import RegisterEntry
from tests.applicants import Sent, send_applications
from tests.disclosure.asking import PROTECTED, covering, mark, prepared, review
from tests.forms import fields_of, submit_page
from tests.world import World, publish_ad

DESK = "/arbete/utlamnande"
LOWER = Box(0.0, 0.6, 1.0, 0.8)
OPEN = {"answer": Answer.OPEN.value}
WITHHELD = {"answer": Answer.WITHHELD.value, "ground": PROTECTED, "reason": "Hotbild"}


@pytest.fixture
def sent(world: World) -> Sent:
    (one,) = send_applications(world, publish_ad(world), 1)
    return one


@pytest.fixture
def two(world: World) -> tuple[FlaskClient, FlaskClient]:
    return world.browser(world.region), world.browser(world.region)


def stands(world: World, record: UUID) -> tuple[str, bool, int]:
    with world.acting(scope.authority(world.authority)) as session:
        row = session.get_one(CoveredRecord, record)
        return row.handed_out, row.protected, len(marks_of(session, row))


def test_what_a_colleague_has_withheld_is_not_handed_out_from_an_old_page(
    world: World, sent: Sent, two: tuple[FlaskClient, FlaskClient]
) -> None:
    request, (record,) = prepared(world, sent, "application")
    mine, colleagues = two
    where = f"{DESK}/{request}/handlingar/{record}"
    old = mine.get(where)
    assert submit_page(colleagues, colleagues.get(where), where, WITHHELD, "Spara prövningen").status_code == 303
    asked = submit_page(mine, old, where, OPEN, "Spara prövningen")
    assert asked.status_code == 409 and "Nu gäller: Lämnas inte ut" in asked.get_data(as_text=True)
    assert stands(world, record)[0] == Answer.WITHHELD
    assert mine.get(f"{where}.pdf").status_code == 404
    assert submit_page(mine, asked, where, OPEN, "Spara prövningen").status_code == 303
    assert stands(world, record)[0] == Answer.OPEN


def test_a_page_that_does_not_say_what_it_was_opened_with_reviews_nothing(
    world: World, sent: Sent, two: tuple[FlaskClient, FlaskClient]
) -> None:
    request, (record,) = prepared(world, sent, "application")
    where = f"{DESK}/{request}/handlingar/{record}"
    fields = fields_of(two[0].get(where))
    answer = two[0].post(where, data={"csrf_token": fields["csrf_token"][0], **OPEN})
    assert answer.status_code == 409 and stands(world, record)[0] == ""


def test_a_box_is_taken_away_once_however_often_one_presses(
    world: World, sent: Sent, two: tuple[FlaskClient, FlaskClient]
) -> None:
    request, (record,) = prepared(world, sent, "application")
    with world.writing(scope.authority(world.authority)) as session:
        mark(session, world, request, record)
        mark(session, world, request, record, box=LOWER)
    where = f"{DESK}/{request}/handlingar/{record}/1"
    data = {name: values for name, values in fields_of(two[0].get(where)).items() if name in ("csrf_token", "shown")}
    answers = [two[0].post(where, data={**data, "do": "remove-1"}).status_code for _ in range(2)]
    assert answers == [303, 422]
    assert stands(world, record)[2] == 1


def test_what_a_colleague_has_chosen_stays_with_its_marks(
    world: World, sent: Sent, two: tuple[FlaskClient, FlaskClient]
) -> None:
    request, () = prepared(world, sent)
    mine, _ = two
    where = f"{DESK}/{request}/handlingar"
    old = mine.get(where)
    with world.writing(scope.authority(world.authority)) as session:
        (record,) = covering(session, world, request, sent, "application")
        mark(session, world, request, record)
        other = session.scalars(select(RegisterEntry.id).where(RegisterEntry.kind == "cv")).first()
    button = {"do": "chosen", "record": [str(other)] if other else []}
    sent_by = {name: values for name, values in fields_of(old).items() if name in ("csrf_token", "former")}
    assert mine.post(where, data={**sent_by, **button}).status_code == 303
    assert stands(world, record)[2] == 1
    now = {name: values for name, values in fields_of(mine.get(where)).items() if name in ("csrf_token", "former")}
    assert mine.post(where, data={**now, "do": "chosen"}).status_code == 303
    with world.acting(scope.authority(world.authority)) as session:
        assert session.get(CoveredRecord, record) is None, "what was ticked and is no more is let go of"


def test_a_decision_is_on_the_records_that_its_author_had_before_them(
    world: World, sent: Sent, two: tuple[FlaskClient, FlaskClient]
) -> None:
    request, (record,) = prepared(world, sent, "application")
    (another,) = send_applications(world, publish_ad(world), 1)
    where = f"{DESK}/{request}/beslut"
    with world.writing(scope.authority(world.authority)) as session:
        review(session, world, request, record, Answer.OPEN)
    old = two[0].get(where)
    with world.writing(scope.authority(world.authority)) as session:
        extra = next(one for one in covering(session, world, request, another, "application") if one != record)
        review(session, world, request, extra, Answer.OPEN)
    asked = submit_page(two[0], old, where, {"text": "Ansökan lämnas ut (nr 1)."}, "Ta beslutet")
    assert asked.status_code == 409 and fields_of(asked)["text"] == ["Ansökan lämnas ut (nr 1)."]
    with world.writing(scope.authority(world.authority)) as session:
        mark(session, world, request, extra)  # now it is to be reviewed anew
    for _ in range(2):
        lost = submit_page(two[0], asked, where, {"text": "Ansökan lämnas ut."}, "Ta beslutet")
        assert lost.status_code == 409 and "Ansökan lämnas ut." in lost.get_data(as_text=True)
        assert "Det du fyllde i är inte sparat" in lost.get_data(as_text=True)
    emptied = submit_page(two[0], asked, where, {"text": ""}, "Ta beslutet")
    assert emptied.status_code == 409 and f'href="{DESK}/{request}"' in emptied.get_data(as_text=True)


def test_what_is_typed_when_a_colleague_has_decided_is_shown(
    world: World, sent: Sent, two: tuple[FlaskClient, FlaskClient]
) -> None:
    request, (record,) = prepared(world, sent, "application")
    where = f"{DESK}/{request}/beslut"
    with world.writing(scope.authority(world.authority)) as session:
        review(session, world, request, record, Answer.OPEN)
    old, theirs = two[0].get(where), two[1].get(where)
    for _press in range(2):
        pressed = submit_page(two[1], theirs, where, {"text": "Kollegans."}, "Ta beslutet")
        assert (pressed.status_code, pressed.headers["Location"]) == (303, f"{DESK}/{request}")
    late = submit_page(two[0], old, where, {"text": "Mitt beslut."}, "Ta beslutet")
    assert late.status_code == 409 and "Mitt beslut." in late.get_data(as_text=True)


def test_a_diary_number_that_a_colleague_has_written_is_told_before_it_is_replaced(
    world: World, sent: Sent, two: tuple[FlaskClient, FlaskClient]
) -> None:
    request, _ = prepared(world, sent, "application")
    where, button = f"{DESK}/{request}", "Spara diarienumret"
    old, theirs = two[0].get(where), two[1].get(where)
    for _press in range(2):
        assert submit_page(two[1], theirs, where, {"number": "RS 2026/99"}, button).status_code == 303
    asked = submit_page(two[0], old, where, {"number": "RS 2026/98"}, button)
    assert asked.status_code == 409 and "diarienumret RS 2026/99" in asked.get_data(as_text=True)
    assert submit_page(two[0], asked, where, {}, button).status_code == 303
    assert "RS 2026/98" in two[1].get(where).get_data(as_text=True)


def test_what_a_colleague_has_let_go_of_does_not_come_back_from_an_old_page(
    world: World, sent: Sent, two: tuple[FlaskClient, FlaskClient]
) -> None:
    request, (_record,) = prepared(world, sent, "application")
    where = f"{DESK}/{request}/handlingar"
    old, theirs = (fields_of(browser.get(where)) for browser in two)
    ticked = theirs["former"][0].split()
    answer = two[1].post(where, data={"csrf_token": theirs["csrf_token"], "former": theirs["former"], "do": "chosen"})
    assert answer.status_code == 303
    data = {"csrf_token": old["csrf_token"], "former": old["former"], "record": ticked, "do": "chosen"}
    assert two[0].post(where, data=data).status_code == 303
    with world.acting(scope.authority(world.authority)) as session:
        assert session.scalars(select(CoveredRecord)).all() == []


def test_a_review_that_is_pressed_twice_is_said_once(
    world: World, sent: Sent, two: tuple[FlaskClient, FlaskClient]
) -> None:
    request, (record,) = prepared(world, sent, "application")
    where = f"{DESK}/{request}/handlingar/{record}"
    for said in (WITHHELD, OPEN):
        page = two[0].get(where)
        for _press in range(2):
            assert submit_page(two[0], page, where, said, "Spara prövningen").status_code == 303
    assert stands(world, record)[0] == Answer.OPEN
