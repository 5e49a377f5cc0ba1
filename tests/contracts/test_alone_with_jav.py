"""Whoever has jäv for the one employed is sent to a colleague where there is one, and else told that one is needed."""

from uuid import UUID

import pytest

from tests.contracts.hiring import fill, hired
from tests.contracts.test_standing_aside import REGISTER, say_conflict
from tests.decisions.recruiting import address
from tests.privacy.candidates import Clock
from tests.stage import add_person
from tests.world import World

INVITE = 'href="/arbete/personer">Bjud in en kollega'


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
