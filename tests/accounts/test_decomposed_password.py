"""A password is the same whether a keyboard writes its letters composed or apart."""

import unicodedata

from flask.testing import FlaskClient

from tests.accounts.people import PASSWORD, give_account, letters, link_in
from tests.forms import submit
from tests.world import World

APART = unicodedata.normalize("NFD", PASSWORD)


def test_a_password_is_the_same_however_a_keyboard_writes_its_letters(world: World, client: FlaskClient) -> None:
    email = give_account(world, world.kansli)
    assert APART != PASSWORD
    assert submit(client, "/logga-in", {"E-post": email, "Lösenord": APART}).status_code == 303


def test_who_has_just_chosen_it_can_log_in_with_it(world: World, client: FlaskClient) -> None:
    email = give_account(world, world.kansli)
    submit(client, "/losenord", {"E-post": email})
    chosen = unicodedata.normalize("NFD", "sjutton gröna hattar")
    assert submit(client, link_in(letters(world)[-1]), {"Nytt lösenord": chosen}).status_code == 303
    assert submit(client, "/logga-in", {"E-post": email, "Lösenord": chosen}).status_code == 303


def test_the_present_one_too_where_it_is_changed(world: World) -> None:
    give_account(world, world.kansli)
    browser = world.browser(world.kansli)
    new = {"password": APART, "new_password": "sjutton gröna hattar"}
    assert submit(browser, "/konto/losenord", new).status_code == 303
