"""Whoever has jäv for the one employed is sent to a colleague where there is one, and else told that one is needed."""

from uuid import UUID

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.review.deciding.models import DecidingAnswer
from tests.applicants import Sent
from tests.contracts.hiring import fill, hired
from tests.contracts.test_standing_aside import REGISTER, say_conflict
from tests.decisions.recruiting import address
from tests.privacy.candidates import Clock
from tests.stage import add_person
from tests.world import World

INVITE = 'href="/arbete/personer">Bjud in en kollega'
PLACE = ("party_id", "authority_id", "controller_id", "ad_id", "application_id")


def office_of(world: World, *, two: bool) -> None:
    if two:
        add_person(world, "samir", "kansli", party=world.party)


@pytest.mark.parametrize("two", [True, False])
def test_who_is_to_be_recorded_waits_for_a_colleague_or_for_one_to_be_invited(
    world: World, set_clock: Clock, two: bool
) -> None:
    ad, _sent = hired(world, set_clock, 1)
    office_of(world, two=two)
    say_conflict(world)
    page = world.browser(world.kansli).get(address(ad, "anstall")).get_data(as_text=True)
    assert ("En kollega på kansliet registrerar anställningen" in page) == two
    assert (INVITE in page) == ("Ingen kan registrera anställningen än" in page) == (not two)


@pytest.mark.parametrize("two", [True, False])
def test_the_pages_of_the_employment_say_who_decides_or_that_nobody_can(
    world: World, set_clock: Clock, two: bool
) -> None:
    ad, (one,) = hired(world, set_clock, 1)
    id = UUID(fill(world.browser(world.kansli), ad, one).headers["Location"].rsplit("/", 1)[1])
    office_of(world, two=two)
    say_conflict(world)
    for page in ("/andra", "/beslut", "/avtal"):
        text = world.browser(world.kansli).get(f"{REGISTER}/{id}{page}").get_data(as_text=True)
        assert ("en kollega på kansliet beslutar och skriver in" in text) == two, page
        assert (INVITE in text) == ("ingen annan är på kansliet" in text) == (not two), page


def conflict(world: World, person: UUID, *of: Sent) -> None:
    """Somebody of the office has answered that they have jäv for these."""
    with world.writing(scope.party(world.party)) as session:
        known = {row.application_id: row for row in session.scalars(select(DecidingAnswer))}
        for row in (known[one.id] for one in of):
            if row.person_id == person:
                row.has_conflict, row.ground = True, "narstaende"
                continue
            also = {name: getattr(row, name) for name in PLACE}
            answered = {"person_id": person, "has_conflict": True, "ground": "narstaende", "answered_at": clock.now()}
            session.add(DecidingAnswer(**also, **answered))


def test_of_two_whom_a_colleague_may_record_one_of_the_page_says_both(world: World, set_clock: Clock) -> None:
    ad, sent = hired(world, set_clock, 3, hire=3)
    colleague, _ = add_person(world, "samir", "kansli", party=world.party)
    conflict(world, world.kansli, *sent[:2])
    place, browser = address(ad, "anstall"), world.browser(world.kansli)
    form = browser.get(place, follow_redirects=True).get_data(as_text=True)
    assert sent[2].name in form, "straight to the one they may record"
    conflict(world, world.kansli, sent[2])
    assert "registrerar 3 anställningar" in browser.get(place).get_data(as_text=True)
    conflict(world, colleague, sent[0])
    told = browser.get(place).get_data(as_text=True)
    assert "registrera 2 av dem, men för 1 kan ingen göra det än" in told and INVITE in told
    conflict(world, colleague, *sent[1:])
    assert "Ingen kan registrera anställningen för 3 än" in browser.get(place).get_data(as_text=True)


def test_beside_whom_one_may_record_it_stands_who_is_left_to_nobody(world: World, set_clock: Clock) -> None:
    ad, sent = hired(world, set_clock, 3, hire=3)
    conflict(world, world.kansli, sent[0])
    page = world.browser(world.kansli).get(address(ad, "anstall")).get_data(as_text=True)
    assert sent[1].name in page and sent[2].name in page and sent[0].name not in page
    assert "Ingen kan registrera anställningen för 1 till än" in page and INVITE in page
