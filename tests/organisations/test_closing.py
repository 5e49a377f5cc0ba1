"""Whoever is in no home is told so; a year later their way in is taken away. Whoever never said yes is forgotten."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.accounts.models import Person
from portal.audit.models import AuditLine
from portal.organisations.models import Membership, Party
from portal.organisations.tasks import let_go_of_people
from tests.accounts.people import PASSWORD, code_now, give_account, letters, link_in, log_in, secret_on
from tests.forms import submit, submit_page
from tests.world import World

Clock = Callable[[str], datetime]
LEFT, ALMOST, LATER = "2026-12-01 09:00", "2027-11-30 09:00", "2027-12-01 09:30"
FORM = {"Namn": "Gunnel", "E-post": "gunnel@example.se", "role": "ledamot"}
STRANGER = "fel.adress@example.org"


def leave(world: World, person: UUID) -> None:
    """A colleague has ended what somebody was here, now."""
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, world.memberships[person]).ended_at = clock.now()


def has_way_in(world: World, person: UUID) -> bool:
    with world.acting(scope.PLATFORM) as session:
        row = session.get_one(Person, person)
        return bool(row.password_hash or row.totp_sealed)


def people_at(world: World, email: str) -> list[Person]:
    with world.acting(scope.PLATFORM) as session:
        return list(session.scalars(select(Person).where(Person.email == email)))


def withdraw(world: World, email: str) -> None:
    """Take back the one invitation to an address."""
    (person,) = people_at(world, email)
    with world.acting(scope.PLATFORM) as session:
        row = session.scalars(select(Membership.id).where(Membership.person_id == person.id)).one()
    office = world.browser(world.kansli)
    page = office.get("/arbete/personer")
    assert (
        submit_page(office, page, f"/arbete/personer/{row}/avsluta", button="Ta tillbaka inbjudan").status_code == 303
    )


def test_whoever_is_in_no_home_reads_so_and_for_how_long_they_can_log_in(world: World, set_clock: Clock) -> None:
    set_clock(LEFT)
    give_account(world, world.gunnel)
    leave(world, world.gunnel)
    browser = world.browser()
    log_in(browser, "gunnel@example.se")
    page = browser.get("/arbete").get_data(as_text=True)
    assert "Du har inget uppdrag i portalen" in page and "Kontot stängs 1 december 2027" in page
    assert "När du har utsetts till bedömare" not in page


def test_a_year_later_their_way_in_is_gone_and_what_they_did_stands_in_their_name(
    world: World, set_clock: Clock
) -> None:
    set_clock(LEFT)
    for person in (world.gunnel, world.kansli):
        give_account(world, person)
    leave(world, world.gunnel)
    set_clock(ALMOST)
    let_go_of_people(world.app)
    assert has_way_in(world, world.gunnel)
    set_clock(LATER)
    let_go_of_people(world.app)
    assert not has_way_in(world, world.gunnel)
    assert has_way_in(world, world.kansli), "whoever is in a home keeps it"
    told = submit(world.browser(), "/logga-in", {"E-post": "gunnel@example.se", "Lösenord": PASSWORD})
    assert told.status_code == 422
    assert [one.name for one in people_at(world, "gunnel@example.se")] == ["Gunnel Sundvall"]
    let_go_of_people(world.app)
    with world.acting(scope.PLATFORM) as session:
        closed = session.scalars(select(AuditLine).where(AuditLine.verb == "account.closed")).all()
    assert [line.object_id for line in closed] == [world.gunnel]


def test_invited_after_that_they_choose_a_password_as_somebody_new(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    set_clock(LEFT)
    give_account(world, world.gunnel)
    leave(world, world.gunnel)
    set_clock(LATER)
    let_go_of_people(world.app)
    assert submit(world.browser(world.kansli), "/arbete/personer", FORM).status_code == 303
    path = link_in(letters(world)[-1])
    chosen = submit(client, path, {"Namn": "Gunnel Sundvall", "Välj ett lösenord": "helt ny hästlykta å"}).headers[
        "Location"
    ]
    page = client.get(chosen)
    assert submit_page(client, page, chosen, {"code": code_now(secret_on(page))}).status_code == 303
    assert "Du har inget uppdrag" not in client.get("/arbete").get_data(as_text=True)


def test_whoever_is_invited_back_by_then_keeps_theirs(world: World, set_clock: Clock) -> None:
    set_clock(LEFT)
    give_account(world, world.gunnel)
    leave(world, world.gunnel)
    set_clock(ALMOST)
    assert submit(world.browser(world.kansli), "/arbete/personer", FORM).status_code == 303
    set_clock(LATER)
    let_go_of_people(world.app)
    assert has_way_in(world, world.gunnel)


def test_an_address_that_was_invited_by_mistake_is_forgotten(world: World, set_clock: Clock) -> None:
    set_clock(LEFT)
    wrong = {"Namn": "Fel Person", "E-post": STRANGER, "role": "ledamot"}
    assert submit(world.browser(world.kansli), "/arbete/personer", wrong).status_code == 303
    withdraw(world, STRANGER)
    set_clock("2027-02-28 09:00")
    let_go_of_people(world.app)
    assert len(people_at(world, STRANGER)) == 1
    set_clock("2027-03-02 09:00")
    let_go_of_people(world.app)
    assert people_at(world, STRANGER) == []
    assert submit(world.browser(world.kansli), "/arbete/personer", wrong).status_code == 303, "and may be invited again"


def test_whoever_is_named_anywhere_is_left(world: World, set_clock: Clock) -> None:
    set_clock(LEFT)
    wrong = {"Namn": "Fel Person", "E-post": STRANGER, "role": "kansli"}
    submit(world.browser(world.kansli), "/arbete/personer", wrong)
    withdraw(world, STRANGER)
    (person,) = people_at(world, STRANGER)
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Party, world.party).identity_reader_id = person.id
    set_clock("2027-03-02 09:00")
    let_go_of_people(world.app)
    assert len(people_at(world, STRANGER)) == 1
