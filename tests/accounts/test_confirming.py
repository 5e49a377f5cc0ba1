"""A code once more before exports, deletions and changes of who may what; nothing typed is lost on the way."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.accounts.models import LoginSession
from portal.accounts.step_up import Reason, read_reason, stands
from portal.audit.models import AuditLine
from portal.db import db
from portal.organisations.models import Membership
from portal.web.guards import staff
from tests.accounts.confirmations import as_ever, confirmed
from tests.accounts.people import code_now, give_account
from tests.forms import submit, submit_page
from tests.proofs.test_headers import EXCEPTIONS
from tests.world import World

Clock = Callable[[str], datetime]
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
REGISTER = "/arbete/anstallningar/anstallningar.csv"
ASKED = f"/bekrafta?vad=fil&vidare={REGISTER}"
LATER = "2026-11-23T10:16"  # more than a quarter of an hour after the log-in


@pytest.mark.parametrize(("after", "expected"), [(0, True), (899, True), (900, False), (43_200, False)])
def test_a_code_stands_for_a_quarter_of_an_hour(after: int, expected: bool) -> None:
    assert stands(AT, AT + timedelta(seconds=after)) is expected


def test_an_address_that_names_no_reason_is_asked_as_strictly() -> None:
    assert (read_reason("fil"), read_reason("x")) == (Reason.FILE, Reason.ACCESS)


def test_every_route_that_changes_something_or_gives_a_file_says_whether_it_asks(app: Flask) -> None:
    """Red: a new export, deletion or change of role that stands in neither list."""
    found = {}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        acts = "POST" in (rule.methods or ()) or rule.endpoint in EXCEPTIONS or "." in rule.rule
        if view.__guard__.kind == "staff" and acts:  # type: ignore[attr-defined]
            found[rule.endpoint] = getattr(view, "__confirms__", None)
    assert {name: reason for name, reason in found.items() if reason} == confirmed()
    assert {name for name, reason in found.items() if not reason} == as_ever()


def test_a_new_export_fails_until_it_is_said_of_it(app: Flask) -> None:
    app._got_first_request = False
    app.add_url_rule("/arbete/alla.csv", "desk.all", staff(lambda actor: True)(lambda: "alla"))
    with pytest.raises(AssertionError):
        test_every_route_that_changes_something_or_gives_a_file_says_whether_it_asks(app)


@pytest.fixture
def office(world: World) -> FlaskClient:
    """The office's browser, logged in at ten, with a telephone that gives codes."""
    give_account(world, world.kansli)
    return world.browser(world.kansli)


def verbs(world: World) -> list[str]:
    with world.app.app_context():
        return list(db.session.scalars(select(AuditLine.verb).order_by(AuditLine.at, AuditLine.number)))


def test_a_file_comes_at_once_after_the_log_in_and_later_by_a_code(
    world: World, office: FlaskClient, set_clock: Clock
) -> None:
    assert office.get(REGISTER).status_code == 200
    set_clock(LATER)
    asked = office.get(REGISTER)
    assert (asked.status_code, asked.headers["Location"]) == (303, ASKED)
    answer = submit(office, ASKED, {"Kod från appen": code_now()})
    assert (answer.status_code, answer.headers["Location"]) == (303, ASKED)
    assert f'href="{REGISTER}"' in office.get(ASKED).get_data(as_text=True)
    assert office.get(REGISTER).status_code == 200
    assert verbs(world) == ["employments.read_as_csv", "session.stepped_up", "employments.read_as_csv"]


def test_a_code_given_in_one_browser_is_none_in_another(world: World, office: FlaskClient, set_clock: Clock) -> None:
    thief = world.app.test_client()
    other = world.browser(world.kansli).get_cookie("portal")
    assert other is not None
    thief.set_cookie("portal", other.value)
    set_clock(LATER)
    submit(office, ASKED, {"Kod från appen": code_now()})
    assert thief.get(REGISTER).status_code == 303


def test_the_same_code_is_not_taken_twice_and_a_wrong_one_counts(
    world: World, office: FlaskClient, set_clock: Clock
) -> None:
    set_clock(LATER)
    code = code_now()
    assert submit(office, "/bekrafta", {"code": code}).headers["Location"] == "/arbete"
    again = submit(office, "/bekrafta", {"code": code})
    assert (again.status_code, "redan använd" in again.get_data(as_text=True)) == (422, True)
    assert submit(office, "/bekrafta", {"code": ""}).status_code == 422  # no try
    for _ in range(9):
        assert submit(office, "/bekrafta", {"code": "000000"}).status_code == 422
    set_clock("2026-11-23T10:18")
    assert submit(office, "/bekrafta", {"code": code_now()}).status_code == 429
    assert verbs(world) == ["session.stepped_up"]


@pytest.mark.parametrize("target", ["https://ond.example", "//ond.example", "/\\ond.example", "javascript:1"])
@pytest.mark.parametrize("why", ["fil", "uppdrag"])
def test_a_code_leads_to_own_pages_only(office: FlaskClient, target: str, why: str) -> None:
    page = office.get("/bekrafta", query_string={"vad": why, "vidare": target})
    assert "ond.example" not in page.get_data(as_text=True)
    typed = {"code": code_now(), "vidare": target, "vad": why}
    assert submit_page(office, page, "/bekrafta", typed).headers["Location"] == "/arbete"


def test_what_was_typed_waits_for_the_code_and_is_sent_once_more(
    world: World, office: FlaskClient, set_clock: Clock
) -> None:
    form = {"Namn": "Åsa Öberg", "E-post": "asa@example.se", "role": "ledamot"}
    page = office.get("/arbete/personer")
    set_clock(LATER)
    asked = submit_page(office, page, "/arbete/personer", form)
    assert asked.status_code == 403
    assert "Inget du har skrivit går förlorat" in asked.get_data(as_text=True)
    assert "asa@example.se" not in asked.get_data(as_text=True)  # it travels sealed
    wrong = submit_page(office, asked, "/arbete/personer", {"code": "000000"})
    assert wrong.status_code == 422
    right = submit_page(office, wrong, "/bekrafta", {"code": code_now()})
    assert right.status_code == 200
    sent = submit_page(office, right, "/bekrafta")
    assert (sent.status_code, sent.headers["Location"]) == (303, "/arbete/personer")
    assert "Åsa Öberg" in office.get("/arbete/personer").get_data(as_text=True)


def test_nobody_elses_form_is_given_back_after_a_code(world: World, office: FlaskClient, set_clock: Clock) -> None:
    give_account(world, world.rival_kansli)
    rival = world.browser(world.rival_kansli)
    page = office.get("/arbete/personer")
    set_clock(LATER)
    asked = submit_page(office, page, "/arbete/personer", {"Namn": "Åsa", "E-post": "asa@example.se"})
    parked = asked.get_data(as_text=True).split('name="parked"')[1].split('value="')[1].split('"')[0]
    answer = submit(rival, "/bekrafta", {"code": code_now(), "parked": parked})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/arbete")


@pytest.mark.parametrize("who", ["drift", "region", "rival_kansli"])
def test_ending_a_membership_asks_and_whoever_may_not_meets_the_page_that_is_not_there(
    world: World, set_clock: Clock, who: str
) -> None:
    """Red: a code asked for before it is asked who may."""
    path = f"/arbete/personer/{world.memberships[world.elof]}/avsluta"
    may, may_not = world.browser(getattr(world, who)), world.browser(world.gunnel)
    tokens = [{"csrf_token": token_of(browser)} for browser in (may, may_not)]
    set_clock(LATER)
    assert may.post(path, data=tokens[0]).status_code == 403
    assert may_not.post(path, data=tokens[1]).status_code == 404
    with world.app.app_context():
        assert db.session.get_one(Membership, world.memberships[world.elof]).ended_at is None


def token_of(browser: FlaskClient) -> str:
    """The token of this browser's forms."""
    return browser.get("/konto").get_data(as_text=True).split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


def test_ending_another_log_in_of_ones_own_asks_for_a_code_and_then_it_is_dead(
    world: World, office: FlaskClient, set_clock: Clock
) -> None:
    other = world.browser(world.kansli)
    set_clock(LATER)
    asked = submit_page(office, office.get("/konto"), "/konto", button="Avsluta")
    assert (asked.status_code, other.get("/konto").status_code) == (403, 200)
    given = submit_page(office, asked, "/bekrafta", {"code": code_now()})
    assert submit_page(office, given, "/bekrafta").status_code == 303
    assert other.get("/konto").status_code == 303


def test_a_log_in_from_before_counts_from_its_start(world: World, office: FlaskClient) -> None:
    with world.app.app_context():
        row = db.session.scalars(select(LoginSession)).one()
        assert (row.confirmed_at, row.code_at) == (None, row.created_at)
        assert stands(row.code_at, clock.now())
