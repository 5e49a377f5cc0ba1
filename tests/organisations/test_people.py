"""Inviting colleagues, ending memberships, and working in one membership at a time."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.accounts.models import Person
from portal.audit.models import AuditLine
from portal.db import db
from portal.mail.models import OutgoingMail
from portal.organisations.models import Membership
from tests.accounts.people import give_account, letters
from tests.counting import statements
from tests.forms import fields_of, submit
from tests.world import World


def press(client: FlaskClient, address: str, **data: str):
    token = fields_of(client.get("/arbete/byt"))["csrf_token"][0]
    return client.post(address, data={"csrf_token": token, **data})


def membership(world: World, person: object) -> str:
    return str(world.memberships[person])  # type: ignore[index]


def test_an_invitation_names_no_party_in_the_mail(world: World) -> None:
    data = {"Namn": "Ny <b>Person</b>", "E-post": "Ny@Example.se", "role": "kansli"}
    assert submit(world.browser(world.kansli), "/arbete/personer", data).status_code == 303
    letter = letters(world)[-1]
    assert (letter.to, letter.subject) == ("ny@example.se", "Inbjudan till portalen")
    for word in ("Närvårdspartiet", "parti", "Samira"):
        assert word not in letter.body
    page = world.browser(world.kansli).get("/arbete/personer").get_data(as_text=True)
    assert "Ny &lt;b&gt;Person&lt;/b&gt;" in page


def test_the_inviter_does_not_learn_that_the_address_has_an_account_with_a_rival(world: World) -> None:
    give_account(world, world.rival_kansli)
    client = world.browser(world.kansli)
    answers = [
        submit(client, "/arbete/personer", {"Namn": "Någon", "E-post": email, "role": "ledamot"})
        for email in ("rival_kansli@example.se", "okandes_kans@example.se")
    ]
    assert answers[0].data == answers[1].data
    page = client.get("/arbete/personer").get_data(as_text=True)
    assert "Ture Lindroth" not in page
    rows = re.findall(r"<tr><th scope=\"row\">Någon.*?</tr>", page, re.DOTALL)
    blank = {re.sub(r"[0-9a-f-]{36}|value=\"[^\"]+\"|[a-z_]+@example.se", "", row) for row in rows}
    assert (len(rows), len(blank)) == (2, 1)


def test_the_list_tells_that_an_invitation_did_not_get_through(world: World) -> None:
    browser = world.browser(world.kansli)
    data = {"Namn": "Ny Kollega", "E-post": "ny@example.se", "role": "kansli"}
    assert submit(browser, "/arbete/personer", data).status_code == 303
    assert "Mejlet" not in browser.get("/arbete/personer").get_data(as_text=True)
    with world.writing(scope.PLATFORM) as session:
        mail = session.scalars(select(OutgoingMail).where(OutgoingMail.once.startswith("invitation:"))).one()
        mail.given_up_at, mail.last_fault, mail.tries = clock.now(), "SMTPRecipientsRefused 550", 1
    page = browser.get("/arbete/personer").get_data(as_text=True)
    assert "Mejlet kom inte fram." in page and "adressen finns inte, eller tar inte emot" in page


def test_a_colleague_is_not_invited_twice(world: World) -> None:
    data = {"Namn": "Gunnel", "E-post": "GUNNEL@example.se", "role": "kansli"}
    answer = submit(world.browser(world.kansli), "/arbete/personer", data)
    assert answer.status_code == 422
    assert "finns redan här" in answer.get_data(as_text=True)


@pytest.mark.parametrize("role", ["drift", "region", "", "KANSLI"])
def test_an_office_gives_no_role_but_its_own(world: World, role: str) -> None:
    answer = submit(
        world.browser(world.kansli), "/arbete/personer", {"Namn": "X", "E-post": "x@example.se", "role": role}
    )
    assert answer.status_code == 422
    with world.app.app_context():
        assert db.session.scalars(select(Person).where(Person.email == "x@example.se")).first() is None


def test_the_region_invites_its_own_people_and_sees_no_partys(world: World) -> None:
    client = world.browser(world.region)
    page = client.get("/arbete/personer").get_data(as_text=True)
    assert "Berit Åkerlund" in page
    assert "Gunnel" not in page
    assert submit(client, "/arbete/personer", {"Namn": "Ny", "E-post": "ny@example.se"}).status_code == 303
    with world.app.app_context():
        made = db.session.scalars(select(Membership).where(Membership.accepted_at.is_(None))).one()
        assert (made.role, made.authority_id, made.party_id) == ("region", world.authority, None)


def test_a_ledamot_and_a_stranger_reach_no_list_of_people(world: World) -> None:
    assert world.browser(world.gunnel).get("/arbete/personer").status_code == 404
    assert world.browser(world.drift).get("/arbete/personer").status_code == 404
    assert world.browser().get("/arbete/personer").status_code == 303


@pytest.mark.parametrize("verb", ["skicka", "avsluta"])
def test_a_rivals_membership_answers_as_one_that_is_not_there(world: World, verb: str) -> None:
    client = world.browser(world.kansli)
    foreign = press(client, f"/arbete/personer/{membership(world, world.rival_kansli)}/{verb}")
    unused = press(client, f"/arbete/personer/00000000-0000-4000-8000-000000000000/{verb}")
    assert (foreign.status_code, unused.status_code) == (404, 404)
    assert foreign.data == unused.data
    with world.app.app_context():
        assert db.session.get_one(Membership, world.memberships[world.rival_kansli]).ended_at is None


def test_an_ended_membership_is_out_at_the_next_request(world: World) -> None:
    gunnel, office = world.browser(world.gunnel), world.browser(world.kansli)
    assert gunnel.get("/konto").status_code == 200
    assert press(office, f"/arbete/personer/{membership(world, world.gunnel)}/avsluta").status_code == 303
    assert gunnel.get("/konto").status_code == 303
    assert "Gunnel" not in office.get("/arbete/personer").get_data(as_text=True)
    with world.app.app_context():
        assert (
            db.session.scalars(select(AuditLine).where(AuditLine.verb == "membership.ended")).one().chain_id
            == world.party
        )


def test_with_another_home_left_only_the_ended_one_is_shut(world: World) -> None:
    second(world, world.gunnel, world.rival, "ledamot")
    gunnel = world.browser(world.gunnel)
    press(world.browser(world.kansli), f"/arbete/personer/{membership(world, world.gunnel)}/avsluta")
    page = gunnel.get("/arbete/byt").get_data(as_text=True)
    assert "Dalpartiet" in page
    assert "Närvårdspartiet" not in page


def test_nobody_ends_themselves_and_who_runs_the_portal_not_the_last_of_those(world: World) -> None:
    for person in (world.kansli, world.drift):
        press(world.browser(person), f"/arbete/personer/{membership(world, person)}/avsluta")
        with world.app.app_context():
            assert db.session.get_one(Membership, world.memberships[person]).ended_at is None


def test_nobody_binds_their_own_telephone_anew_without_a_colleague(world: World) -> None:
    for person in (world.kansli, world.drift):
        own = membership(world, person)
        browser = world.browser(person)
        answer = press(browser, f"/arbete/personer/{own}/skicka")
        page = browser.get(answer.headers["Location"]).get_data(as_text=True)
        assert "Du kan inte skicka brevet till dig själv" in page and "Brevet är skickat." not in page
    with world.app.app_context():
        assert not db.session.scalars(select(AuditLine).where(AuditLine.verb == "recovery.sent")).all()


def second(world: World, person: object, party: object, role: str) -> str:
    with world.writing(scope.PLATFORM) as session:
        made = Membership(person_id=person, role=role, party_id=party, created_at=clock.now(), accepted_at=clock.now())
        session.add(made)
        session.flush()
        return str(made.id)


def test_one_works_in_one_membership_at_a_time_and_chooses_only_ones_own(world: World) -> None:
    other = second(world, world.kansli, world.rival, "kansli")
    client = world.browser(world.kansli)
    assert "Gunnel" in client.get("/arbete/personer").get_data(as_text=True)
    assert press(client, "/arbete/byt", membership=other).status_code == 303
    page = client.get("/arbete/personer").get_data(as_text=True)
    assert "Ture Lindroth" in page
    assert "Gunnel" not in page
    for foreign in (membership(world, world.region), membership(world, world.drift), "", "x"):
        assert press(client, "/arbete/byt", membership=foreign).status_code == 404


@pytest.mark.counts
def test_the_list_asks_as_much_for_thirty_as_for_one(world: World) -> None:
    client = world.browser(world.kansli)
    client.get("/arbete/personer")
    for wanted in (3, 33):
        with world.writing(scope.PLATFORM) as session:
            for n in range(30 if wanted > 3 else 0):
                person = Person(email=f"p{n}@example.se", name=f"P {n}", created_at=clock.now())
                session.add(person)
                session.flush()
                session.add(
                    Membership(person_id=person.id, role="ledamot", party_id=world.party, created_at=clock.now(),
                               accepted_at=clock.now())
                )  # fmt: skip
        with statements(world.app) as asked:
            page = client.get("/arbete/personer").get_data(as_text=True)
        assert page.count('<th scope="row">') == wanted
        assert asked.count == 3
