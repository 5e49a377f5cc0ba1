"""A new password, by mail or on one's own page: the second factor stays, and other log-ins end."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from portal import clock
from portal.accounts.password_rule import SHORTEST, PasswordRefused, check_password
from tests.accounts.people import PASSWORD, code_now, give_account, letters, link_in, log_in
from tests.counting import statements
from tests.forms import submit
from tests.world import World

Clock = Callable[[str], datetime]
OTHER = "gurka tofs lampa å 9"


def test_a_known_and_an_unknown_address_get_the_same_answer_after_the_same_work(world: World) -> None:
    give_account(world, world.kansli)
    world.browser().get("/losenord")  # the style sheet is made at the first page
    answers, work = [], []
    for email in ("kansli@example.se", "ingen@example.se"):
        client = world.browser()
        with statements(world.app) as asked:
            answers.append(submit(client, "/losenord", {"E-post": email}))
        work.append(asked.count)
    assert [a.status_code for a in answers] == [303, 303]
    assert answers[0].data == answers[1].data
    assert [n for n, _ in answers[0].headers] == [n for n, _ in answers[1].headers]
    assert work[0] == work[1]
    assert [letter.to for letter in letters(world)] == ["kansli@example.se"]


def test_a_link_sets_the_password_once_ends_log_ins_and_keeps_the_code(world: World, client: FlaskClient) -> None:
    email = give_account(world, world.kansli)
    elsewhere = world.browser(world.kansli)
    submit(client, "/losenord", {"E-post": email})
    path = link_in(letters(world)[-1])
    for _ in range(3):
        assert client.head(path).status_code == client.get(path).status_code == 200
    assert submit(client, path, {"Nytt lösenord": OTHER}).headers["Location"] == "/logga-in"
    assert elsewhere.get("/konto").status_code == 303
    assert client.get("/konto").status_code == 303
    assert client.get(path).status_code == 404
    assert submit(client, "/logga-in", {"E-post": email, "Lösenord": PASSWORD}).status_code == 422
    assert log_in(client, email, password=OTHER).status_code == 303


def test_a_link_lasts_thirty_minutes(world: World, client: FlaskClient, set_clock: Clock) -> None:
    submit(client, "/losenord", {"E-post": give_account(world, world.kansli)})
    path = link_in(letters(world)[-1])
    set_clock("2026-11-23T10:31")
    assert client.get(path).status_code == 404


def test_one_address_gets_five_letters_in_a_quarter(world: World, client: FlaskClient) -> None:
    statuses = [submit(client, "/losenord", {"E-post": "ingen@example.se"}).status_code for _ in range(6)]
    assert statuses == [303] * 5 + [429]


def test_ones_own_password_can_be_guessed_at_ten_times(world: World, client: FlaskClient, set_clock: Clock) -> None:
    email = give_account(world, world.kansli)
    log_in(client, email)
    for n in range(10):
        asked = {"password": f"fel lösenord igen {n}", "new_password": OTHER}
        assert submit(client, "/konto/losenord", asked).status_code == 422
    right = {"password": PASSWORD, "new_password": OTHER}
    assert submit(client, "/konto/losenord", right).status_code == 429
    set_clock((clock.now() + timedelta(minutes=16)).isoformat())
    assert submit(client, "/konto/losenord", right).status_code == 303


def test_changing_it_asks_for_the_present_one_and_ends_the_other_log_ins(world: World, client: FlaskClient) -> None:
    email = give_account(world, world.kansli)
    log_in(client, email)
    elsewhere = world.browser(world.kansli)
    wrong = submit(client, "/konto/losenord", {"password": "fel lösenord igen", "new_password": OTHER})
    assert wrong.status_code == 422
    weak = submit(client, "/konto/losenord", {"password": PASSWORD, "new_password": "Närvårdspartiet2026"})
    assert weak.status_code == 422
    assert elsewhere.get("/konto").status_code == 200
    assert submit(client, "/konto/losenord", {"password": PASSWORD, "new_password": OTHER}).status_code == 303
    assert elsewhere.get("/konto").status_code == 303
    assert client.get("/konto").status_code == 200


def test_whoever_gets_another_password_is_told_by_mail_each_time(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    email = give_account(world, world.kansli)
    submit(client, "/losenord", {"E-post": email})
    path = link_in(letters(world)[-1])
    submit(client, path, {"Nytt lösenord": "kort"})
    assert len(letters(world)) == 1
    submit(client, path, {"Nytt lösenord": OTHER})
    set_clock("2026-11-23T10:05")
    log_in(client, email, password=OTHER)
    submit(client, "/konto/losenord", {"password": OTHER, "new_password": PASSWORD})
    told = letters(world)[1:]
    assert [(one.to, one.subject) for one in told] == [(email, "Ditt konto i portalen är ändrat")] * 2
    assert "byttes den 23 november 2026 kl. 10.00." in told[0].body.replace("\u00a0", " ")
    assert "10.05." in told[1].body
    assert "http" not in "".join(one.body for one in told)


def test_one_device_is_logged_out_from_another_and_never_somebody_elses(world: World) -> None:
    here, there, rival = world.browser(world.kansli), world.browser(world.kansli), world.browser(world.rival_kansli)
    page = here.get("/konto").get_data(as_text=True)
    address = page.split('action="/konto/inloggningar/')[1].split('"')[0]
    from tests.forms import fields_of

    theirs = fields_of(rival.get("/konto"))["csrf_token"][0]
    assert rival.post(f"/konto/inloggningar/{address}", data={"csrf_token": theirs}).status_code == 404
    assert there.get("/konto").status_code == 200
    mine = fields_of(here.get("/konto"))["csrf_token"][0]
    assert here.post(f"/konto/inloggningar/{address}", data={"csrf_token": mine}).status_code == 303
    assert there.get("/konto").status_code == 303


@pytest.mark.parametrize(
    "password",
    ["qwertyuiop123", "1q2w3e4r5t6y7u", "Sommar2026!!!!", "P4ssw0rd1234!", "aaaaaaaaaaaaaa", "abcabcabcabcabc",
     "Västernorrland1", "politisksekreterare", "iloveyou1234", "lösenord123456", "stockholm1847", "987654321012"],
)  # fmt: skip
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    with pytest.raises(PasswordRefused):
        check_password(password)


def test_none_of_the_thirty_thousand_that_leak_most_is_taken() -> None:
    long = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= SHORTEST]
    taken = []
    for word in (*long, *(word.upper() for word in long)):
        with suppress(PasswordRefused):
            taken.append(check_password(word))
    assert len(long) > 200 and taken == []


@pytest.mark.parametrize(
    "password", ["korrekt hästbatteri", "å ä ö " * 33 + "hoppla gurka", "gurka-tofs-lampa", "8kVq-2mXw-9pLd"]
)
def test_long_ones_of_any_letters_are_taken_and_never_cut(password: str) -> None:
    from portal.accounts.engines import hash_password, password_is_right

    taken = check_password(password)
    hashed = hash_password(taken)
    assert password_is_right(hashed, taken)
    assert not password_is_right(hashed, taken[:-1])


def test_composed_and_decomposed_letters_are_the_same_password() -> None:
    assert check_password("ha\u0308stbatteri korrekt") == check_password("hästbatteri korrekt")


def test_a_code_is_still_asked_for_after_a_new_password(world: World, client: FlaskClient) -> None:
    email = give_account(world, world.kansli)
    assert submit(client, "/logga-in", {"E-post": email, "Lösenord": PASSWORD}).headers["Location"] == "/logga-in/kod"
    assert client.get("/konto").status_code == 303
    assert submit(client, "/logga-in/kod", {"code": code_now()}).status_code == 303
