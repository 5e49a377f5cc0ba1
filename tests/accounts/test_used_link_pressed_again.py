"""A mailed link that is used up, and its button pressed once more: whoever used it comes to where the first press led, and
nobody else learns or gets anything."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.accounts.people import PASSWORD, code_now, give_account, letters, link_in, log_in, secret_on
from tests.accounts.test_invitation import enrol, everything, invite
from tests.forms import fields_of, submit, submit_page
from tests.world import World

Clock = Callable[[str], datetime]
NEW = "gurka tofs lampa å 9"


def as_it_was(world: World, browser: FlaskClient) -> FlaskClient:
    """The browser as the second click of two finds it, before the first has answered."""
    same = world.browser()
    same._cookies = dict(browser._cookies)
    return same


def led(answer: TestResponse) -> str:
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"]


def is_over(answer: TestResponse) -> bool:
    return answer.status_code == 404 and "Länken gäller inte" in answer.get_data(as_text=True)


def invited_to_another_home(world: World) -> str:
    """Elof, who is in the party, is invited by the rival's office."""
    give_account(world, world.elof)
    form = {"Namn": "Elof", "E-post": "elof@example.se", "role": "ledamot"}
    assert submit(world.browser(world.rival_kansli), "/arbete/personer", form).status_code == 303
    return link_in(letters(world)[-1])


def test_yes_to_an_invitation_twice_leads_to_the_start_page_twice(world: World) -> None:
    path, browser = invited_to_another_home(world), world.browser(world.elof)
    page, meanwhile = browser.get(path), as_it_was(world, browser)
    assert led(submit_page(browser, page, path, {}, "Tacka ja")) == "/arbete"
    before = everything(world)
    assert led(submit_page(meanwhile, page, path, {}, "Tacka ja")) == "/arbete", "a double click"
    assert led(submit_page(browser, page, path, {}, "Tacka ja")) == "/arbete", "back, and again"
    assert everything(world) == before
    for other in (world.browser(world.gunnel), world.browser()):
        token = fields_of(other.get("/konto" if other.get("/konto").status_code == 200 else "/logga-in"))["csrf_token"][
            0
        ]
        assert is_over(other.post(path, data={"csrf_token": token}))
    assert everything(world)[:3] == before[:3]


def test_the_first_code_twice_leads_in_and_lets_nobody_else_in(world: World, client: FlaskClient) -> None:
    path = invite(world)
    chosen = led(submit(client, path, {"Namn": "Nina Ny", "Välj ett lösenord": PASSWORD}))
    page = client.get(chosen)
    meanwhile, code = as_it_was(world, client), code_now(secret_on(page))
    assert led(submit_page(client, page, chosen, {"code": code})) == "/arbete"
    before = everything(world)
    assert led(submit_page(meanwhile, page, chosen, {"code": code})) == "/logga-in", "a double click"
    assert meanwhile.get("/arbete").status_code == 303, "what the browser chose before opens nothing by itself"
    assert led(client.get("/logga-in")) == "/arbete", "and with the first one's log-in one is in"
    assert client.get("/arbete").status_code == 200
    assert led(submit_page(client, page, chosen, {"code": code})) == "/arbete", "back, and again"
    assert everything(world) == before
    other = world.browser(world.gunnel)
    token = fields_of(other.get("/konto"))["csrf_token"][0]
    assert is_over(other.post(chosen, data={"csrf_token": token, "code": code}))
    assert everything(world)[:3] == before[:3]


def test_the_password_form_of_an_invitation_that_is_used_leads_its_person_in(world: World, client: FlaskClient) -> None:
    path = invite(world)
    page = client.get(path)
    enrol(client, path)
    assert client.get("/arbete").status_code == 200
    typed = {"Namn": "Nina Ny", "Välj ett lösenord": PASSWORD}
    assert led(submit_page(client, page, path, typed)) == "/arbete"


def test_a_new_password_by_link_twice_leads_to_the_log_in_twice(world: World, client: FlaskClient) -> None:
    email = give_account(world, world.kansli)
    submit(client, "/losenord", {"E-post": email})
    path = link_in(letters(world)[-1])
    page = client.get(path)
    meanwhile = as_it_was(world, client)
    assert led(submit_page(client, page, path, {"Nytt lösenord": NEW})) == "/logga-in"
    before = everything(world)
    for browser in (meanwhile, client):
        assert led(submit_page(browser, page, path, {"Nytt lösenord": NEW})) == "/logga-in"
        assert "Lösenordet är bytt" in browser.get("/logga-in").get_data(as_text=True)
    assert is_over(submit_page(client, page, path, {"Nytt lösenord": "sjutton gröna hattar"}))
    assert everything(world) == before
    assert log_in(client, email, password=NEW).status_code == 303
    page = client.get("/konto/losenord")
    token = fields_of(page)["csrf_token"][0]
    again = client.post(path, data={"csrf_token": token, "password": NEW})
    assert led(again) == "/logga-in" and led(client.get("/logga-in")) == "/arbete"
    assert "Lösenordet är bytt." in client.get("/arbete").get_data(as_text=True)
    other = client.post(path, data={"csrf_token": token, "password": "något annat än det"})
    assert led(other) == "/konto/losenord", "where whoever is logged in changes it"
    told = client.get("/konto/losenord").get_data(as_text=True)
    assert "Länken är redan använd, så lösenordet är som det var." in told
    assert everything(world)[0] == before[0]


@pytest.mark.parametrize("logged_in", [False, True])
def test_a_link_that_a_newer_one_has_replaced_says_so_and_never_that_the_password_is_changed(
    world: World, set_clock: Clock, logged_in: bool
) -> None:
    email = give_account(world, world.kansli)
    browser = world.browser()
    submit(browser, "/losenord", {"E-post": email})
    older = link_in(letters(world)[-1])
    if logged_in:
        assert log_in(browser, email).status_code == 303
    page = browser.get(older)
    set_clock("2026-11-23T10:05")
    submit(world.browser(), "/losenord", {"E-post": email})
    newer = link_in(letters(world)[-1])
    assert newer != older
    before = everything(world)
    for answer in (
        browser.get(older),
        submit_page(browser, page, older, {"Nytt lösenord": PASSWORD}),
        submit_page(browser, page, older, {"Nytt lösenord": NEW}),
    ):
        assert is_over(answer)
        assert "Det har skickats en nyare länk. Öppna det senaste mejlet" in answer.get_data(as_text=True)
    assert everything(world) == before
    assert led(submit(browser, newer, {"Nytt lösenord": NEW})) == "/logga-in"
    late = submit_page(browser, page, older, {"Nytt lösenord": NEW})
    assert is_over(late) and "nyare länk. Öppna" not in late.get_data(as_text=True), "the newer one is used as well"


def test_a_used_link_that_another_letter_followed_is_still_known_as_used(world: World, set_clock: Clock) -> None:
    email, browser = give_account(world, world.kansli), world.browser()
    submit(browser, "/losenord", {"E-post": email})
    path = link_in(letters(world)[-1])
    page = browser.get(path)
    assert led(submit_page(browser, page, path, {"Nytt lösenord": NEW})) == "/logga-in"
    set_clock("2026-11-23T10:05")
    submit(world.browser(), "/losenord", {"E-post": email})
    assert led(submit_page(browser, page, path, {"Nytt lösenord": NEW})) == "/logga-in"


@pytest.mark.parametrize("used", [True, False])
def test_a_used_link_to_a_password_is_no_more_to_a_guesser_than_the_log_in(world: World, used: bool) -> None:
    email, browser = give_account(world, world.kansli), world.browser()
    submit(browser, "/losenord", {"E-post": email})
    path = link_in(letters(world)[-1])
    page = browser.get(path)
    submit_page(browser, page, path, {"Nytt lösenord": NEW})
    guesser = world.browser()
    token = fields_of(guesser.get("/logga-in"))["csrf_token"][0]
    where = path if used else "/losenord/" + "x" * 24
    for n in range(10):
        assert is_over(guesser.post(where, data={"csrf_token": token, "password": f"fel lösenord igen {n}"}))
    assert is_over(guesser.post(where, data={"csrf_token": token, "password": NEW})), "no eleventh guess is weighed"
