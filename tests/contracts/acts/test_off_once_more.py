"""A calling off that was taken back by mistake, and found out long after the first day."""

from datetime import date
from uuid import UUID

import pytest

from tests.contracts.acts.changing import BACK, END, OFF, change, employ, shown, stored
from tests.privacy.candidates import Clock
from tests.world import World

CALLED_OFF = date(2026, 9, 20)


@pytest.fixture(params=["authority", "party"])
def back_again(world: World, set_clock: Clock, request: pytest.FixtureRequest) -> UUID:
    """It was to begin on 1 October, was called off in September, and that was taken back in November."""
    set_clock("2026-09-21T09:00")
    id = employ(world, employer=request.param)
    assert change(world, id, OFF, decided=CALLED_OFF.isoformat()).status_code == 303
    set_clock("2026-11-20T09:00")
    assert change(world, id, BACK).status_code == 303
    assert not stored(world, id).never_began
    return id


@pytest.mark.parametrize("day", ["2026-11-20", "2027-02-10"])
def test_it_is_called_off_once_more_by_the_day_that_stood(
    world: World, set_clock: Clock, back_again: UUID, day: str
) -> None:
    set_clock(f"{day}T09:00")
    page = shown(world, back_again)
    assert "Det var inskrivet att den inte blir av, beslutat 20 september 2026, och togs tillbaka." in page
    assert change(world, back_again, OFF, decided=CALLED_OFF.isoformat()).status_code == 303
    row = stored(world, back_again)
    assert (row.never_began, row.ends_on) == (True, CALLED_OFF)


def test_another_day_is_none_that_it_was_called_off_on(world: World, back_again: UUID) -> None:
    answer = change(world, back_again, OFF, decided="2026-09-21")
    assert answer.status_code == 422 and not stored(world, back_again).never_began


def test_an_end_before_the_first_day_leads_to_it(world: World, back_again: UUID) -> None:
    answer = change(world, back_again, END, decided="2026-11-20", ends="2026-09-30")
    assert answer.status_code == 422 and "Blir den inte av, skriv in det i stället" in answer.get_data(as_text=True)
