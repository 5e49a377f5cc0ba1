"""Minutes that somebody asks for are chosen, read page by page, covered where they are secret and listed, as others are."""

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.disclosure.models import CoveredMinutes, DisclosureRequest
from portal.disclosure.queries.covered import covered_of
from portal.disclosure.queries.requests import asked_for, waiting
from portal.jobs.tasks import work_off_due
from portal.register.models import CaseRecord
from tests.applicants import send_applications
from tests.disclosure.asking import note, take_decision, verbs
from tests.disclosure.test_opened import met  # noqa: F401
from tests.forms import submit
from tests.review.panel import Panel
from tests.world import World

DESK = "/arbete/utlamnande"
SECRET = {"ground": "osl-39-5a", "reason": "Ordningen"}
UPPER = {"left": "0", "top": "0", "right": "100", "bottom": "50"}
CHOOSE, SAVE = "Spara urvalet", "Spara prövningen"


@pytest.fixture
def minutes(world: World, met: Panel) -> CaseRecord:  # noqa: F811
    with world.acting(scope.authority(world.authority)) as session:
        return session.scalars(select(CaseRecord)).one()


@pytest.fixture
def request_id(world: World, met: Panel) -> UUID:  # noqa: F811
    with world.writing(scope.authority(world.authority)) as session:
        return note(session, world, asked="Protokollet")


def choose(world: World, request: UUID, minutes: CaseRecord, *, ticked: bool = True, button: str = CHOOSE) -> Any:
    wanted = {"record": [str(minutes.id)] if ticked else []}
    return submit(world.browser(world.region), f"{DESK}/{request}/handlingar", wanted, button)


def covered(world: World, request: UUID) -> list[CoveredMinutes]:
    with world.acting(scope.authority(world.authority)) as session:
        return list(session.scalars(select(CoveredMinutes).where(CoveredMinutes.request_id == request)))


def test_of_minutes_what_is_secret_is_covered_and_the_rest_is_handed_out_and_listed(
    world: World, request_id: UUID, minutes: CaseRecord
) -> None:
    assert choose(world, request_id, minutes).status_code == 303
    work_off_due(world.app)
    (row,) = covered(world, request_id)
    browser, one = world.browser(world.region), f"{DESK}/{request_id}/handlingar/{row.id}"
    read = browser.get(one).get_data(as_text=True)
    assert f"Protokoll från bedömningsmötet, nummer {minutes.register_number}" in read and "Hela ärendet" in read
    assert "Någon i handlingen har skyddade" in read and "Personen har skyddade" not in read, "it is about nobody alone"
    assert browser.get(f"{one}/1.png").data.startswith(b"\x89PNG")
    assert submit(browser, f"{one}/1", SECRET | UPPER, "Lägg till rutan").status_code == 303
    early = submit(browser, one, {"answer": "maskad"}, SAVE)
    assert early.status_code == 422 and "Alla sidor är inte godkända" in early.get_data(as_text=True)
    assert browser.get(f"{one}.pdf").status_code == 404, "not before it is reviewed"
    submit(browser, f"{one}/1", {}, "Godkänn och visa nästa")
    assert submit(browser, one, {"answer": "maskad"}, SAVE).status_code == 303
    listed = browser.get(f"{DESK}/{request_id}").get_data(as_text=True)
    assert "Lämnas ut maskad" in listed and f"Hämta nummer {minutes.register_number} (PDF)" in listed
    (page,) = pypdfium2.PdfDocument(io.BytesIO(browser.get(f"{one}.pdf").data))
    dots = next(iter(page.get_objects())).get_bitmap().to_pil().convert("L")
    assert dots.crop((0, 0, dots.width, dots.height // 2)).getextrema() == (0, 0)
    assert dots.crop((0, dots.height // 2 + 4, *dots.size)).getextrema() != (0, 0), "the rest can be read"
    decision = browser.get(f"{DESK}/{request_id}/beslut").get_data(as_text=True)
    assert f"Nummer {minutes.register_number}, protokoll från bedömningsmötet: lämnas ut maskad. Grund:" in decision
    assert take_decision(browser, request_id).status_code == 303
    with world.acting(scope.authority(world.authority)) as session:
        assert session.get_one(DisclosureRequest, request_id).outcome == "delvis"
    assert {"record.maskad", "record.page_approved", "record.handed_out", "request.delvis"} <= set(verbs(world))


@pytest.mark.parametrize(("answer", "outcome"), [("oppen", "helt"), ("hemlig", "avslag")])
def test_they_can_be_handed_out_as_they_are_or_not_at_all(
    world: World, request_id: UUID, minutes: CaseRecord, answer: str, outcome: str
) -> None:
    choose(world, request_id, minutes)
    (row,) = covered(world, request_id)
    browser, one = world.browser(world.region), f"{DESK}/{request_id}/handlingar/{row.id}"
    assert submit(browser, one, {"answer": answer, "ground": "osl-39-5a"}, SAVE).status_code == 303
    assert browser.get(f"{one}.pdf").status_code == (200 if answer == "oppen" else 404)
    assert take_decision(browser, request_id).status_code == 303
    with world.acting(scope.authority(world.authority)) as session:
        assert session.get_one(DisclosureRequest, request_id).outcome == outcome


def test_what_is_no_longer_chosen_is_let_go_of_and_all_of_a_case_is_its_minutes_too(
    world: World, request_id: UUID, minutes: CaseRecord
) -> None:
    choose(world, request_id, minutes)
    assert len(covered(world, request_id)) == 1
    choose(world, request_id, minutes, ticked=False)
    assert covered(world, request_id) == []
    choose(world, request_id, minutes, button="Välj alla i ärendet")
    with world.acting(scope.authority(world.authority)) as session:
        numbers = [one.line.number for one in covered_of(session, request_id)]
    assert numbers == list(range(1, 11)), "by number, with the records of applications"


def test_a_request_for_minutes_alone_waits_for_them_and_keeps_no_application(
    world: World, request_id: UUID, minutes: CaseRecord
) -> None:
    own = scope.authority(world.authority)
    with world.acting(own) as session:
        assert len(asked_for(session, world.authority, at=clock.now())) == 3, (
            "while nothing is chosen it may be for any"
        )
    choose(world, request_id, minutes)
    with world.acting(own) as session:
        assert asked_for(session, world.authority, at=clock.now()) == set()
        (one,) = waiting(session, world.authority, on=clock.today() + timedelta(days=1))
        assert (one.records, one.left) == (1, 1)


def test_whoever_competes_in_the_case_reads_no_minutes_of_it_that_are_asked_for(
    world: World,
    met: Panel,  # noqa: F811
    request_id: UUID,
    minutes: CaseRecord,
) -> None:
    choose(world, request_id, minutes)
    (row,) = covered(world, request_id)
    browser = world.browser(world.region)
    roads = [f"{DESK}/{request_id}{tail}" for tail in ("", f"/handlingar/{row.id}", f"/handlingar/{row.id}/1.png")]
    assert [browser.get(road).status_code for road in roads] == [200, 200, 200]
    send_applications(world, met.ad, 1, start=8, emails=("region@example.se",))
    assert [browser.get(road).status_code for road in roads] == [404, 404, 404]
