"""Whoever is alone in a party's office, or as an authority's HR, is put out by those who run the portal."""

import pytest
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Person
from portal.db import db, unit_of_work
from portal.organisations.models import Membership
from portal.organisations.services import inviting as services
from tests.accounts.people import give_account, letters
from tests.forms import submit
from tests.organisations.test_people import membership, press
from tests.stage import add_person
from tests.world import World


@pytest.mark.parametrize("who", ["rival_kansli", "region"])
def test_whoever_is_alone_in_a_home_is_ended_by_who_runs_the_portal_who_then_invites_the_next(
    world: World, who: str
) -> None:
    drift, alone = world.browser(world.drift), world.browser(getattr(world, who))
    home = world.rival if who == "rival_kansli" else world.authority
    assert alone.get("/arbete/personer").status_code == 200
    answer = press(drift, f"/arbete/personer/{membership(world, getattr(world, who))}/avsluta", shown="accepted")
    assert answer.headers["Location"] == f"/drift/personer/{home}"
    page = drift.get(f"/drift/personer/{home}").get_data(as_text=True)
    assert "Ingen är kvar där som kan bjuda in andra. Bjud in någon" in page
    assert alone.get("/arbete/personer").status_code == 303, "out at the next request"
    before = len(letters(world))
    to = f"kansli:{home}" if who == "rival_kansli" else f"region:{home}"
    form = {"Namn": "Ny", "E-post": "ny@example.se", "Till vad": to}
    assert submit(drift, "/drift/inbjudan", form).status_code == 303
    assert [letter.to for letter in letters(world)[before:]] == ["ny@example.se"]
    assert "Ny" in drift.get(f"/drift/personer/{home}").get_data(as_text=True)


def test_whoever_is_put_out_from_outside_is_told_so_by_mail_that_names_no_party(world: World) -> None:
    drift, before = world.browser(world.drift), len(letters(world))
    for _press in range(2):
        press(drift, f"/arbete/personer/{membership(world, world.rival_kansli)}/avsluta")
    (letter,) = letters(world)[before:]
    assert (letter.to, letter.subject) == ("rival_kansli@example.se", "Ditt uppdrag är avslutat")
    assert "den som driver portalen har avslutat" in letter.body and "http" not in letter.body
    assert not any(word in letter.body for word in ("Dalpartiet", "parti", "Region"))


def test_a_colleague_who_ends_somebody_and_an_invitation_taken_back_send_no_letter(world: World) -> None:
    office = world.browser(world.kansli)
    submit(office, "/arbete/personer", {"Namn": "Ny", "E-post": "ny@example.se", "role": "ledamot"})
    before = len(letters(world))
    with world.app.app_context():
        invited = db.session.scalars(select(Membership.id).where(Membership.accepted_at.is_(None))).one()
    press(world.browser(world.drift), f"/arbete/personer/{invited}/avsluta")
    press(office, f"/arbete/personer/{membership(world, world.gunnel)}/avsluta")
    assert letters(world)[before:] == []


def test_among_those_who_run_the_portal_nobody_acts_from_outside(world: World) -> None:
    person, colleague = add_person(world, "dag", "drift", party=None)
    before = len(letters(world))
    give_account(world, person)
    press(world.browser(world.drift), f"/arbete/personer/{colleague}/skicka")
    assert "en kollega har bett" in letters(world)[-1].body
    press(world.browser(world.drift), f"/arbete/personer/{colleague}/avsluta")
    assert [letter.subject for letter in letters(world)[before:]] == ["Ny kod till portalen"]
    assert world.browser(person).get("/drift").status_code != 200


def test_the_only_one_who_runs_the_portal_is_not_told_of_a_colleague_when_the_command_asks(world: World) -> None:
    give_account(world, world.drift)
    with world.app.app_context(), unit_of_work() as session:
        person = session.get_one(Person, world.drift)
        services.invite_to_run(session, email=person.email, name="", at=clock.now())
    (letter,) = [letter for letter in letters(world) if letter.subject == "Ny kod till portalen"]
    assert "någon har med ett kommando på servern bett om" in letter.body and "den som driver servern." in letter.body
    assert "kollega" not in letter.body and "den som bad om det" not in letter.body


def test_a_party_whose_last_of_the_office_is_ended_is_still_gone_about_in(world: World) -> None:
    press(world.browser(world.drift), f"/arbete/personer/{membership(world, world.kansli)}/avsluta")
    assessor, region = world.browser(world.gunnel), world.browser(world.region)
    assert assessor.get("/arbete").status_code == 200 and region.get("/arbete").status_code == 200
    for page in ("/drift", f"/drift/personer/{world.party}", f"/drift/parti/{world.party}", "/drift/inbjudan"):
        assert world.browser(world.drift).get(page).status_code == 200


@pytest.mark.parametrize(
    ("by", "said"), [("kansli", "en kollega har bett"), ("drift", "den som driver portalen har bett")]
)
def test_a_link_for_another_telephone_says_who_has_asked_for_it(world: World, by: str, said: str) -> None:
    give_account(world, world.gunnel)
    press(world.browser(getattr(world, by)), f"/arbete/personer/{membership(world, world.gunnel)}/skicka")
    body = letters(world)[-1].body
    assert said in body and ("en kollega" in body) == (by == "kansli")
