"""Nothing typed is lost: a form that comes after the log-in or the token has ended is given back to whoever sent it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal import clock
from portal.web.parked import LARGEST, Parked, park, typed_texts, unpark
from tests.accounts.people import PASSWORD, code_now, give_account
from tests.forms import fields_of, submit_page
from tests.world import World

Clock = Callable[[str], datetime]
LONG = 'En regel i taget.\r\n\r\nÅäö <script>alert(1)</script> & "citat"\r\n' * 400
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


def typed(client: FlaskClient) -> tuple[str, dict[str, str]]:
    """A form of the staff's, filled in."""
    token = fields_of(client.get("/arbete/parti"))["csrf_token"][0]
    return "/arbete/parti", {
        "csrf_token": token, "name": "Närvårdspartiet", "hue": "250", "controller_name": "Vi", "retention_rule": LONG,
        "group_leader_policy": "warn", "elected_policy": "forbid",
    }  # fmt: skip


def test_a_long_text_survives_a_log_in_that_ended_in_the_middle(world: World, set_clock: Clock) -> None:
    email = give_account(world, world.kansli)
    client = world.browser(world.kansli)
    path, data = typed(client)
    set_clock("2026-11-23T14:00")
    asked = client.post(path, data=data, headers=FROM_HERE)
    assert asked.status_code == 401
    assert "regel i taget" not in asked.get_data(as_text=True)
    code = submit_page(client, asked, path, {"E-post": email, "Lösenord": PASSWORD})
    assert code.status_code == 200
    kept = submit_page(client, code, "/logga-in", {"code": code_now()})
    assert "Det du skrev finns kvar" in kept.get_data(as_text=True)
    assert "<script>alert" not in kept.get_data(as_text=True)
    fields = fields_of(kept)
    assert fields["retention_rule"][0].replace("\n", "\r\n") == LONG.replace("\r\n", "\n").replace("\n", "\r\n")
    sent = submit_page(client, kept, "/logga-in/kod", button="Skicka igen")
    assert sent.status_code == 422  # it came to its own page, which says that the rule is too long
    assert "högst 300" in sent.get_data(as_text=True)


def test_what_is_given_back_is_saved_when_sent_again(world: World, set_clock: Clock) -> None:
    email = give_account(world, world.kansli)
    client = world.browser(world.kansli)
    path, data = typed(client)
    set_clock("2026-11-23T14:00")
    asked = client.post(path, data={**data, "retention_rule": "Styrelsens beslut § 12"}, headers=FROM_HERE)
    code = submit_page(client, asked, path, {"E-post": email, "Lösenord": PASSWORD})
    kept = submit_page(client, code, "/logga-in", {"code": code_now()})
    assert submit_page(client, kept, "/logga-in/kod", button="Skicka igen").status_code == 303
    assert "Styrelsens beslut § 12" in client.get("/arbete/parti").get_data(as_text=True)


def test_a_wrong_password_on_the_way_loses_nothing(world: World, set_clock: Clock) -> None:
    email = give_account(world, world.kansli)
    client = world.browser(world.kansli)
    path, data = typed(client)
    set_clock("2026-11-23T14:00")
    page = client.post(path, data=data, headers=FROM_HERE)
    for _ in range(10):
        page = submit_page(client, page, path, {"E-post": email, "Lösenord": "fel lösenord igen"})
        assert page.status_code == 422
    page = submit_page(client, page, path, {"E-post": email, "Lösenord": PASSWORD})
    assert page.status_code == 429
    set_clock("2026-11-23T14:20")
    code = submit_page(client, page, path, {"E-post": email, "Lösenord": PASSWORD})
    wrong = submit_page(client, code, "/logga-in", {"code": "000000"})
    kept = submit_page(client, wrong, "/logga-in/kod", {"code": code_now()})
    assert "Det du skrev finns kvar" in kept.get_data(as_text=True)


def test_another_person_at_the_same_computer_does_not_get_the_text(world: World, set_clock: Clock) -> None:
    email = give_account(world, world.rival_kansli)
    client = world.browser(world.kansli)
    path, data = typed(client)
    set_clock("2026-11-23T14:00")
    asked = client.post(path, data=data, headers=FROM_HERE)
    code = submit_page(client, asked, path, {"E-post": email, "Lösenord": PASSWORD})
    answer = submit_page(client, code, "/logga-in", {"code": code_now()})
    assert answer.status_code == 303
    assert answer.headers["Location"] in ("/arbete", "/konto")


def test_a_form_whose_token_is_gone_is_given_back_to_our_own_page_alone(world: World) -> None:
    client = world.browser(world.kansli)
    path, data = typed(client)
    stale = {**data, "csrf_token": "old", "retention_rule": "Styrelsens beslut § 12"}
    again = client.post(path, data=stale, headers=FROM_HERE)
    assert again.status_code == 400
    assert "Sidan hade gått ut" in again.get_data(as_text=True)
    assert submit_page(client, again, path, button="Skicka igen").status_code == 303
    assert "Styrelsens beslut § 12" in client.get(path).get_data(as_text=True)
    for foreign in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://ond.example"},
    ):
        refused = client.post(path, data=stale, headers=foreign)
        assert refused.status_code == 400
        assert "Styrelsens beslut § 12" not in refused.get_data(as_text=True)


@pytest.mark.parametrize("foreign", [{"Origin": "https://ond.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_foreign_page_with_a_good_token_is_refused(world: World, foreign: dict[str, str]) -> None:
    client = world.browser(world.kansli)
    path, data = typed(client)
    assert client.post(path, data={**data, "retention_rule": "1 dag"}, headers=foreign).status_code == 400
    assert "1 dag" not in client.get(path).get_data(as_text=True)


def test_browsers_that_write_no_origin_because_we_ask_for_no_referrer_get_through(world: World) -> None:
    client = world.browser(world.kansli)
    path, data = typed(client)
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    assert client.post(path, data={**data, "retention_rule": "1 år"}, headers=headers).status_code == 303


def test_forms_work_over_https_where_no_referrer_is_sent(world: World) -> None:
    client = world.browser(world.kansli)
    path, data = typed(client)
    answer = client.post(path, data={**data, "retention_rule": "1 år"}, base_url="https://localhost")
    assert answer.status_code == 303


def test_a_stranger_without_a_cookie_and_without_a_word_of_where_it_came_from_is_refused(world: World) -> None:
    answer = world.browser().post("/losenord", data={"email": "x@example.se"})
    assert answer.status_code == 400
    assert "x@example.se" not in answer.get_data(as_text=True)


def test_passwords_and_codes_are_never_given_back(world: World, client: FlaskClient) -> None:
    answer = client.post("/logga-in", data={"email": "x@example.se", "password": "hemlig sak"}, headers=FROM_HERE)
    assert "x@example.se" in answer.get_data(as_text=True)
    assert "hemlig sak" not in answer.get_data(as_text=True)


def test_files_are_said_not_to_follow(world: World, client: FlaskClient) -> None:
    from io import BytesIO

    answer = client.post(
        "/losenord", data={"email": "x@example.se", "cv": (BytesIO(b"x"), "cv.pdf")}, headers=FROM_HERE
    )
    assert "Välj filen igen" in answer.get_data(as_text=True)


def test_parked_text_opens_for_two_days_and_not_when_changed(world: World) -> None:
    form = Parked("/arbete/parti?lang=en", (("a", "1"), ("a", "2")), True, None)
    with world.app.app_context():
        at = clock.now()
        text = park(form, person_id=None, at=at)
        assert unpark(text, at=at + timedelta(hours=47)) == form
        assert unpark(text, at=at + timedelta(days=2)) is None
        assert unpark(text[:-8] + "AAAAAAA=", at=at) is None
        for nonsense in ("", "å", "AAAA", "k1:AAAA", "a3gxOg=="):
            assert unpark(nonsense, at=at) is None


def test_what_is_too_large_to_be_carried_is_said_so(world: World, set_clock: Clock) -> None:
    from secrets import token_hex

    give_account(world, world.kansli)
    client = world.browser(world.kansli)
    path, data = typed(client)
    set_clock("2026-11-23T14:00")
    answer = client.post(path, data={**data, "retention_rule": token_hex(LARGEST // 2 + 30_000)}, headers=FROM_HERE)
    assert answer.status_code == 401
    assert "kunde inte tas med" in answer.get_data(as_text=True)


def test_what_was_chosen_is_told_in_words_and_a_box_a_button_or_an_id_not_at_all(app: Flask) -> None:
    sent = (("kind", "objection"), ("text", "Ett skäl."), ("person", str(uuid4())), (f"{uuid4()}-agreed", "y"),
            ("answer", "replace"))  # fmt: skip
    with app.test_request_context():
        assert typed_texts(Parked("/", sent, False)) == [
            ("Text", ["Invändning mot hur uppgifterna används"]),
            ("Text", ["Ett skäl."]),
        ]
    with app.test_request_context(headers={"Accept-Language": "en"}, query_string={"lang": "en"}):
        ((_, (words,)),) = typed_texts(Parked("/", sent[:1], False))
        assert words.startswith("Objection")
