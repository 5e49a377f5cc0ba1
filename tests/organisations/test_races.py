"""Two who invite, let in, or end a colleague at the same instant."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.accounts.models import Person
from portal.accounts.services import LinkIsOver, password_stamp
from portal.db import db, unit_of_work
from portal.organisations.access import Role
from portal.organisations.models import Membership
from portal.organisations.queries import Home
from portal.organisations.services.answering import enrol, recover
from portal.organisations.services.founding import add_authority
from portal.organisations.services.inviting import end_membership, invite, send_invitation, send_recovery
from portal.organisations.services.settings import NameTaken
from tests.accounts.people import PASSWORD, SECRET, code_now, give_account, letters, link_in, secret_on
from tests.at_once import second
from tests.forms import fields_of, submit, submit_page
from tests.world import World

Clock = Callable[[str], datetime]
NEW, PEOPLE = "ny@example.se", "/arbete/personer"


def test_somebody_new_who_is_invited_by_two_clicks_is_invited_once_and_nobody_meets_a_fault(world: World) -> None:
    office = world.browser(world.kansli)
    page = office.get(PEOPLE)
    home = Home(party_id=world.party)
    with second() as the_click:
        with world.app.app_context(), unit_of_work() as session:
            invite(session, email=NEW, name="Ny", role=Role.LEDAMOT, home=home, by=world.kansli, at=clock.now())
            session.flush()
            the_click.begins(submit_page, office, page, PEOPLE, {"Namn": "Ny", "E-post": NEW, "role": "ledamot"})
        assert the_click.ends().status_code == 303
    with world.app.app_context():
        (person,) = db.session.scalars(select(Person).where(Person.email == NEW)).all()
        assert len(db.session.scalars(select(Membership).where(Membership.person_id == person.id)).all()) == 1
    assert len([letter for letter in letters(world) if letter.to == NEW]) == 1


def test_of_two_in_an_office_who_end_each_other_one_is_left(world: World) -> None:
    with world.app.app_context(), unit_of_work() as session:
        session.get_one(Membership, world.memberships[world.gunnel]).role = Role.KANSLI
    samira = world.browser(world.kansli)
    token = fields_of(samira.get("/arbete/byt"))["csrf_token"][0]
    with second() as the_other:
        with world.app.app_context(), unit_of_work() as session:
            hers = session.get_one(Membership, world.memberships[world.kansli])
            end_membership(session, membership=hers, by=world.gunnel, at=clock.now())
            session.flush()
            place = f"{PEOPLE}/{world.memberships[world.gunnel]}/avsluta"
            the_other.begins(samira.post, place, data={"csrf_token": token})
        answer = the_other.ends()
    assert answer.status_code < 500
    with world.app.app_context():
        assert db.session.get_one(Membership, world.memberships[world.gunnel]).ended_at is None
        assert db.session.get_one(Membership, world.memberships[world.kansli]).ended_at is not None


def test_of_two_who_run_the_installation_and_end_each_other_one_is_left(world: World) -> None:
    with world.app.app_context(), unit_of_work() as session:
        at = clock.now()
        colleague = Person(id=uuid4(), email="kollega@example.se", name="Kollega", created_at=at)
        session.add(colleague)
        session.flush()
        theirs = Membership(id=uuid4(), person_id=colleague.id, role=Role.DRIFT, created_at=at, accepted_at=at)
        session.add(theirs)
        other, theirs_id = colleague.id, theirs.id
    drift = world.browser(world.drift)
    token = fields_of(drift.get("/arbete/byt"))["csrf_token"][0]
    with second() as the_other:
        with world.app.app_context(), unit_of_work() as session:
            mine = session.get_one(Membership, world.memberships[world.drift])
            end_membership(session, membership=mine, by=other, at=clock.now())
            session.flush()
            the_other.begins(drift.post, f"{PEOPLE}/{theirs_id}/avsluta", data={"csrf_token": token})
        assert the_other.ends().status_code < 500
    with world.app.app_context():
        assert db.session.get_one(Membership, theirs_id).ended_at is None


def test_an_invitation_that_is_sent_again_by_two_at_once_is_sent_once(world: World, set_clock: Clock) -> None:
    office, page = world.browser(world.kansli), world.browser(world.kansli)
    assert submit(office, PEOPLE, {"Namn": "Ny", "E-post": NEW, "role": "ledamot"}).status_code == 303
    before = len(letters(world))
    set_clock((clock.now() + timedelta(minutes=5)).isoformat())
    token = fields_of(page.get("/arbete/byt"))["csrf_token"][0]
    with second() as the_other:
        with world.app.app_context(), unit_of_work() as session:
            row = session.scalars(select(Membership).where(Membership.accepted_at.is_(None))).one()
            send_invitation(session, membership=row, by=world.kansli, at=clock.now())
            session.flush()
            the_other.begins(page.post, f"{PEOPLE}/{row.id}/skicka", data={"csrf_token": token})
        assert the_other.ends().status_code == 303
    assert len(letters(world)) == before + 1


def test_of_two_who_add_one_authority_at_once_the_later_is_told(world: World) -> None:
    form = {"name": "Region Nyss", "kind": "region", "controller_name": "Styrelsen"}
    with second() as the_other:
        with world.app.app_context(), unit_of_work() as session:
            scope.act_for(session, scope.PLATFORM)
            add_authority(session, **form, by=world.drift, at=clock.now())
            session.flush()
            the_other.begins(_add, world, form)
        with pytest.raises(NameTaken):
            the_other.ends()


def _add(world: World, form: dict[str, str]) -> None:
    with world.app.app_context(), unit_of_work() as session:
        scope.act_for(session, scope.PLATFORM)
        add_authority(session, **form, by=world.drift, at=clock.now())


def test_an_invitation_that_is_answered_in_two_browsers_makes_the_first_ones_account(world: World) -> None:
    office, browser = world.browser(world.kansli), world.browser()
    assert submit(office, PEOPLE, {"Namn": "Ny", "E-post": NEW, "role": "ledamot"}).status_code == 303
    path = link_in(letters(world)[-1])
    chosen = submit(browser, path, {"Namn": "Den andra", "Välj ett lösenord": PASSWORD}).headers["Location"]
    page = browser.get(chosen)
    own = {"secret": SECRET, "code": code_now(), "device": "", "at": clock.now()}
    with second() as the_other:
        with world.app.app_context(), unit_of_work() as session:
            enrol(session, token=path.rpartition("/")[2], name="Den första", title="", password_hash="x", **own)
            session.flush()
            the_other.begins(submit_page, browser, page, chosen, {"code": code_now(secret_on(page))})
        assert "gäller inte" in the_other.ends().get_data(as_text=True)
    with world.app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == NEW)).one()
        assert (person.name, person.password_hash) == ("Den första", "x")


def test_a_link_to_a_new_telephone_is_good_once_for_two_at_once_too(world: World) -> None:
    give_account(world, world.gunnel)
    with world.app.app_context(), unit_of_work() as session:
        hers = session.get_one(Membership, world.memberships[world.gunnel])
        send_recovery(session, membership=hers, by=world.kansli, by_drift=False, at=clock.now())
        stamp = password_stamp(hers.person)
    token = link_in(letters(world)[-1]).rpartition("/")[2]

    def bind(then: Callable[[], None]) -> None:
        with world.app.app_context(), unit_of_work() as session:
            recover(session, token=token, stamp=stamp, secret=SECRET, code=code_now(), device="", at=clock.now())
            session.flush()
            then()

    with second() as the_other:
        bind(lambda: the_other.begins(bind, lambda: None))
        with pytest.raises(LinkIsOver):
            the_other.ends()
