"""GDPR art. 16 at the office: a new address is read twice, and nothing is erased by being left out."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import scope
from portal.applications.models import Application
from portal.applications.services.drafting import key_of, read_written
from portal.web.limits import ADDRESSES_PER_APPLICATION
from portal.web.rates import the_rates
from tests.applicants import Sent
from tests.applications.paper import letters
from tests.decisions.recruiting import closed_recruitment
from tests.door import own_browser
from tests.forms import submit, submit_page
from tests.privacy.candidates import Clock, link_of, requests_in
from tests.privacy.test_registered import registered
from tests.world import World

SAVE, NEW = "Spara rättelsen", {"E-post": "elin@example.se"}
Stage = tuple[Sent, FlaskClient, str]


@pytest.fixture
def stage(world: World, set_clock: Clock) -> Stage:
    """A candidate who has asked by telephone, the office's browser, and the request's page."""
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    return one, world.browser(world.kansli), registered(world, ad, one, "correction")


def details_of(world: World, one: Sent) -> tuple[str, str, str]:
    with world.acting(scope.party(world.party)) as session:
        application = session.get_one(Application, one.id)
        written = read_written(session, application, key_of(application))
        return written.name, written.email, written.phone


def use_up(world: World, one: Sent) -> None:
    """The addresses of a day are tried."""
    with world.app.app_context():
        number = int(ADDRESSES_PER_APPLICATION.split()[0])
        assert the_rates().take(ADDRESSES_PER_APPLICATION, "addresses of", str(one.id), number) == 0


def test_a_new_address_is_shown_to_be_read_once_more_before_the_link_goes_there(world: World, stage: Stage) -> None:
    one, office, place = stage
    asked = submit(office, place, {**NEW, "Namn": "Elin Nyman"}, SAVE)
    page = asked.get_data(as_text=True)
    assert asked.status_code == 422 and "Läs adressen en gång till: elin@example.se." in page
    assert details_of(world, one)[:2] == (one.name, one.email), "nothing yet"
    changed = submit_page(office, asked, place, {"E-post": "elina@example.se"}, SAVE)
    assert changed.status_code == 422, "another address again is read again"
    assert submit_page(office, asked, place, {}, SAVE).status_code == 303
    assert details_of(world, one)[:2] == ("Elin Nyman", "elin@example.se")
    assert [mail.to for mail in letters(world, "details")] == [one.email]


def test_it_waits_after_as_many_addresses_as_a_candidate_may_try_and_keeps_what_was_typed(
    world: World, stage: Stage
) -> None:
    one, office, place = stage
    use_up(world, one)
    answer = submit_page(office, submit(office, place, NEW, SAVE), place, {}, SAVE)
    assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 0
    page = answer.get_data(as_text=True)
    assert "Försök igen i morgon." in page and 'value="elin@example.se"' in page
    assert details_of(world, one)[1] == one.email
    assert submit(office, place, {"Telefon": "070-174 06 44"}, SAVE).status_code == 303, "all but the address"


def test_what_is_left_empty_stands_and_a_telephone_goes_only_when_it_is_said(world: World, stage: Stage) -> None:
    one, office, place = stage
    assert submit(office, place, {"Namn": "Elin Nyman", "E-post": "", "Telefon": ""}, SAVE).status_code == 303
    assert details_of(world, one) == ("Elin Nyman", one.email, "070-174 06 21")
    assert submit(office, place, {"Ta bort telefonnumret": True}, SAVE).status_code == 303
    assert details_of(world, one) == ("Elin Nyman", one.email, "")
    assert "Ta bort telefonnumret" not in office.get(place).get_data(as_text=True)
    assert own_browser(world).get(link_of(world, one)).status_code == 200


def test_a_request_that_a_colleague_answers_meanwhile_changes_nothing_more_and_shows_what_was_typed(
    world: World, stage: Stage
) -> None:
    one, office, place = stage
    page: TestResponse = office.get(place)
    assert submit_page(office, page, place, {"result": "done", "text": "Klart."}, "Skicka svaret").status_code == 303
    late = submit_page(office, page, place, {"Namn": "Elin Nyman"}, SAVE)
    assert late.status_code == 409
    said = late.get_data(as_text=True)
    assert "redan besvarad" in said and "Elin Nyman" in said
    assert details_of(world, one)[0] == one.name
    assert [row.kind for row in requests_in(world)] == ["correction"]


def test_a_candidate_meets_the_same_limit_after_the_last_day(world: World, stage: Stage) -> None:
    one, _office, _place = stage
    use_up(world, one)
    own, place = own_browser(world), f"{link_of(world, one)}/mina-uppgifter/kontakt"
    answer = submit_page(own, submit(own, place, NEW), place)
    assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 0
    assert "Adressen har ändrats många gånger." in answer.get_data(as_text=True)
    assert details_of(world, one)[1] == one.email
