"""LAS 5 a §: of an employment that has turned permanent no page says that it ended with its paper's last day, and what
is done to one that runs is done to it."""

from datetime import date
from uuid import UUID

import pytest

from portal.contracts.written.states import State
from tests.contracts.acts.changing import END, change, employ
from tests.contracts.onboarding_lists import begin
from tests.contracts.written.contracting import EMPLOYER_SIGNS, Recorded, accept, offer, save, sign
from tests.privacy.candidates import Clock
from tests.world import World

LATER = date(2027, 1, 15)


@pytest.fixture
def one(world: World, set_clock: Clock) -> Recorded:
    """From 1 September 2025, so permanent from 1 September 2026, with 31 December 2026 as its last day on paper."""
    set_clock("2026-11-23T10:00")
    id = employ(world, employer="party", decided=date(2025, 8, 20), starts=date(2025, 9, 1))
    return Recorded(world, world.party, id, "Per Vikman")


def page(world: World, address: str) -> str:
    answer = world.browser(world.kansli).get(address)
    return " ".join(answer.get_data(as_text=True).replace("\xa0", " ").split())


def test_its_contract_is_offered_accepted_and_signed_and_runs(one: Recorded, set_clock: Clock) -> None:
    set_clock("2027-01-15T10:00")
    save(one)
    offer(one)
    accept(one)
    assert sign(one, 1, EMPLOYER_SIGNS.name, on=LATER) is not None
    assert sign(one, 2, one.employee, on=LATER) is not None
    assert one.held().state is State.RUNNING
    assert "Löper</b> tills vidare" in page(one.world, one.page)
    register = page(one.world, "/arbete/anstallningar?visa=lopande")
    assert "Löper" in register and "Avslutat" not in register
    assert change(one.world, one.employment, END, decided="2027-01-15", ends="2027-01-15").status_code == 303
    set_clock("2027-01-16T10:00")
    assert one.held().state is State.ENDED


def test_its_first_days_are_open(one: Recorded, set_clock: Clock) -> None:
    set_clock("2027-01-15T10:00")
    begin(one.world, one.employment)
    place = f"/arbete/anstallningar/{one.employment}/introduktion"
    assert "Listan ändras inte efter det" not in page(one.world, place)


def listed_as(world: World, id: UUID) -> str:
    """What the change of mandate says of an employment."""
    told = page(world, "/arbete/mandatskifte?val=2026")
    return told.partition(str(id))[2].partition("</tr>")[0]


def test_the_change_of_mandate_lists_it_and_hands_nothing_over(world: World, set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")
    days = {"decided": date(2025, 8, 20), "starts": date(2025, 9, 1)}
    before = employ(world, "Åsa Nyman", employer="party", ends=date(2026, 10, 31), **days)
    last = employ(world, "Per Vikman", employer="party", **days)
    gone = employ(world, "Lo Ek", ends=date(2026, 10, 31), **days)
    assert "Tog inte slut av sig själv 31 oktober 2026" in listed_as(world, before)
    assert listed_as(world, gone) == "", "an authority's has ended with its last day"
    set_clock("2027-01-15T10:00")
    assert "Tog inte slut av sig själv 31 december 2026" in listed_as(world, last)
    told = page(world, "/arbete/mandatskifte?val=2026")
    assert "Per Vikman" in told and "Per Vikman" not in told.partition("Att lämna över")[2]
