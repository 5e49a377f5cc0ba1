"""What somebody else does to an account while one is at it: the later does not undo it unseen."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.accounts.engines import hash_password, password_is_right
from portal.accounts.models import Person
from portal.accounts.routes import account
from portal.accounts.session import end_sessions
from portal.db import db, unit_of_work
from portal.organisations.models import Membership
from portal.organisations.services.inviting import send_recovery
from tests.accounts.people import PASSWORD, code_now, give_account, letters, link_in, log_in, secret_on
from tests.forms import fields_of, submit, submit_page
from tests.world import World

OWNERS, THIEFS = "sjutton gröna hattar", "tjugo stulna cyklar"
Clock = Callable[[str], datetime]


def is_password(world: World, person: object, password: str) -> bool:
    with world.app.app_context():
        return password_is_right(db.session.get_one(Person, person).password_hash, password)


@pytest.mark.parametrize("ends", [True, False])
def test_an_old_password_does_not_come_back_over_one_that_was_set_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch, ends: bool
) -> None:
    give_account(world, world.gunnel)
    thief, checked = world.browser(world.gunnel), account._checked_and_hashed

    def meanwhile(form: Any, person: Person) -> str:
        new = checked(form, person)
        with world.app.app_context(), unit_of_work() as session:
            hers = session.get_one(Person, world.gunnel)
            if ends:
                end_sessions(session, hers, at=clock.now())
            else:
                hers.password_hash = hash_password(OWNERS)
        return new

    monkeypatch.setattr(account, "_checked_and_hashed", meanwhile)
    answer = submit(thief, "/konto/losenord", {"password": PASSWORD, "new_password": THIEFS})
    told = "Du har blivit utloggad härifrån" if ends else "bytt någon annanstans"
    assert answer.status_code == 409 and told in answer.get_data(as_text=True)
    assert not is_password(world, world.gunnel, THIEFS)


def recovery_begun(world: World, client: FlaskClient) -> tuple[str, Any]:
    """The password is given with a link for a new telephone, and the page asks for its first code."""
    with world.app.app_context(), unit_of_work() as session:
        hers = session.get_one(Membership, world.memberships[world.gunnel])
        send_recovery(session, membership=hers, by=world.kansli, by_drift=False, at=clock.now())
    path = link_in(letters(world)[-1])
    chosen = submit(client, path, {"Lösenord": PASSWORD}).headers["Location"]
    return chosen, client.get(chosen)


def test_a_telephone_is_not_bound_with_a_password_that_has_been_changed_since(
    world: World, client: FlaskClient
) -> None:
    email = give_account(world, world.gunnel)
    chosen, page = recovery_begun(world, client)
    owner = world.browser()
    log_in(owner, email)
    changed = submit(owner, "/konto/losenord", {"password": PASSWORD, "new_password": OWNERS})
    assert changed.status_code == 303
    over = submit_page(client, page, chosen, {"code": code_now(secret_on(page))})
    assert "gäller inte" in over.get_data(as_text=True)
    assert owner.get("/konto").status_code == 200 and client.get("/konto").status_code == 303


def test_an_offices_link_to_a_new_telephone_ends_when_its_reader_comes_into_another_home(
    world: World, client: FlaskClient
) -> None:
    give_account(world, world.gunnel)
    chosen, page = recovery_begun(world, client)
    office, hers = world.browser(world.rival_kansli), world.browser(world.gunnel)
    invitation = {"Namn": "Gunnel", "E-post": "gunnel@example.se", "role": "ledamot"}
    assert submit(office, "/arbete/personer", invitation).status_code == 303
    assert submit(hers, link_in(letters(world)[-1]), {}, "Tacka ja").status_code == 303
    over = submit_page(client, page, chosen, {"code": code_now(secret_on(page))})
    assert "gäller inte" in over.get_data(as_text=True) and client.get("/konto").status_code == 303


def test_choosing_by_a_link_ends_the_log_in_that_the_browser_had(world: World) -> None:
    give_account(world, world.gunnel)
    browser = world.browser(world.kansli)
    copied = world.app.test_client()
    held = browser.get_cookie("portal")
    assert held is not None
    copied.set_cookie("portal", held.value)
    assert copied.get("/konto").status_code == 200
    recovery_begun(world, browser)
    assert copied.get("/konto").status_code == 303


def test_an_invitation_is_what_its_reader_was_shown(world: World) -> None:
    office = world.browser(world.kansli)
    form = {"Namn": "Ny Kollega", "E-post": "ny@example.se", "role": "ledamot"}
    assert submit(office, "/arbete/personer", form).status_code == 303
    raised = submit(office, "/arbete/personer", {**form, "role": "kansli"})
    assert raised.status_code == 422 and "redan inbjuden i en annan roll" in raised.get_data(as_text=True)
    assert submit(office, "/arbete/personer", {**form, "Namn": "Annan"}).status_code == 303
    with world.acting(scope.PLATFORM) as session:
        row = session.scalars(select(Membership).where(Membership.accepted_at.is_(None))).one()
        assert (row.role, row.invited_name) == ("ledamot", "Ny Kollega")


@pytest.mark.parametrize("button", ["Skicka inbjudan igen", "Ta tillbaka inbjudan"])
def test_a_button_of_an_old_page_does_what_it_says_or_nothing(world: World, set_clock: Clock, button: str) -> None:
    office = world.browser(world.kansli)
    submit(office, "/arbete/personer", {"Namn": "Ny", "E-post": "ny@example.se", "role": "ledamot"})
    old = office.get("/arbete/personer")
    with world.writing(scope.PLATFORM) as session:
        row = session.scalars(select(Membership).where(Membership.accepted_at.is_(None))).one()
        row.accepted_at, id = clock.now(), row.id
    before = len(letters(world))
    assert submit_page(office, old, "/arbete/personer", button=button).status_code == 303
    assert "har tackat ja sedan du öppnade sidan" in office.get("/arbete/personer").get_data(as_text=True)
    with world.acting(scope.PLATFORM) as session:
        assert session.get_one(Membership, id).ended_at is None
    assert len(letters(world)) == before


def test_an_invitation_that_is_taken_back_twice_is_taken_back(world: World) -> None:
    office = world.browser(world.kansli)
    submit(office, "/arbete/personer", {"Namn": "Ny", "E-post": "ny@example.se", "role": "ledamot"})
    old = office.get("/arbete/personer")
    for _press in range(2):
        assert submit_page(office, old, "/arbete/personer", button="Ta tillbaka inbjudan").status_code == 303
        assert "Inbjudan är tillbakatagen" in office.get("/arbete/personer").get_data(as_text=True)


@pytest.mark.parametrize("name", ["Logga in på https://ond.example", "www.ond.example", "ond@ond.example"])
def test_a_name_is_no_link_in_anybodys_letter(world: World, name: str) -> None:
    office = world.browser(world.kansli)
    for where, button in (("/arbete/personer", "Skicka inbjudan"), ("/konto", "Spara")):
        form = {"Namn": name} | ({"E-post": "ny@example.se", "role": "ledamot"} if "personer" in where else {})
        answer = submit(office, where, form, button)
        assert answer.status_code == 422 and "utan länk eller adress" in answer.get_data(as_text=True)


def test_a_double_click_on_a_new_password_leaves_no_letter_whose_link_is_dead(
    world: World, client: FlaskClient
) -> None:
    email = give_account(world, world.kansli)
    page = client.get("/losenord")
    for _press in range(2):
        submit_page(client, page, "/losenord", {"E-post": email})
    paths = [link_in(letter) for letter in letters(world) if letter.to == email]
    assert len(paths) == 2
    assert [client.get(path).status_code for path in paths] == [200, 200]


def invite(world: World, by: object, email: str = "ny@example.se") -> str:
    """Somebody is invited by one of an office; the path of the link."""
    form = {"Namn": "Ny", "E-post": email, "role": "ledamot"}
    assert submit(world.browser(by), "/arbete/personer", form).status_code == 303  # type: ignore[arg-type]
    return link_in(letters(world)[-1])


def begun(client: FlaskClient, path: str, password: str) -> tuple[str, Any]:
    """A password is chosen, and the page asks for the first code."""
    chosen = submit(client, path, {"Namn": "Ny Kollega", "Välj ett lösenord": password}).headers["Location"]
    return chosen, client.get(chosen)


def test_an_enrolment_that_was_begun_does_not_write_over_an_account_that_was_made_meanwhile(world: World) -> None:
    first, second = invite(world, world.kansli), invite(world, world.rival_kansli)
    old, new = world.browser(), world.browser()
    chosen, page = begun(old, second, THIEFS)
    done, asked = begun(new, first, OWNERS)
    assert submit_page(new, asked, done, {"code": code_now(secret_on(asked))}).status_code == 303
    over = submit_page(old, page, chosen, {"code": code_now(secret_on(page))})
    assert over.status_code != 303 and old.get("/konto").status_code == 303
    with world.app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == "ny@example.se")).one()
        assert password_is_right(person.password_hash, OWNERS)


def test_the_code_that_bound_a_telephone_is_used(world: World, client: FlaskClient) -> None:
    chosen, page = begun(client, invite(world, world.kansli), OWNERS)
    secret = secret_on(page)
    assert submit_page(client, page, chosen, {"code": code_now(secret)}).status_code == 303
    other = world.browser()
    submit(other, "/logga-in", {"E-post": "ny@example.se", "Lösenord": OWNERS})
    assert submit(other, "/logga-in/kod", {"code": code_now(secret)}).status_code == 422


def test_what_was_chosen_is_kept_an_hour(world: World, client: FlaskClient, set_clock: Clock) -> None:
    chosen, page = begun(client, invite(world, world.kansli), OWNERS)
    set_clock((clock.now() + timedelta(minutes=61)).isoformat())
    late = submit_page(client, page, chosen, {"code": code_now(secret_on(page))})
    assert late.status_code == 303 and late.headers["Location"].startswith("/inbjudan/")
    assert client.get("/konto").status_code == 303


def test_the_list_tells_nothing_of_somebody_before_they_have_said_yes(world: World) -> None:
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, world.memberships[world.rival_kansli]).title = "Gruppledare för Dalpartiet"
    invite(world, world.kansli, "rival_kansli@example.se")
    page = world.browser(world.kansli).get("/arbete/personer").get_data(as_text=True)
    assert "rival_kansli@example.se" in page and "Dalpartiet" not in page and "Ture" not in page


@pytest.mark.parametrize("by", ["kansli", "drift"])
def test_nothing_is_sent_to_somebody_whose_membership_is_ended(world: World, by: str) -> None:
    give_account(world, world.gunnel)
    browser, id = world.browser(getattr(world, by)), world.memberships[world.gunnel]
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, id).ended_at = clock.now()
    token = fields_of(browser.get("/arbete/byt"))["csrf_token"][0]
    assert browser.post(f"/arbete/personer/{id}/skicka", data={"csrf_token": token}).status_code == 404
    assert letters(world) == []
