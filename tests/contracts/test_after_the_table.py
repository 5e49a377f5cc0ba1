"""After the last election that the table has, no limit can be reckoned: what is written down already is read as before."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from portal.contracts.pictures import Line, mandate, register_of
from tests.contracts.acts.changing import employ
from tests.world import World

REGISTER = "/arbete/anstallningar"


@pytest.mark.parametrize("day", ["2050-09-11", "2050-09-12", "2051-02-01"])
def test_the_register_and_an_employments_page_are_there_on_every_day(
    world: World, set_clock: Callable[[str], datetime], day: str
) -> None:
    id = employ(world)
    set_clock(f"{day}T10:00")
    answer = world.browser(world.kansli).get(REGISTER)
    assert answer.status_code == 200
    assert ("Mandatperioden" in answer.get_data(as_text=True)) == (day == "2050-09-11")
    assert ("/arbete/mandatskifte" in answer.get_data(as_text=True)) == (day < "2051"), (
        "it leads nowhere where none is known"
    )
    for own in (f"{REGISTER}/{id}", f"{REGISTER}/{id}/andra"):
        assert world.browser(world.kansli).get(own).status_code == 200, own


def test_the_register_is_drawn_with_the_limit_that_is_known_and_then_with_none() -> None:
    line = Line("Per", "Pressekreterare", 100, date(2047, 1, 1), date(2050, 12, 31))
    until, after, beyond = (
        register_of([line], on=on) for on in (date(2050, 9, 11), date(2050, 9, 12), date(2051, 3, 1))
    )
    assert (until.beyond is None, after.beyond, beyond.beyond) == (False, None, None)
    assert all(len(one.rows) == 1 for one in (until, after, beyond))
    assert mandate(date(2050, 9, 11)) == "2047–2050" and mandate(date(2050, 9, 12)) == ""
