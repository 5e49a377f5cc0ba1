"""The tries of a code at the door: six digits are one, anything else is none, and after five another must be asked for."""

import pytest
from flask.testing import FlaskClient

from tests.applications.paper import apply, private_link
from tests.door import AGAIN, codes, press, type_code
from tests.forms import submit
from tests.world import World, publish_ad

SAID = "Koden stämmer inte, eller så har den gått ut."


@pytest.fixture
def link(world: World, client: FlaskClient) -> str:
    """The private link of what Alma has sent."""
    return private_link(apply(client, publish_ad(world)))


def another(code: str) -> str:
    """Six digits that are not the code."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_code_is_tried_five_times_and_then_another_must_be_asked_for(world: World, link: str) -> None:
    browser = world.browser()
    place = press(browser, link)
    (code,) = codes(world)
    wrong = [type_code(browser, place, another(code)) for _ in range(5)]
    assert {answer.status_code for answer in wrong} == {422} and SAID in wrong[0].get_data(as_text=True)
    assert "fem gånger" in wrong[4].get_data(as_text=True) and "fem gånger" not in wrong[3].get_data(as_text=True)
    late = type_code(browser, place, code)
    assert late.status_code == 422 and "Be om en ny kod." in late.get_data(as_text=True)
    assert submit(browser, place, {}, AGAIN).headers["Location"] == place
    assert type_code(browser, place, codes(world)[-1]).status_code == 303
    assert "Mottagen" in browser.get(place).get_data(as_text=True)


@pytest.mark.parametrize("typed", ["", "12345", "kod"])
def test_what_cannot_be_a_code_is_asked_for_again_and_uses_up_no_try(world: World, link: str, typed: str) -> None:
    browser = world.browser()
    place = press(browser, link)
    for _ in range(6):
        asked = type_code(browser, place, typed)
        assert asked.status_code == 422 and "Skriv koden ur mejlet: sex siffror." in asked.get_data(as_text=True)
    assert type_code(browser, place, codes(world)[-1]).status_code == 303
