"""What the pages of a request say is true of it: refused, taken back, with nothing chosen, or of a protected identity."""

import io
import re
from uuid import UUID

import pypdfium2
import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.disclosure.form_lines import as_set
from portal.disclosure.queries.records import source_of
from portal.disclosure.requests import Answer, Outcome, State, records_told
from portal.disclosure.services.marking import ProtectedUnmarked, review_record
from portal.disclosure.services.requesting import end_request, number_the_request
from portal.register.models import RegisterEntry
from tests.applicants import Sent, send_applications
from tests.disclosure.asking import decide, note, prepared, registrar, shown
from tests.disclosure.test_opened import set_of, words_in
from tests.forms import submit
from tests.world import World, publish_ad

DESK = "/arbete/utlamnande"


@pytest.fixture
def sent(world: World) -> Sent:
    return send_applications(world, publish_ad(world), 1)[0]


def read(world: World, path: str) -> str:
    return world.browser(world.region).get(path).get_data(as_text=True)


def refused(world: World) -> UUID:
    """A request for what is not there, decided."""
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world, asked="Ett avtal")
        decide(session, world, request, "Finns inte.", Outcome.REFUSED)
    return request


def test_what_was_refused_is_nowhere_said_to_be_handed_out(world: World) -> None:
    request = refused(world)
    for path in ("/arbete", DESK, f"{DESK}/{request}"):
        page = read(world, path)
        assert "ska lämnas ut" not in page and "Lämna ut" not in page, path
    assert "Beslutad, svaret ska lämnas" in read(world, DESK)
    assert "Lämna svaret på en begäran om handlingar" in read(world, "/arbete")


def test_of_one_that_was_taken_back_no_decision_is_said_to_be_taken(world: World, sent: Sent) -> None:
    request, (record,) = prepared(world, sent, "application")
    with world.writing(scope.authority(world.authority)) as session:
        end_request(session, actor=registrar(world), request_id=request, then=State.TAKEN_BACK, at=clock.now())
    page = read(world, f"{DESK}/{request}/handlingar/{record}")
    assert "Begäran är återkallad, så handlingen prövas inte." in page
    assert "Beslutet är taget" not in page and "kvar att godkänna" not in page
    assert "Kvar att pröva" not in read(world, f"{DESK}/{request}")


def test_where_nothing_is_chosen_the_pages_say_what_the_decision_comes_to(world: World) -> None:
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world)
    page = read(world, f"{DESK}/{request}")
    assert (
        "Finns inget av det som begärs hos er, eller går det inte att välja här, skriver du ett beslut om det." in page
    )
    assert 'class="btn btn-primary" href="' + f"{DESK}/{request}/handlingar" in page
    deciding = read(world, f"{DESK}/{request}/beslut")
    assert "Inga handlingar är valda, så beslutet säger att det som begärs inte finns hos er" in deciding
    assert "Prövningen ger" not in deciding


def test_nobody_is_told_to_hand_out_a_protected_identity_as_it_is(world: World, sent: Sent) -> None:
    request, (record,) = prepared(world, sent, "application")
    with pytest.raises(ProtectedUnmarked), world.writing(scope.authority(world.authority)) as session:
        review_record(
            session, actor=registrar(world), request_id=request, record_id=record, shown=shown(session, record),
            answer=Answer.MASKED, protected=True, ground="", reason="", pages=1, at=clock.now(),
        )  # fmt: skip


def test_a_diary_number_that_is_too_long_is_said_at_the_top_too(world: World) -> None:
    request = refused(world)
    answer = submit(
        world.browser(world.region), f"{DESK}/{request}", {"number": "RS/" + "1" * 60}, "Spara diarienumret"
    )
    assert answer.status_code == 422
    assert "data-error-summary" in answer.get_data(as_text=True)


def test_the_paper_has_its_number_and_the_diarys_and_its_day_in_words(world: World) -> None:
    request = refused(world)
    with world.writing(scope.authority(world.authority)) as session:
        number_the_request(session, actor=registrar(world), request_id=request, number="RS/2026/7", at=clock.now())
    data = world.browser(world.region).get(f"{DESK}/{request}/beslut.pdf").data
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        words = " ".join(document[0].get_textpage().get_text_bounded().split())
    today = clock.today()
    assert "Nummer 2, diarienummer RS/2026/7" in words
    assert today.isoformat() not in words and f" {today.year}" in words


@pytest.mark.parametrize("typed", ["kvart över nio", "25.00", "8"])
def test_a_time_that_is_none_is_asked_for_as_hour_and_minute(world: World, typed: str) -> None:
    filled = {"Klockan": typed, "came_by": "telefon", "Vad som begärs": "Allt"}
    page = submit(world.browser(world.region), f"{DESK}/ny", filled, "Spara och välj handlingar").get_data(as_text=True)
    assert "Skriv klockslaget med timme och minut, som 14.05." in page and "tecken" not in page


def test_whoever_asks_for_the_decision_too_early_is_told_what_is_left_and_led_there(world: World, sent: Sent) -> None:
    request, (form, cv) = prepared(world, sent, "application", "cv")
    browser = world.browser(world.region)
    told = browser.get(f"{DESK}/{request}/beslut")
    assert (told.status_code, told.headers["Location"]) == (303, f"{DESK}/{request}")
    assert "Kvar att pröva är nummer 1 och 2." in browser.get(f"{DESK}/{request}").get_data(as_text=True)
    with world.writing(scope.authority(world.authority)) as session:
        review_record(
            session, actor=registrar(world), request_id=request, record_id=cv, shown=shown(session, cv),
            answer=Answer.WITHHELD, protected=False, ground="osl-21-1", reason="", pages=1, at=clock.now(),
        )  # fmt: skip
    browser.get(f"{DESK}/{request}/beslut")
    page = browser.get(f"{DESK}/{request}").get_data(as_text=True)
    assert "Kvar att pröva är nummer 1." in page and f"/handlingar/{form}" in page


@pytest.mark.parametrize(
    ("numbers", "told"), [([4], "nummer 4"), ([9, 2, 4], "nummer 2, 4 och 9"), (list(range(1, 8)), "7 handlingar")]
)
def test_records_are_named_by_number_as_long_as_they_are_few(numbers: list[int], told: str) -> None:
    assert records_told(numbers) == told


def test_an_amount_is_set_on_the_paper_as_it_is_read_and_the_record_has_not_moved_by_it(
    world: World, sent: Sent
) -> None:
    with world.acting(scope.authority(world.authority)) as session:
        rows = select(RegisterEntry).where(RegisterEntry.kind == "application")
        entry = session.scalars(rows).one()
        source = source_of(session, entry)
    lines = [("row", "Löneanspråk\t48000 kronor per månad"), ("plain", "9999 kronor per månad")]
    assert source is not None
    assert re.search(r"Löneanspråk 39\s137 kronor per månad", words_in(set_of(source)))
    assert as_set(lines) == [("row", "Löneanspråk\t48\xa0000 kronor per månad"), ("plain", "9999 kronor per månad")]
