"""Whoever competes for a post, or has jäv for who is to have it, decides nothing of the employment either (KL 6:28, 7:4)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock, scope
from portal.applications.services.withdrawing import withdraw_application
from portal.contracts.onboarding.queries import onboarding_of
from portal.decisions.models import Outcome
from portal.review.deciding.models import DecidingAnswer
from tests.applicants import Sent, send_applications
from tests.contracts.acts.changing import END, change, employ, post, shown, stored
from tests.contracts.hiring import fill, hired
from tests.contracts.onboarding_lists import begin
from tests.decisions.recruiting import address
from tests.decisions.test_outcome import token_on
from tests.privacy.candidates import Clock
from tests.world import Published, World

REGISTER = "/arbete/anstallningar"
Winner = tuple[UUID, Published, Sent]
# What is written down of the first days decides nothing of the employment: whoever has jäv may tick.
OF_FIRST_DAYS = "contracts.onboarding"


@pytest.fixture
def winner(world: World, set_clock: Clock) -> Winner:
    """The employment of the only one who had applied, its ad and its application."""
    published, sent = hired(world, set_clock, 1)
    answer = fill(world.browser(world.kansli), published, sent[0])
    return UUID(answer.headers["Location"].rsplit("/", 1)[1]), published, sent[0]


def compete(world: World, winner: Winner, email: str = "kansli@example.se") -> None:
    send_applications(world, winner[1], 1, start=5, emails=(email,))


def say_conflict(world: World) -> None:
    """The office's own answer about the one who was decided about is another by now."""
    with world.writing(scope.party(world.party)) as session:
        row = session.scalars(select(DecidingAnswer)).one()
        row.has_conflict, row.ground = True, "narstaende"


def of_an_employment(app: Flask) -> Iterator[Any]:
    """Every address of one employment."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("contracts.") and "employment_id" in rule.arguments:
            yield rule


def test_every_address_of_an_employment_has_the_door_and_what_decides_has_the_stricter_one(app: Flask) -> None:
    """A new route fails here until it has one of the two decorators of `contracts.routes.aside`."""
    doors = {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], "__stands_aside__", None)
        for rule in of_an_employment(app)
    }
    decide = {rule.endpoint for rule in of_an_employment(app) if "POST" in rule.methods}
    decide = {name for name in decide if not name.startswith(OF_FIRST_DAYS)} | {"contracts.renew_one"}
    assert len(doors) > 30
    assert doors == {name: "concerned" if name in decide else "competing" for name in doors}


def answers(world: World, id: UUID, app: Flask) -> dict[str, int]:
    """What each address says to the office, sent with its token where it is written to."""
    browser = world.browser(world.kansli)
    token = token_on(browser, "/konto")
    values = {"employment_id": id, "number": 1, "step_id": uuid4()}
    adapter, found = app.url_map.bind("localhost"), {}
    for rule in of_an_employment(app):
        place = adapter.build(
            rule.endpoint, {name: values[name] for name in rule.arguments} | dict(rule.defaults or {})
        )
        writes = "POST" in rule.methods
        answer = browser.post(place, data={"csrf_token": token}) if writes else browser.get(place)
        if found.get(rule.endpoint, 404) == 404:  # a page may have two addresses: what lets in is told
            found[rule.endpoint] = answer.status_code
    return found


def test_for_whoever_has_applied_nothing_of_the_winners_employment_is_there(world: World, winner: Winner) -> None:
    id = winner[0]
    begin(world, id)
    before = world.browser(world.kansli)
    assert before.get(f"{REGISTER}/{id}").status_code == before.get(f"{REGISTER}/{id}/avtal").status_code == 200
    compete(world, winner)
    assert world.browser(world.kansli).get(address(winner[1])).status_code == 404, "as the case itself"
    told = answers(world, id, world.app)
    assert {name for name, status in told.items() if status != 404} == set()


def test_one_who_has_applied_does_not_call_the_winners_employment_off(world: World, winner: Winner) -> None:
    id = winner[0]
    compete(world, winner)
    told = post(world, id, "/stall-in", {"installd-decided": "2026-12-14", "installd-seen": "0"})
    with world.acting(scope.party(world.party)) as session:
        freed = session.scalars(select(Outcome)).one().called_off_at
    assert (told.status_code, stored(world, id).never_began, freed) == (404, False, None)


def test_whoever_has_jav_reads_and_decides_nothing_and_is_told_that_a_colleague_does(
    world: World, winner: Winner
) -> None:
    id = winner[0]
    assert "jäv" not in shown(world, id)
    say_conflict(world)
    told = post(world, id, "/stall-in", {"installd-decided": "2026-12-14", "installd-seen": "0"})
    assert (told.status_code, stored(world, id).never_began) == (404, False)
    browser = world.browser(world.kansli)
    for page in ("/andra", "/beslut", "/avtal"):
        answer = browser.get(f"{REGISTER}/{id}{page}")
        text = answer.get_data(as_text=True)
        assert answer.status_code == 200 and "du har jäv för den här personen" in text, page
        assert f'action="{REGISTER}/{id}' not in text, page
    refused = answers(world, id, world.app)
    written = {name for name in refused if name.startswith(OF_FIRST_DAYS)}
    decides = {rule.endpoint for rule in of_an_employment(world.app) if "POST" in rule.methods} - written
    assert {refused[name] for name in decides} == {404}


def test_whoever_has_jav_still_looks_after_the_first_days(world: World, winner: Winner) -> None:
    say_conflict(world)
    browser = world.browser(world.kansli)
    place = f"{REGISTER}/{winner[0]}/introduktion"
    assert browser.post(place, data={"csrf_token": token_on(browser, "/konto")}).status_code == 303
    with world.acting(scope.party(world.party)) as session:
        assert onboarding_of(session, winner[0]) is not None


def test_an_employment_of_another_post_is_the_competitors_to_decide(world: World, winner: Winner) -> None:
    compete(world, winner)
    other = employ(world)
    assert change(world, other, END, decided="2026-12-14", ends="2026-12-20").status_code == 303


def test_with_the_application_taken_back_the_employment_is_there_again(world: World, winner: Winner) -> None:
    """Anybody can write anybody's address into a form."""
    (own,) = send_applications(world, winner[1], 1, start=5, emails=("kansli@example.se",))
    assert world.browser(world.kansli).get(f"{REGISTER}/{winner[0]}").status_code == 404
    with world.writing(scope.candidate(own.id)) as session:
        withdraw_application(session, application_id=own.id, at=clock.now())
    assert world.browser(world.kansli).get(f"{REGISTER}/{winner[0]}").status_code == 200


def test_a_registrar_who_competes_reads_no_contract_of_whom_they_compete_with(world: World, winner: Winner) -> None:
    browser = world.browser(world.region)
    places = [f"{REGISTER}/{winner[0]}{tail}" for tail in ("", "/avtal", "/avtal/utkast.pdf", "/beslut", "/andra")]
    assert {browser.get(place).status_code for place in places} == {200}
    compete(world, winner, "region@example.se")
    assert {browser.get(place).status_code for place in places} == {404}
    assert winner[2].name in browser.get(REGISTER).get_data(as_text=True), "the register is public and keeps its lines"


@pytest.mark.parametrize("person", ["kansli", "region"])
def test_the_register_keeps_the_line_and_leads_nowhere(world: World, winner: Winner, person: str) -> None:
    browser, link = world.browser(getattr(world, person)), f'href="{REGISTER}/{winner[0]}"'
    assert link in browser.get(REGISTER).get_data(as_text=True)
    compete(world, winner, f"{person}@example.se")
    page = browser.get(REGISTER).get_data(as_text=True)
    assert (link in page, winner[2].name in page) == (False, True)


@pytest.mark.parametrize("why", [compete, say_conflict])
def test_nobody_renews_whom_they_competed_with_or_have_jav_for(
    world: World, winner: Winner, set_clock: Clock, why: Any
) -> None:
    many = f"{REGISTER}/fornya"
    set_clock("2030-11-20T09:00")
    assert winner[2].name in world.browser(world.kansli).get(many).get_data(as_text=True)
    why(world, winner) if why is compete else why(world)
    browser = world.browser(world.kansli)
    assert winner[2].name not in browser.get(many).get_data(as_text=True)
    ticked = {"csrf_token": token_on(browser, "/konto"), "chosen": str(winner[0]), "decided": "2030-11-20", "save": "1"}
    assert browser.post(many, data=ticked).status_code == 404
    own = browser.get("/arbete/mandatskifte").get_data(as_text=True)
    assert f'value="{winner[0]}"' not in own
    assert (f'href="{REGISTER}/{winner[0]}"' in own) is (why is say_conflict)
