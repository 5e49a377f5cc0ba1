"""Whoever is under a code name and writes how they are reached, after they have applied, is asked first: it goes to more than
one, and what has arrived with an authority is never taken back."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.applications.models import Application, CandidateRequest
from portal.applications.states import State
from portal.letterbox.models import Message
from tests.applications import paper
from tests.door import own_browser
from tests.forms import submit, submit_page
from tests.protection.applying import apply, name_as_reader
from tests.world import World, publish_ad

CALL, PHONE = "Ring 070-174 06 77.", "070-174 06 77"
ANYWAY = "Det som står där visar inte vem jag är. Skicka ändå."
ASKED = f"Här står {PHONE}, och det läses av fler än den som får öppna ditt namn."
PLACES = {
    "/brev": (Message, "Skicka brevet", {}),
    "/mina-uppgifter": (CandidateRequest, "Skicka begäran", {"kind": "objection"}),
}

Own = tuple[FlaskClient, str]


@pytest.fixture
def own(world: World) -> Own:
    """The browser and the address of one who has applied under a code name."""
    name_as_reader(world, world.kansli)
    browser = own_browser(world)
    return browser, apply(browser, publish_ad(world)).location.removesuffix("/spara")


def written(world: World, model: type[Message] | type[CandidateRequest]) -> int:
    with world.acting(scope.party(world.party)) as session:
        return len(session.scalars(select(model)).all())


def send(own: Own, place: str, text: str) -> TestResponse:
    _model, button, more = PLACES[place]
    return submit(own[0], own[1] + place, {**more, "text": text}, button)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "text",
    [
        CALL,
        f"Ring mig i detta ärende: {PHONE}.",
        "Skriv till a.b@example.org.",
        "Jag är 19800101-0019.",
        "Se https://example.org/jag",
    ],
)
def test_it_is_asked_about_before_anybody_reads_it_and_the_words_stay(
    world: World, own: Own, place: str, text: str
) -> None:
    asked = send(own, place, text)
    page = asked.get_data(as_text=True)
    assert asked.status_code == 422 and "Här står " in page and text in page and ANYWAY in page
    assert written(world, PLACES[place][0]) == 0
    assert (ASKED in page) is (PHONE in text)


@pytest.mark.parametrize("place", PLACES)
def test_who_means_it_sends_it_and_who_takes_it_away_needs_no_box(world: World, own: Own, place: str) -> None:
    model, button, _more = PLACES[place]
    browser, address = own[0], own[1] + place
    assert ANYWAY not in browser.get(address).get_data(as_text=True)
    asked = send(own, place, CALL)
    assert submit_page(browser, asked, address, {ANYWAY: True}, button).status_code == 303
    assert written(world, model) == 1
    if model is Message:
        assert submit_page(browser, asked, address, {"text": "När får jag veta?"}, button).status_code == 303
        assert written(world, model) == 2


@pytest.mark.parametrize("place", PLACES)
def test_it_is_asked_in_the_language_of_the_candidate(world: World, own: Own, place: str) -> None:
    model, _button, more = PLACES[place]
    browser, address = own[0], f"{own[1]}{place}?lang=en"
    button = {Message: "Send the letter", CandidateRequest: "Send the request"}[model]
    page = submit(browser, address, {**more, "text": CALL}, button).get_data(as_text=True)
    assert f"It says {PHONE} here" in page and "Send it all the same." in page and "Här står" not in page


@pytest.mark.parametrize("place", PLACES)
def test_who_applies_under_their_own_name_is_asked_nothing(world: World, place: str) -> None:
    browser = own_browser(world)
    link = paper.private_link(paper.apply(browser, publish_ad(world)))
    assert send((browser, link), place, CALL).status_code == 303
    assert written(world, PLACES[place][0]) == 1


def test_where_no_letter_can_be_sent_that_is_what_is_said(world: World, own: Own) -> None:
    shown = own[0].get(f"{own[1]}/brev")
    with world.writing(scope.party(world.party)) as session:
        row = session.scalars(select(Application)).one()
        row.state, row.withdrawn_at = State.WITHDRAWN, clock.now()
    page = submit_page(own[0], shown, f"{own[1]}/brev", {"text": CALL}, "Skicka brevet").get_data(as_text=True)
    assert "Ansökan är tillbakatagen, så det går inte att skriva här." in page and "Här står" not in page
