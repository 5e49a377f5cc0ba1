"""Invited, and let in: by a link that opens nothing by being opened."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.accounts.engines import code_at
from portal.accounts.models import LoginSession, Person
from portal.audit.models import AuditLine
from portal.db import db
from portal.links.models import Link
from portal.organisations.models import Membership
from tests.accounts.people import PASSWORD, code_now, give_account, letters, link_in, log_in, secret_on
from tests.forms import fields_of, submit, submit_page
from tests.world import World

Clock = Callable[[str], datetime]
NEW = "ny@example.se"


def invite(world: World, email: str = NEW, *, name: str = "Ny Person", role: str = "ledamot") -> str:
    """The office invites; the path in the letter."""
    answer = submit(world.browser(world.kansli), "/arbete/personer", {"Namn": name, "E-post": email, "role": role})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return link_in(letters(world)[-1])


def enrol(client: FlaskClient, path: str) -> str:
    """Choose a password, bind a telephone, write its first code; the secret."""
    answer = submit(client, path, {"Namn": "Nina Ny", "Välj ett lösenord": PASSWORD})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    page = client.get(answer.headers["Location"])
    secret = secret_on(page)
    done = submit_page(client, page, answer.headers["Location"], {"code": code_now(secret)})
    assert done.status_code == 303, done.get_data(as_text=True)
    return secret


def everything(world: World) -> list[object]:
    """What a visit could change."""
    with world.app.app_context():
        rows = [
            (p.email, p.name, p.password_hash, p.totp_sealed)
            for p in db.session.scalars(select(Person).order_by(Person.email))
        ]
        links = [(link.id, link.ended_at) for link in db.session.scalars(select(Link).order_by(Link.id))]
        accepted = [(m.id, m.accepted_at) for m in db.session.scalars(select(Membership).order_by(Membership.id))]
        return [rows, links, accepted, len(db.session.scalars(select(LoginSession)).all())]


def test_an_invited_person_chooses_a_password_binds_a_telephone_and_is_in(world: World, client: FlaskClient) -> None:
    enrol(client, invite(world))
    page = client.get("/konto").get_data(as_text=True)
    assert "Nina Ny" in page
    assert "Närvårdspartiet" in page
    answer = log_in_with(world.browser(), world)
    assert answer.status_code == 303


def log_in_with(client: FlaskClient, world: World):
    """Log in again later with what was chosen."""
    from datetime import timedelta

    from portal import clock
    from portal.accounts.services import code_place
    from portal.vault.services import open_for_installation

    with world.app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == NEW)).one()
        secret = open_for_installation(person.totp_sealed or b"", place=code_place(person.id))
    submit(client, "/logga-in", {"E-post": NEW, "Lösenord": PASSWORD})
    return submit(client, "/logga-in/kod", {"code": code_at(secret, clock.now() + timedelta(seconds=30))})


def test_scanners_that_open_the_link_change_nothing_and_it_works_afterwards(world: World, client: FlaskClient) -> None:
    path = invite(world)
    before = everything(world)
    for address in ("192.0.2.1", "192.0.2.2", "2001:db8::1"):
        scanner = world.app.test_client()
        assert scanner.head(path, environ_base={"REMOTE_ADDR": address}).status_code == 200
        for _ in range(3):
            assert scanner.get(path, environ_base={"REMOTE_ADDR": address}).status_code == 200
            scanner.get(f"{path}/kod")
            scanner.get(f"{path}/kod.svg")
    assert everything(world) == before
    enrol(client, path)


def test_the_picture_is_for_the_browser_that_chose_the_password_alone(world: World, client: FlaskClient) -> None:
    path = invite(world)
    submit(client, path, {"Namn": "Nina Ny", "Välj ett lösenord": PASSWORD})
    page = client.get(f"{path}/kod").get_data(as_text=True)
    assert 'href="otpauth://totp/' in page, "whoever reads the page on the telephone itself can photograph nothing"
    own = client.get(f"{path}/kod.svg")
    assert (own.status_code, own.mimetype) == (200, "image/svg+xml")
    assert own.data.startswith(b"<svg")
    assert b"style=" not in own.data
    assert world.browser().get(f"{path}/kod.svg").status_code == 404


def test_a_used_link_opens_nothing(world: World, client: FlaskClient) -> None:
    path = invite(world)
    enrol(client, path)
    for address in (path, f"{path}/kod", f"{path}/kod.svg"):
        assert client.get(address).status_code == 404


def test_a_link_lasts_seven_days(world: World, client: FlaskClient, set_clock: Clock) -> None:
    path = invite(world)
    set_clock("2026-11-30T09:59")
    assert client.get(path).status_code == 200
    set_clock("2026-11-30T10:02")
    assert client.get(path).status_code == 404


def test_an_invitation_opens_no_other_kind_of_door(world: World, client: FlaskClient) -> None:
    token = invite(world).rpartition("/")[2]
    give_account(world, world.kansli)
    submit(client, "/losenord", {"E-post": "kansli@example.se"})
    password_token = link_in(letters(world)[-1]).rpartition("/")[2]
    assert client.get(f"/losenord/{token}").status_code == 404
    assert client.get(f"/inbjudan/{password_token}").status_code == 404


def test_inviting_again_ends_the_link_before(world: World, client: FlaskClient, set_clock: Clock) -> None:
    first = invite(world)
    set_clock("2026-11-23T12:00")
    second = invite(world)
    assert first != second
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_inviting_twice_in_one_breath_sends_one_letter_that_works(world: World, client: FlaskClient) -> None:
    first = invite(world)
    assert invite(world) == first
    assert len(letters(world)) == 1
    enrol(client, first)


def test_who_has_an_account_says_yes_by_logging_in_and_keeps_password_and_telephone(world: World) -> None:
    email = give_account(world, world.rival_kansli)
    path = invite(world, email, role="kansli")
    client = world.browser()
    page = client.get(path)
    assert "Välj ett lösenord" not in page.get_data(as_text=True)
    asked = submit_page(client, page, path, button="Logga in och tacka ja")
    assert log_in(client, email, start=asked.headers["Location"]).headers["Location"] == path
    assert submit(client, path, button="Tacka ja").status_code == 303
    assert "Närvårdspartiet" in client.get("/konto").get_data(as_text=True)


def test_nobody_says_yes_for_somebody_else(world: World) -> None:
    path = invite(world, give_account(world, world.rival_kansli), role="kansli")
    wrong = world.browser(world.gunnel)
    assert "Logga ut" in wrong.get(path).get_data(as_text=True)
    csrf = fields_of(wrong.get(path))["csrf_token"][0]
    assert wrong.post(path, data={"csrf_token": csrf}).status_code == 404
    with world.app.app_context():
        asked = select(Membership).where(Membership.person_id == world.rival_kansli, Membership.accepted_at.is_(None))
        assert db.session.scalars(asked).one()


def test_invited_but_not_accepted_is_not_a_member(world: World) -> None:
    email = give_account(world, world.rival_kansli)
    invite(world, email, role="kansli")
    client = world.browser()
    log_in(client, email)
    page = client.get("/arbete/personer").get_data(as_text=True)
    assert "Gunnel Sundvall" not in page
    with world.app.app_context():
        invited = db.session.scalars(
            select(Membership).where(Membership.person_id == world.rival_kansli, Membership.accepted_at.is_(None))
        ).one()
    csrf = fields_of(client.get("/arbete/byt"))["csrf_token"][0]
    assert client.post("/arbete/byt", data={"csrf_token": csrf, "membership": str(invited.id)}).status_code == 404


def test_a_guessable_password_is_refused_with_a_reason_and_the_rest_is_kept(world: World, client: FlaskClient) -> None:
    path = invite(world)
    for password, words in (
        ("kort", "för kort"),
        ("Närvårdspartiet 2026", "lätt att gissa"),
        ("Nina Ny Nina Ny", "lätt att gissa"),
        ("å" * 1001, "högst 1\xa0000"),
    ):
        answer = submit(client, path, {"Namn": "Nina Ny", "Välj ett lösenord": password})
        assert answer.status_code == 422
        assert words in answer.get_data(as_text=True)
        assert 'value="Nina Ny"' in answer.get_data(as_text=True)


def test_a_wrong_first_code_binds_nothing(world: World, client: FlaskClient) -> None:
    path = invite(world)
    submit(client, path, {"Namn": "Nina Ny", "Välj ett lösenord": PASSWORD})
    before = everything(world)
    assert submit(client, f"{path}/kod", {"code": "000000"}).status_code == 422
    assert everything(world) == before


def test_the_first_code_can_be_guessed_at_ten_times(world: World, client: FlaskClient) -> None:
    path = invite(world)
    page = client.get(submit(client, path, {"Namn": "Nina Ny", "Välj ett lösenord": PASSWORD}).location)
    for _ in range(10):
        assert submit_page(client, page, f"{path}/kod", {"code": "000000"}).status_code == 422
    answer = submit_page(client, page, f"{path}/kod", {"code": code_now(secret_on(page))})
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, True)
    assert client.get("/konto").status_code == 303


def recovery(world: World, *, by: object) -> str:
    """A colleague sends a link for another telephone; the last letter's text."""
    membership = world.memberships[world.gunnel]
    browser = world.browser(by)  # type: ignore[arg-type]
    csrf = fields_of(browser.get("/arbete/byt"))["csrf_token"][0]
    assert browser.post(f"/arbete/personer/{membership}/skicka", data={"csrf_token": csrf}).status_code == 303
    return letters(world)[-1].body


def test_the_office_lets_a_colleague_bind_another_telephone_with_the_password(
    world: World, client: FlaskClient
) -> None:
    email = give_account(world, world.gunnel)
    elsewhere = world.browser(world.gunnel)
    path = recovery(world, by=world.kansli).split("http://localhost")[1].split()[0]
    assert submit(client, path, {"Lösenord": "fel lösenord igen"}).status_code == 422
    answer = submit(client, path, {"Lösenord": PASSWORD})
    page = client.get(answer.headers["Location"])
    secret = secret_on(page)
    submit_page(client, page, answer.headers["Location"], {"code": code_now(secret)})
    assert client.get("/konto").status_code == 200
    assert elsewhere.get("/konto").status_code == 303
    old = world.browser()
    submit(old, "/logga-in", {"E-post": email, "Lösenord": PASSWORD})
    assert submit(old, "/logga-in/kod", {"code": code_now()}).status_code == 422
    with world.app.app_context():
        assert db.session.scalars(select(AuditLine).where(AuditLine.verb == "account.factor_reset")).one()
    told = letters(world)[-1]
    assert (told.to, told.subject) == (email, "Ditt konto i portalen är ändrat")
    assert "en annan telefon kopplades" in told.body


def test_one_party_cannot_bind_a_telephone_anew_for_somebody_of_another(world: World) -> None:
    """Otherwise its office, with the person's mailbox, would open the other party's door."""
    give_account(world, world.gunnel)
    with world.writing(scope.PLATFORM) as session:
        session.add(
            Membership(
                person_id=world.gunnel,
                role="ledamot",
                party_id=world.rival,
                created_at=clock.now(),
                accepted_at=clock.now(),
            )
        )
    body = recovery(world, by=world.kansli)
    assert "http" not in body
    assert "driver portalen" in body
    before = len(letters(world))
    recovery(world, by=world.kansli)  # a double click
    assert len(letters(world)) == before
    assert "/inbjudan/" in recovery(world, by=world.drift)


@pytest.mark.parametrize("state", ["invited", "ended"])
def test_a_home_that_is_none_yet_or_no_more_keeps_nobody_from_another_telephone(world: World, state: str) -> None:
    at = clock.now()
    give_account(world, world.gunnel)
    with world.writing(scope.PLATFORM) as session:
        session.add(
            Membership(
                person_id=world.gunnel, role="ledamot", party_id=world.rival, created_at=at,
                accepted_at=None if state == "invited" else at, ended_at=at if state == "ended" else None,
            )
        )  # fmt: skip
    assert "/inbjudan/" in recovery(world, by=world.kansli)
