"""Whoever competes for a post reads nothing of its case from the authority's side, takes nothing out and decides nothing."""

from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.disclosure.requests import Answer, Outcome
from portal.register.models import CaseRecord, RegisterEntry
from tests.applicants import send_applications
from tests.disclosure.asking import covering, decide, note, review
from tests.disclosure.test_opened import met  # noqa: F401
from tests.doors import csrf_token
from tests.review.panel import Panel
from tests.world import World

DESK, REGISTER = "/arbete/utlamnande", "/arbete/inkomna"
# What the register is to everybody, and what is about no recruitment: lines without a paper, a new request, the authority's
# own number of a case.
OPEN = {"disclosure.register", "disclosure.taken", "disclosure.requests", "disclosure.new_request", "disclosure.diary"}


@pytest.fixture
def places(world: World, met: Panel) -> dict[str, UUID | int]:  # noqa: F811
    """A decided request for a record of the case, and what else its addresses are made of."""
    one = met.sent[0]
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world, asked="Allt om Kvittjärn")
        (record,) = covering(session, world, request, one, "application")
        review(session, world, request, record, Answer.OPEN)
        decide(session, world, request, "Beslut om Kvittjärn.", Outcome.WHOLE)
        of_one = select(RegisterEntry).where(RegisterEntry.application_id == one.id)
        entry = session.scalars(of_one.where(RegisterEntry.kind == "cv")).one()
        return {
            "request_id": request, "application_id": one.id, "entry_id": entry.id, "number": 1,
            "document_id": entry.document_id or one.id, "ad_id": met.ad.id,
            "record_id": record, "case_record": session.scalars(select(CaseRecord.id)).one(),
        }  # fmt: skip


def addresses(world: World, places: dict[str, UUID | int]) -> list[tuple[str, str, str]]:
    """Every road of the register and of the desk for requests to this case: endpoint, method and address."""
    found = []
    with world.app.test_request_context():
        urls = world.app.url_map.bind("localhost")
        for rule in world.app.url_map.iter_rules():
            if rule.endpoint.startswith("disclosure.") and rule.endpoint not in OPEN:
                own = {name: places[name] for name in rule.arguments}
                if rule.endpoint == "disclosure.case_minutes":
                    own["record_id"] = places["case_record"]
                address = urls.build(rule.endpoint, own)
                found += [
                    (rule.endpoint, method, address) for method in sorted((rule.methods or set()) & {"GET", "POST"})
                ]
    return found


def status_of(browser: FlaskClient, method: str, address: str) -> int:
    if method == "GET":
        return browser.get(address).status_code
    return browser.post(address, data={"csrf_token": csrf_token("region", browser), "do": "all"}).status_code


def apply_oneself(world: World, met: Panel) -> None:  # noqa: F811
    send_applications(world, met.ad, 1, start=8, emails=("region@example.se",))


def test_every_road_to_the_case_is_a_colleagues(
    world: World,
    met: Panel,  # noqa: F811
    places: dict[str, UUID | int],
) -> None:
    browser, roads = world.browser(world.region), addresses(world, places)
    assert len(roads) > 15
    there = {address for _, method, address in roads if method == "GET" and browser.get(address).status_code != 404}
    assert there == {address for _, method, address in roads if method == "GET"}, "to whoever does not compete"
    apply_oneself(world, met)
    unused = browser.get(f"{DESK}/{world.authority}").data
    for endpoint, method, address in roads:
        assert status_of(browser, method, address) == 404, (endpoint, method)
    assert browser.get(f"{DESK}/{places['request_id']}").data == unused, "as if it did not exist"


def test_neither_minutes_nor_request_nor_decision_go_with_the_folder(
    world: World,
    met: Panel,  # noqa: F811
    places: dict[str, UUID | int],
) -> None:
    def folder() -> list[str]:
        answer = world.browser(world.region).get(f"{REGISTER}/register.zip?filer=ja")
        return [name for name in ZipFile(BytesIO(answer.data)).namelist() if name.startswith("handlingar")]

    assert {"minutes", "request", "decision"} <= {name.rsplit("-", 1)[1].split(".")[0] for name in folder()}
    apply_oneself(world, met)
    assert folder() == []


def test_lists_leave_out_what_is_a_colleagues_and_a_case_one_competes_in_is_not_there_to_choose(
    world: World,
    met: Panel,  # noqa: F811
    places: dict[str, UUID | int],
) -> None:
    with world.writing(scope.authority(world.authority)) as session:
        other = note(session, world, asked="Något annat", came_at=clock.now())
    browser = world.browser(world.region)
    lists = (DESK, "/arbete", f"{DESK}/{other}/handlingar")
    of_case = (str(places["request_id"]), str(places["request_id"]), met.sent[0].name)
    for page, word in zip(lists, of_case, strict=True):
        assert word in browser.get(page).get_data(as_text=True)
    apply_oneself(world, met)
    for page, word in zip(lists, of_case, strict=True):
        told = browser.get(page)
        assert told.status_code == 200 and word not in told.get_data(as_text=True)
    assert str(other) in browser.get(DESK).get_data(as_text=True)
    assert met.sent[0].name in browser.get(REGISTER).get_data(as_text=True), "the register itself is public"
