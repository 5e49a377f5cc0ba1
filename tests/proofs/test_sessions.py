"""A log-in that has ended is dead at the next request, also in the hands of whoever copied its cookie."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from portal import clock, scope
from portal.accounts.models import Person
from portal.organisations.models import Membership
from tests.accounts.people import PASSWORD, SECRET, code_now, give_account, letters, link_in, log_in, secret_on
from tests.forms import fields_of, submit, submit_page
from tests.proofs.plugin import Proof
from tests.proofs.tokens import ANOTHER
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
BEGINS = datetime(2026, 11, 20, 8, tzinfo=clock.STOCKHOLM)
PAGES = ("/konto", "/konto/losenord", "/arbete", "/arbete/rekryteringar", "/arbete/byt")


@dataclass
class LoggedIn:
    """Somebody who is logged in, the copy of their cookie that somebody else took, and the token of their forms."""

    world: World
    owner: FlaskClient
    email: str
    thief: FlaskClient
    token: str

    def tries(self) -> list[int]:
        """What the copy gets: pages, and forms with a token that was good."""
        got = [self.thief.get(page).status_code for page in PAGES]
        form = {"csrf_token": self.token, "name": "Tjuvens Namn"}
        got += [self.thief.post("/konto", data=form).status_code]
        return [*got, self.thief.post("/arbete/rekryteringar/ny", data={"csrf_token": self.token}).status_code]


def logged_in(world: World, set_clock: Clock) -> LoggedIn:
    """Gunnel logs in with password and code, and the cookie is copied."""
    email, owner, thief = give_account(world, world.gunnel), world.browser(), world.app.test_client()
    log_in(owner, email)
    token = fields_of(owner.get("/konto"))["csrf_token"][0]
    cookie = owner.get_cookie("portal")
    assert cookie is not None
    thief.set_cookie("portal", cookie.value)
    assert [thief.get(page).status_code for page in PAGES] == [200] * len(PAGES), "the copy works, to begin with"
    return LoggedIn(world, owner, email, thief, token)


def _log_out(one: LoggedIn, _clock: Clock) -> None:
    assert submit(one.owner, "/konto", button="Logga ut").status_code == 303


def _end_it_from_another_device(one: LoggedIn, _clock: Clock) -> None:
    other = one.world.browser(one.world.gunnel)
    page = other.get("/konto")
    token = fields_of(page)["csrf_token"][0]
    for path in re.findall(r'action="(/konto/inloggningar/[^"]+)"', page.get_data(as_text=True)):
        assert other.post(path, data={"csrf_token": token}).status_code == 303


def _end_the_membership(one: LoggedIn, _clock: Clock) -> None:
    office = one.world.browser(one.world.kansli)
    token = fields_of(office.get("/arbete/byt"))["csrf_token"][0]
    place = f"/arbete/personer/{one.world.memberships[one.world.gunnel]}/avsluta"
    assert office.post(place, data={"csrf_token": token}).status_code == 303


def _disable_the_person(one: LoggedIn, _clock: Clock) -> None:
    with one.world.writing(scope.PLATFORM) as session:
        session.get_one(Person, one.world.gunnel).disabled_at = clock.now()


def _change_the_password_on_another_device(one: LoggedIn, _clock: Clock) -> None:
    other = one.world.browser(one.world.gunnel)
    changed = submit(other, "/konto/losenord", {"password": PASSWORD, "new_password": ANOTHER})
    assert changed.status_code == 303


def _reset_the_password_by_mail(one: LoggedIn, _clock: Clock) -> None:
    asker = one.world.browser()
    submit(asker, "/losenord", {"E-post": one.email})
    assert submit(asker, link_in(letters(one.world)[-1]), {"Nytt lösenord": ANOTHER}).status_code == 303


def _bind_another_telephone(one: LoggedIn, _clock: Clock) -> None:
    office, phone = one.world.browser(one.world.kansli), one.world.browser()
    token = fields_of(office.get("/arbete/byt"))["csrf_token"][0]
    office.post(f"/arbete/personer/{one.world.memberships[one.world.gunnel]}/skicka", data={"csrf_token": token})
    path = link_in(letters(one.world)[-1])
    page = phone.get(submit(phone, path, {"Lösenord": PASSWORD}).headers["Location"])
    assert submit_page(phone, page, f"{path}/kod", {"code": code_now(secret_on(page))}).status_code == 303


def _leave_it_for_two_hours(_one: LoggedIn, set_clock: Clock) -> None:
    set_clock((clock.now() + timedelta(hours=2, seconds=1)).isoformat())


def _use_it_for_twelve_hours(one: LoggedIn, set_clock: Clock) -> None:
    begun = clock.now()
    for minutes in range(100, 12 * 60, 100):
        set_clock((begun + timedelta(minutes=minutes)).isoformat())
        assert one.owner.get("/konto").status_code == 200, "it is in use, so it is not idle"
    set_clock((begun + timedelta(hours=12)).isoformat())


ENDINGS = (
    _log_out, _end_it_from_another_device, _end_the_membership, _disable_the_person, _bind_another_telephone,
    _change_the_password_on_another_device, _reset_the_password_by_mail, _leave_it_for_two_hours,
    _use_it_for_twelve_hours,
)  # fmt: skip


@pytest.mark.proof(
    "En avslutad inloggning är död vid nästa anrop, också för den som har kopierat kakan.",
    how="a copied cookie tries pages and forms after log-out, membership ended, person disabled, password changed or reset, "
    "telephone changed, two idle hours, twelve hours in all",
    short={"rounds": 1},
    full={"rounds": 10},
)
def test_a_copied_cookie_is_dead(proof: Proof, world: World, set_clock: Clock) -> None:
    let_in: list[tuple[str, list[int]]] = []
    requests = 0
    for number, ending in enumerate(ENDINGS * proof.size("rounds")):
        set_clock((BEGINS + timedelta(hours=13 * number)).isoformat())
        _begin_anew(world)
        one = logged_in(world, set_clock)
        ending(one, set_clock)
        got = one.tries()
        requests += len(got)
        if wrong := [status for status in got if status not in (303, 400, 401)]:
            let_in.append((ending.__name__, wrong))
        with world.acting(scope.PLATFORM) as session:
            assert session.get_one(Person, world.gunnel).name == "Gunnel Sundvall"
    proof.came_to(ways_to_end=len(ENDINGS), requests_with_the_copy=requests, let_in=len(let_in))
    assert let_in == []


def _begin_anew(world: World) -> None:
    with world.writing(scope.PLATFORM) as session:
        person = session.get_one(Person, world.gunnel)
        person.disabled_at, person.totp_last_step = None, 0
        session.get_one(Membership, world.memberships[world.gunnel]).ended_at = None


@pytest.mark.proof(
    "Inget från före inloggningen duger efter den: varken kakan eller formulärets nyckel.",
    how="cookie and token of an anonymous visitor, and the half log-in between password and code, used after the log-in",
    short={"rounds": 2},
    full={"rounds": 20},
)
def test_nothing_from_before_the_log_in_is_good_after_it(proof: Proof, world: World, set_clock: Clock) -> None:
    email, same, taken = give_account(world, world.gunnel), 0, []
    for number in range(proof.size("rounds")):
        set_clock((BEGINS + timedelta(hours=number)).isoformat())
        client = world.browser()
        page = client.get("/logga-in")
        token, before = fields_of(page)["csrf_token"][0], _cookie(client)
        submit_page(client, page, "/logga-in", {"E-post": email, "Lösenord": PASSWORD})
        half, code = _cookie(client), code_now(SECRET)
        submit(client, "/logga-in/kod", {"code": code})
        after = _cookie(client)
        same += len({before, half, after}) != 3
        taken.append(client.post("/konto", data={"csrf_token": token, "name": "Ny"}).status_code)
        for old in (before, half):
            other = world.app.test_client()
            other.set_cookie("portal", old)
            taken.append(other.get("/konto").status_code)
        taken.append(submit(other, "/logga-in/kod", {"code": code}).status_code)
    good = [status for status in taken if status not in (303, 400, 422)]
    proof.came_to(log_ins=proof.size("rounds"), cookies_unchanged=same, tries=len(taken), taken=len(good))
    assert (same, good) == (0, [])
    assert taken[:4] == [400, 303, 303, 422]


@pytest.mark.proof(
    "Den som lämnar ett parti men är kvar i ett annat når ingenting i det första.",
    how="a membership ends while its person is logged in and has another one; the first party's pages are asked for",
    short={"rounds": 1},
    full={"rounds": 1},
)
def test_a_role_that_ended_opens_nothing_though_the_session_lives(proof: Proof, world: World) -> None:
    ad, browser = publish_ad(world), world.browser(world.kansli)
    with world.writing(scope.PLATFORM) as session:
        at = clock.now()
        session.add(
            Membership(person_id=world.kansli, role="kansli", party_id=world.rival, created_at=at, accepted_at=at)
        )
    case = f"/arbete/rekryteringar/{ad.id}"
    places = (case, f"{case}/redigera", f"{case}/sokande", f"{case}/bedomare", f"{case}/utfall")
    before = [browser.get(place).status_code for place in places]
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, world.memberships[world.kansli]).ended_at = clock.now()
    after = [browser.get(place).status_code for place in places]
    proof.came_to(pages=len(places), open_before=before.count(200), open_after=after.count(200))
    assert before.count(200) >= 3
    assert (after, browser.get("/konto").status_code) == ([404] * len(places), 200)


def _cookie(client: FlaskClient) -> str:
    cookie = client.get_cookie("portal")
    assert cookie is not None
    return cookie.value
