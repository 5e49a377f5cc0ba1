"""Of two applications from one address the first is taken back: whoever reads the address is asked about the second anew."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from portal import clock, scope
from portal.applications.services.withdrawing import withdraw_application
from portal.jobs.tasks import run_rounds
from tests.applications.paper import applications_in, apply, letters, private_link, readdress
from tests.applications.test_private import question_link
from tests.applications.test_withdrawing import BUTTON
from tests.door import inside, own_browser, show, submit_inside
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
WAITS = "En ansökan till från din adress väntar på ditt svar"


def two_sent(world: World, client: FlaskClient, employer: str) -> tuple[Published, str, str]:
    """Two applications from one address; the private links of both."""
    ad = publish_ad(world, employer=employer)
    first = private_link(apply(client, ad))
    return ad, first, private_link(apply(world.browser(), ad, Namn="Alma E. Ekdahl"))


def states_in(world: World, ad: Published) -> list[str]:
    return sorted(row.state for row in applications_in(world, ad))


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_the_second_is_asked_about_anew_and_counts_only_when_the_address_says_so(
    world: World, client: FlaskClient, employer: str
) -> None:
    ad, first, _second = two_sent(world, client, employer)
    assert WAITS in show(world, f"{first}/ta-tillbaka").get_data(as_text=True)
    assert submit_inside(world, f"{first}/ta-tillbaka", {}, BUTTON).status_code == 303
    for _ in range(2):  # told twice it is asked once
        run_rounds(world.app)
    assert states_in(world, ad) == ["proposal", "withdrawn"], "a stranger's does not count by itself"
    _earlier, asked = letters(world, "proposal")
    assert "Den första är nu tillbakatagen." in asked.body and "gäller den första" not in asked.body
    page = show(world, question_link(world)).get_data(as_text=True)
    assert "Ska ansökan gälla?" in page and "den första" not in page.lower()
    assert submit_inside(world, question_link(world), {}, "Låt den gälla").status_code == 303
    assert states_in(world, ad) == ["sent", "withdrawn"]


def test_whoever_did_not_send_it_lets_it_go(world: World, client: FlaskClient) -> None:
    ad, first, _second = two_sent(world, client, "authority")
    submit_inside(world, f"{first}/ta-tillbaka", {}, BUTTON)
    run_rounds(world.app)
    assert submit_inside(world, question_link(world), {}, "Den ska inte gälla").status_code == 303
    assert states_in(world, ad) == ["declined", "withdrawn"]


def test_the_page_of_the_second_says_nothing_of_the_first(world: World, client: FlaskClient) -> None:
    _ad, _first, second = two_sent(world, client, "authority")
    assert WAITS not in show(world, f"{second}/ta-tillbaka").get_data(as_text=True)


def test_one_whose_address_is_mended_away_leaves_the_question_too(world: World, client: FlaskClient) -> None:
    ad, first, _second = two_sent(world, client, "authority")
    browser = own_browser(world)
    place = inside(world, browser, f"{first}/andra/uppgifter")
    assert readdress(browser, place, {"email": "bea@example.se"}, "Spara ändringarna").status_code == 303
    run_rounds(world.app)
    _earlier, asked = letters(world, "proposal")
    assert asked.to == "alma@example.se" and "Den första har nu en annan adress." in asked.body
    assert submit_inside(world, question_link(world), {}, "Låt den gälla").status_code == 303
    assert states_in(world, ad) == ["sent", "sent"]


def test_where_a_third_counts_by_then_nothing_is_asked_anew(world: World, client: FlaskClient) -> None:
    ad, first, _second = two_sent(world, client, "authority")
    submit_inside(world, f"{first}/ta-tillbaka", {}, BUTTON)
    apply(world.browser(), ad)
    run_rounds(world.app)
    assert len(letters(world, "proposal")) == 1 and states_in(world, ad) == ["proposal", "sent", "withdrawn"]
    assert "Byt ut den första" in show(world, question_link(world)).get_data(as_text=True)


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_one_that_waited_for_the_first_is_asked_about_when_what_replaced_that_is_taken_back(
    world: World, client: FlaskClient, employer: str
) -> None:
    ad, _first, _second = two_sent(world, client, employer)
    third = private_link(apply(world.browser(), ad, Namn="Alma F. Ekdahl"))
    assert submit_inside(world, question_link(world), {}, "Byt ut den första").status_code == 303  # with the third
    run_rounds(world.app)
    assert states_in(world, ad) == ["proposal", "replaced", "sent"] and len(letters(world, "proposal")) == 2
    assert WAITS in show(world, f"{third}/ta-tillbaka").get_data(as_text=True)
    assert submit_inside(world, f"{third}/ta-tillbaka", {}, BUTTON).status_code == 303
    before = len(letters(world, "proposal"))  # a party erases with the third what was asked about it
    run_rounds(world.app)
    assert len(letters(world, "proposal")) == before + 1
    assert submit_inside(world, question_link(world), {}, "Låt den gälla").status_code == 303
    assert states_in(world, ad) == ["replaced", "sent", "withdrawn"]


def test_so_too_after_a_second_replacement(world: World, client: FlaskClient) -> None:
    """The second and the third wait for the first; the fourth, which waits for the third, is asked about at last."""
    ad, _first, _second = two_sent(world, client, "party")
    asked_second = question_link(world)
    apply(world.browser(), ad, Namn="Alma F. Ekdahl")
    assert submit_inside(world, question_link(world), {}, "Byt ut den första").status_code == 303
    apply(world.browser(), ad, Namn="Alma G. Ekdahl")  # waits for the third
    assert submit_inside(world, asked_second, {}, "Byt ut den första").status_code == 303
    (second,) = [row for row in applications_in(world, ad) if row.state == "sent"]
    with world.writing(scope.party(ad.party_id)) as session:
        withdraw_application(session, application_id=second.id, at=clock.now())
    before = len(letters(world, "proposal"))
    run_rounds(world.app)
    assert len(letters(world, "proposal")) == before + 1
