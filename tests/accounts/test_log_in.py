"""Logging in with password and code, and being out again."""

import re
from collections.abc import Callable
from datetime import datetime
from statistics import median
from time import process_time

import pytest
from flask.testing import FlaskClient

from portal.accounts.address import canonical
from portal.accounts.engines import password_is_right
from portal.accounts.models import Person
from portal.db import db
from tests.accounts.people import PASSWORD, code_now, give_account, log_in
from tests.counting import statements
from tests.forms import fields_of, submit, submit_page
from tests.world import World

Clock = Callable[[str], datetime]


def try_in(client: FlaskClient, email: str, password: str, **headers: str):
    return submit(client, "/logga-in", {"E-post": email, "Lösenord": password}, headers=headers)


def test_password_and_code_lead_to_where_one_was_going(world: World, client: FlaskClient) -> None:
    email = give_account(world, world.kansli)
    asked = client.get("/arbete/personer")
    assert (asked.status_code, asked.headers["Location"]) == (303, "/logga-in?vidare=/arbete/personer")
    answer = log_in(client, email.upper(), start=asked.headers["Location"])
    assert (answer.status_code, answer.headers["Location"]) == (303, "/arbete/personer")
    assert client.get("/arbete/personer").status_code == 200


@pytest.mark.parametrize(
    "target", ["https://ond.example", "//ond.example", "/\\ond.example", "javascript:1", "ond", "http://[", "//["]
)
def test_a_log_in_leads_to_own_pages_only(world: World, client: FlaskClient, target: str) -> None:
    email = give_account(world, world.kansli)
    page = client.get("/logga-in", query_string={"vidare": target})
    submit_page(client, page, "/logga-in", {"E-post": email, "Lösenord": PASSWORD, "vidare": target})
    answer = submit(client, "/logga-in/kod", {"code": code_now()})
    assert answer.status_code == 303
    assert answer.headers["Location"] in ("/arbete", "/konto")


def test_the_password_alone_opens_nothing(world: World, client: FlaskClient) -> None:
    email = give_account(world, world.kansli)
    assert try_in(client, email, PASSWORD).headers["Location"] == "/logga-in/kod"
    assert client.get("/konto").status_code == 303


def test_a_half_log_in_lasts_ten_minutes(world: World, client: FlaskClient, set_clock: Clock) -> None:
    try_in(client, give_account(world, world.kansli), PASSWORD)
    set_clock("2026-11-23T10:11")
    assert client.get("/logga-in/kod").headers["Location"] == "/logga-in"


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(world: World) -> None:
    give_account(world, world.kansli)
    answers = [
        try_in(world.browser(), email, "fel lösenord igen")
        for email in ("kansli@example.se", "ingenx@example.se", "gunnel@example.se")  # the last has no password yet
    ]
    pages = [a.get_data(as_text=True) for a in answers]
    blank = [p.replace("kansli@", "x@").replace("ingenx@", "x@").replace("gunnel@", "x@") for p in pages]
    tokens = [fields_of(a)["csrf_token"][0] for a in answers]
    assert {a.status_code for a in answers} == {422}
    assert len({p.replace(t, "") for p, t in zip(blank, tokens, strict=True)}) == 1
    names = [[n for n, _ in a.headers] for a in answers]
    assert names[0] == names[1] == names[2]
    assert len(pages[0]) == len(pages[1])


def test_an_unknown_person_costs_as_much_work_as_a_known_one() -> None:
    from portal.accounts.engines import hash_password

    known = hash_password(PASSWORD)

    def spent(password_hash: str | None) -> float:
        begun = process_time()
        assert not password_is_right(password_hash, "fel lösenord igen")
        return process_time() - begun

    times = [(spent(known), spent(None)) for _ in range(7)]
    with_hash, without = median(t[0] for t in times), median(t[1] for t in times)
    assert without > with_hash / 2


def test_the_same_code_is_not_taken_twice(world: World) -> None:
    email = give_account(world, world.kansli)
    first, second = world.browser(), world.browser()
    code = code_now()
    for client in (first, second):
        try_in(client, email, PASSWORD)
    assert submit(first, "/logga-in/kod", {"code": code}).status_code == 303
    again = submit(second, "/logga-in/kod", {"code": code})
    assert again.status_code == 422
    assert "redan använd" in again.get_data(as_text=True)


@pytest.mark.parametrize(("seconds", "status"), [(-90, 422), (-30, 303), (0, 303), (30, 303), (90, 422)])
def test_a_code_is_good_one_step_before_and_after(world: World, client: FlaskClient, seconds: int, status: int) -> None:
    from datetime import timedelta

    from portal import clock
    from portal.accounts.engines import code_at
    from tests.accounts.people import SECRET

    try_in(client, give_account(world, world.kansli), PASSWORD)
    code = code_at(SECRET, clock.now() + timedelta(seconds=seconds))
    assert submit(client, "/logga-in/kod", {"code": code}).status_code == status


def test_ten_wrong_passwords_and_the_account_waits_but_not_for_ever(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    email = give_account(world, world.kansli)
    for _ in range(10):
        assert try_in(client, email, "fel lösenord igen").status_code == 422
    answer = try_in(client, email, PASSWORD)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert try_in(client, "gunnel@example.se", PASSWORD).status_code == 422  # another account waits for nothing
    set_clock("2026-11-23T10:16")
    assert log_in(client, email).status_code == 303


@pytest.mark.slow
def test_an_unknown_account_waits_as_a_known_one_does(world: World, client: FlaskClient) -> None:
    for _ in range(10):
        try_in(client, "ingen@example.se", "fel lösenord igen")
    assert try_in(client, "ingen@example.se", "fel lösenord igen").status_code == 429


def test_fifty_wrong_from_one_network_and_it_waits(world: World, client: FlaskClient) -> None:
    from portal.accounts.routes.tries import take_password_try

    for n in range(51):
        with world.app.test_request_context(environ_base={"REMOTE_ADDR": f"192.0.2.{n}"}):
            waits = take_password_try(f"namn{n}@example.se")
        assert bool(waits) is (n == 50)
    with world.app.test_request_context(environ_base={"REMOTE_ADDR": "198.51.100.7"}):
        assert take_password_try("annan@example.se") == 0


def test_a_header_that_tells_of_another_address_is_not_believed_without_a_proxy(world: World) -> None:
    from portal.web.rates import sender_network

    told, real = {"X-Forwarded-For": "203.0.113.9"}, {"REMOTE_ADDR": "192.0.2.7"}
    with world.app.test_request_context(headers=told, environ_base=real):
        assert sender_network() == "192.0.2.0/24"


@pytest.mark.slow
def test_right_log_ins_do_not_use_up_the_tries(world: World, set_clock: Clock) -> None:
    email = give_account(world, world.kansli)
    for minute in range(12):
        set_clock(f"2026-11-23T10:{minute:02}")
        assert log_in(world.browser(), email).status_code == 303


def test_ten_wrong_codes_and_the_right_one_waits(world: World, client: FlaskClient) -> None:
    try_in(client, give_account(world, world.kansli), PASSWORD)
    for _ in range(10):
        assert submit(client, "/logga-in/kod", {"code": "000000"}).status_code == 422
    answer = submit(client, "/logga-in/kod", {"code": code_now()})
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, True)


def test_a_disabled_person_is_out_at_once(world: World, client: FlaskClient) -> None:
    from portal import clock
    from portal.db import unit_of_work

    email = give_account(world, world.kansli)
    log_in(client, email)
    with world.app.app_context(), unit_of_work() as session:
        session.get_one(Person, world.kansli).disabled_at = clock.now()
    assert client.get("/konto").status_code == 303
    assert try_in(client, email, PASSWORD).status_code == 422


def test_a_token_from_before_the_log_in_is_not_good_after_it(world: World, client: FlaskClient) -> None:
    email = give_account(world, world.kansli)
    old = fields_of(client.get("/logga-in"))["csrf_token"][0]
    log_in(client, email)
    assert client.post("/konto", data={"csrf_token": old, "name": "Ny"}).status_code == 400


def test_a_copied_cookie_is_dead_after_log_out(world: World, client: FlaskClient) -> None:
    log_in(client, give_account(world, world.kansli))
    cookie = client.get_cookie("portal")
    assert cookie is not None
    assert submit(client, "/konto", button="Logga ut").status_code == 303
    thief = world.app.test_client()
    thief.set_cookie("portal", cookie.value)
    assert thief.get("/konto").status_code == 303
    assert thief.post("/konto", data={}).status_code == 400


def test_logging_out_tells_the_browser_to_forget(world: World) -> None:
    answer = submit(world.browser(world.kansli), "/konto", button="Logga ut")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_logging_in_again_ends_the_log_in_that_the_browser_had(world: World, client: FlaskClient) -> None:
    email = give_account(world, world.kansli)
    log_in(client, email)
    cookie, thief = client.get_cookie("portal"), world.app.test_client()
    assert cookie is not None
    thief.set_cookie("portal", cookie.value)
    assert thief.get("/konto").status_code == 200
    token = fields_of(client.get("/konto"))["csrf_token"][0]
    again = client.post("/logga-in", data={"csrf_token": token, "email": email, "password": PASSWORD})
    assert again.headers["Location"] == "/logga-in/kod"
    assert thief.get("/konto").status_code == 303


def test_identifying_somebody_and_their_memberships_takes_one_statement(world: World) -> None:
    client = world.browser(world.kansli)
    client.get("/arbete/byt")
    with statements(world.app) as asked:
        assert client.get("/arbete/byt").status_code == 200
    assert asked.count == 1


def test_a_hash_of_an_older_cost_is_renewed_at_the_log_in(world: World, client: FlaskClient) -> None:
    from argon2 import PasswordHasher

    from portal.db import unit_of_work

    email = give_account(world, world.kansli)
    old = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
    with world.app.app_context(), unit_of_work() as session:
        session.get_one(Person, world.kansli).password_hash = old
    assert log_in(client, email).status_code == 303
    with world.app.app_context():
        assert db.session.get_one(Person, world.kansli).password_hash != old


def test_signs_that_a_database_refuses_are_answered_and_never_a_fault(world: World, client: FlaskClient) -> None:
    assert try_in(client, "a\x00b@example.se", "fel\x00 lösenord igen").status_code == 422
    log_in(client, give_account(world, world.kansli))
    assert submit(client, "/konto", {"Namn": "Sa\x00mira\r\nBcc: x.example.se", "Titel": "\x00"}).status_code == 303
    assert submit(client, "/konto", {"Namn": "\x00\x01"}).status_code == 422
    page = client.get("/konto").get_data(as_text=True)
    assert 'value="Samira Bcc: x.example.se"' in page


def test_a_wrong_or_missing_token_is_refused(world: World) -> None:
    client = world.browser(world.kansli)
    assert client.post("/konto", data={"name": "Ny"}).status_code == 400
    assert client.post("/konto", data={"name": "Ny", "csrf_token": "x"}).status_code == 400


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Ida@EXEMPEL.se ", "ida@exempel.se"), ("straße@faß.de", "straße@xn--fa-hia.de"),
        ("åsa@räksmörgås.se", "åsa@xn--rksmrgs-5wao1o.se"), ("x@-_.se", "x@-_.se"), ("ingen", "ingen"),
    ],
)  # fmt: skip
def test_an_address_is_spelled_in_one_way_and_stays_its_owners(typed: str, kept: str) -> None:
    assert canonical(typed) == kept


def test_a_wrong_password_is_said_of_both_fields_so_that_neither_is_pointed_out(world: World) -> None:
    give_account(world, world.kansli)
    page = try_in(world.browser(), "kansli@example.se", "fel lösenord igen").get_data(as_text=True)
    assert "En sak att rätta" in page[: page.index("</title>")] and 'href="#email"' in page
    for field in ("email", "password"):
        tag = re.search(rf'<input[^>]*\bid="{field}"[^>]*>', page)
        assert tag and 'aria-invalid="true"' in tag[0] and f'aria-describedby="{field}-error"' in tag[0]
        assert "E-postadressen och lösenordet hör inte ihop." in page[page.index(f'id="{field}-error"') :]
