"""A request from its first day to its answer: noted, covered, reviewed, decided; and kept from everybody else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import UUID, uuid4

import pypdfium2
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text

from portal import clock, scope
from portal.applications.models import Application
from portal.db import db
from portal.disclosure.models import CoveredRecord, DisclosureRequest, RequestRecord
from portal.disclosure.requests import Answer, Outcome, ReviewMoved, State, WrongStep
from portal.disclosure.services.marking import NothingMarked, ProtectedUnmarked, StillMarked
from portal.disclosure.services.requesting import RequestGone, end_request
from portal.organisations.models import Authority
from portal.refusal import Refusal
from portal.register.models import RegisterEntry
from tests.applicants import Sent, send_applications
from tests.counting import statements
from tests.disclosure.asking import (
    PROTECTED,
    covering,
    decide,
    mark,
    note,
    prepared,
    registrar,
    review,
    take_decision,
    verbs,
)
from tests.forms import submit, submit_page
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
DESK = "/arbete/utlamnande"
FORM = ("application",)


@pytest.mark.parametrize("at_once", [False, True])
def test_one_form_pressed_twice_is_one_request_with_one_number(world: World, at_once: bool) -> None:
    browsers = [world.browser(world.region), world.browser(world.region)]
    browsers[1]._cookies = browsers[0]._cookies  # two windows of one browser
    page = browsers[0].get(f"{DESK}/ny")

    def press(browser: FlaskClient) -> tuple[int, str]:
        told = submit_page(browser, page, f"{DESK}/ny", {"came_by": "telefon", "asked": "Allt"})
        return told.status_code, told.headers.get("Location", "")

    with ThreadPoolExecutor(2 if at_once else 1) as hands:
        first, second = hands.map(press, browsers)
    assert first == second and first[0] == 303
    assert verbs(world).count("request.noted") == 1
    with world.acting(scope.PLATFORM) as session:
        assert [row.register_number for row in session.scalars(select(RequestRecord))] == [1]
    another = submit(browsers[0], f"{DESK}/ny", {"came_by": "telefon", "asked": "Allt"})
    assert another.headers["Location"] != first[1], "a form that is shown anew is another request"


def test_from_the_telephone_to_the_masked_file_and_the_decision(world: World, sent: Sent, set_clock: Clock) -> None:
    browser = world.browser(world.region)
    told = submit(browser, f"{DESK}/ny", {"came_by": "telefon", "asked": f"Allt om {sent.name}"})
    assert told.status_code == 303
    choose = told.headers["Location"]
    page = browser.get(choose).get_data(as_text=True)
    assert sent.name in page and "Meritförteckning" in page
    one = submit(browser, choose, button="Välj alla i ärendet").headers["Location"]
    with world.acting(scope.authority(world.authority)) as session:
        form, cv = session.scalars(
            select(CoveredRecord).join_from(CoveredRecord, Application).order_by(CoveredRecord.id)
        )
        if form.entry_id != entry(world, "application"):
            form, cv = cv, form
    record = f"{one}/handlingar/{form.id}"
    sides = {"left": "0", "right": "100", "top": "0", "bottom": "50"}
    lacking = submit(browser, f"{record}/1", sides, button="Lägg till rutan")
    assert (lacking.status_code, "Välj vilken paragraf" in lacking.get_data(as_text=True)) == (422, True)
    assert 'value="50"' in lacking.get_data(as_text=True), "what was typed is there"
    assert submit(browser, f"{record}/1", {**sides, "ground": PROTECTED}, button="Lägg till rutan").status_code == 303
    early = submit(browser, record, {"answer": "maskad", "protected": True})
    assert (early.status_code, "Alla sidor är inte godkända" in early.get_data(as_text=True)) == (422, True)
    approved = submit(browser, f"{record}/1", button="Godkänn och visa nästa")
    assert (approved.status_code, approved.headers["Location"]) == (303, record), "there is no next one"
    assert submit(browser, record, {"answer": "maskad", "protected": True}).status_code == 303
    waiting = browser.get(one).get_data(as_text=True)
    assert ("Kvar att pröva" in waiting, "Skriv beslutet" in waiting) == (True, False)
    assert browser.get(f"{one}/beslut").status_code == 303
    assert submit(browser, f"{one}/handlingar/{cv.id}", {"answer": "hemlig", "ground": "osl-21-1"}).status_code == 303
    written = browser.get(f"{one}/beslut").get_data(as_text=True)
    assert "Grund: 21 kap. 3 § OSL." in written and "kammarrätten" in written
    unsaid = submit(browser, f"{one}/beslut", button="Ta beslutet")
    assert (unsaid.status_code, "Fyll i sist vem som beslutar" in unsaid.get_data(as_text=True)) == (422, True)
    assert take_decision(browser, one.rpartition("/")[2]).status_code == 303
    assert "Antecknat av Berit Åkerlund" in browser.get(one).get_data(as_text=True)
    paper = pypdfium2.PdfDocument(browser.get(f"{one}/beslut.pdf").data)
    words = " ".join(paper[0].get_textpage().get_text_bounded().split())
    assert all(said in words for said in ("inom tre veckor", "21 kap. 1 § OSL", "Beslutat av kanslichefen"))
    assert sent.name not in words
    assert submit(browser, one, button="Svaret är lämnat").status_code == 303
    assert "Besvarad" in browser.get(DESK).get_data(as_text=True)
    with world.acting(scope.PLATFORM) as session:
        row = session.scalars(select(DisclosureRequest)).one()
        assert (row.state, row.outcome, row.decided_by) == ("besvarad", "delvis", world.region)
    logged = [verb for verb in verbs(world) if not verb.endswith("read")]
    assert logged == [
        "request.noted", "request.covered", "record.page_approved", "record.maskad", "record.hemlig", "request.delvis",
        "request.besvarad",
    ]  # fmt: skip


def entry(world: World, kind: str) -> UUID:
    with world.acting(scope.authority(world.authority)) as session:
        return session.scalars(select(RegisterEntry.id).where(RegisterEntry.kind == kind)).one()


@pytest.mark.parametrize(
    ("marked", "answer", "protected", "refused"),
    [
        (False, Answer.MASKED, False, NothingMarked),
        (True, Answer.OPEN, False, StillMarked),
        (False, Answer.OPEN, True, ProtectedUnmarked),
        (False, Answer.WITHHELD, False, Refusal),
    ],
)
def test_a_record_is_not_answered_against_its_marks(
    world: World, sent: Sent, marked: bool, answer: Answer, protected: bool, refused: type[Refusal]
) -> None:
    request, (record,) = prepared(world, sent, *FORM)
    with pytest.raises(refused), world.writing(scope.authority(world.authority)) as session:
        if marked:
            mark(session, world, request, record)
        review(session, world, request, record, answer, protected=protected)


def test_what_is_decided_is_neither_changed_nor_decided_anew(world: World, sent: Sent) -> None:
    request, (record,) = prepared(world, sent, *FORM)
    at, who = clock.now(), registrar(world)
    with world.writing(scope.authority(world.authority)) as session:
        review(session, world, request, record, Answer.OPEN)
    with pytest.raises(ReviewMoved), world.writing(scope.authority(world.authority)) as session:
        decide(session, world, request, "x", Outcome.REFUSED)
    with world.writing(scope.authority(world.authority)) as session:
        decide(session, world, request, "Lämnas ut.", Outcome.WHOLE)
    for again in (
        lambda session: mark(session, world, request, record),
        lambda session: covering(session, world, request, sent, "cv"),
        lambda session: decide(session, world, request, "x", Outcome.WHOLE),
        lambda session: end_request(session, actor=who, request_id=request, then=State.TAKEN_BACK, at=at),
    ):
        with pytest.raises(WrongStep), world.writing(scope.authority(world.authority)) as session:
            again(session)
    with world.writing(scope.authority(world.authority)) as session:
        for _ in range(2):
            end_request(session, actor=who, request_id=request, then=State.ANSWERED, at=at)
    assert verbs(world).count("request.besvarad") == 1


def test_nothing_said_lies_in_clear_and_the_log_names_nobody(world: World, sent: Sent) -> None:
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world, asked="Kvittjärn vill läsa om Mossbelia")
        (record,) = covering(session, world, request, sent, *FORM)
        mark(session, world, request, record)
    with world.app.app_context():
        stored = repr(
            [db.session.execute(text(f"SELECT * FROM {name}")).all() for name in ("disclosure_request", "audit_line")]
        )
    for word in ("Kvittjärn", "Mossbelia", sent.name):
        assert word not in stored


@pytest.mark.parametrize("role", ["kansli", "rival_kansli", "gunnel", "drift"])
def test_nobody_else_finds_the_desk_or_anything_on_it(world: World, sent: Sent, role: str) -> None:
    request, (record,) = prepared(world, sent, *FORM)
    browser = world.browser(getattr(world, role))
    one = f"{DESK}/{request}"
    for address in (DESK, f"{DESK}/ny", one, f"{one}/handlingar", f"{one}/handlingar/{record}", f"{one}/beslut"):
        assert browser.get(address).status_code == 404


def test_another_authoritys_request_is_not_there_and_a_partys_own_application_is_not_offered(
    world: World, sent: Sent
) -> None:
    own = send_applications(world, publish_ad(world, employer="party"), 1, start=6)[0]
    request, (record,) = prepared(world, sent, *FORM)
    other = uuid4()
    with world.writing(scope.PLATFORM) as session:
        session.add(
            Authority(id=other, name="Region Annanstans", kind="region", controller_name="X", created_at=clock.now())
        )
        session.flush()
        session.get_one(DisclosureRequest, request).authority_id = other
    browser = world.browser(world.region)
    unused = browser.get(f"{DESK}/{uuid4()}")
    for tail in ("", "/handlingar", f"/handlingar/{record}", f"/handlingar/{record}/1.png", "/beslut", "/beslut.pdf"):
        answer = browser.get(f"{DESK}/{request}{tail}")
        assert (answer.status_code, answer.data) == (404, unused.data)
    assert "Ingen har begärt" in browser.get(DESK).get_data(as_text=True)
    for verb in (
        lambda session: mark(session, world, request, record),
        lambda session: end_request(
            session, actor=registrar(world), request_id=request, then=State.ANSWERED, at=clock.now()
        ),
    ):
        with pytest.raises(RequestGone), world.writing(scope.authority(world.authority)) as session:
            verb(session)
    with world.writing(scope.authority(world.authority)) as session:
        mine = note(session, world)
    page = browser.get(f"{DESK}/{mine}/handlingar").get_data(as_text=True)
    assert (sent.name in page, own.name in page) == (True, False)


def test_the_desk_shows_what_waits_with_the_days_since_it_came(world: World, sent: Sent, set_clock: Clock) -> None:
    request, _records = prepared(world, sent, *FORM)
    assert "Kom i dag" in world.browser(world.region).get("/arbete").get_data(as_text=True)
    set_clock("2026-11-27T09:00")
    page = world.browser(world.region).get("/arbete").get_data(as_text=True)
    assert f"{DESK}/{request}" in page and "4 dagar sedan den kom" in page and "Försenat" in page
    assert sent.name not in page
    with world.writing(scope.authority(world.authority)) as session:
        end_request(session, actor=registrar(world), request_id=request, then=State.TAKEN_BACK, at=clock.now())
    assert f"{DESK}/{request}" not in world.browser(world.region).get("/arbete").get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"came_time": "25.00"}, "Skriv klockslaget med timme"),
        ({"came_on": "2026-11-24"}, "har inte varit än"),
        ({"asked": ""}, "Skriv vad som begärs"),
        ({"came_by": ""}, "Välj hur begäran kom"),
    ],
)
def test_what_is_typed_amiss_is_a_sentence_and_the_rest_stays(
    world: World, typed: dict[str, str], sentence: str
) -> None:
    browser = world.browser(world.region)
    page = browser.get(f"{DESK}/ny").get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    good = {"came_on": "2026-11-23", "came_time": "09.30", "came_by": "mejl", "asked": "Allt", "asker": "en låda"}
    answer = browser.post(f"{DESK}/ny", data={**good, **typed, "csrf_token": token})
    shown = answer.get_data(as_text=True)
    assert (answer.status_code, sentence in shown, "en låda" in shown) == (422, True, True)


@pytest.mark.counts
def test_lists_ask_as_much_for_thirty_as_for_one(world: World) -> None:
    ad, counts = publish_ad(world), []
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world)
    browser = world.browser(world.region)
    for start, many in ((0, 1), (1, 29)):
        for one in send_applications(world, ad, many, start=start):
            with world.writing(scope.authority(world.authority)) as session:
                note(session, world)
                covering(session, world, request, one, *FORM)
        for address in (DESK, f"{DESK}/{request}", f"{DESK}/{request}/handlingar"):
            browser.get(address)
            with statements(world.app) as asked:
                browser.get(address)
            counts.append(asked.count)
    assert counts[:3] == counts[3:]
