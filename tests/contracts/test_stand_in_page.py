"""The page of an employment shows what was entered of it: for whom a stand-in is, and the earlier days."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.contracts.test_earlier_days_corrected import of_party, words
from tests.contracts.test_stand_in_renewed import both
from tests.world import World


@pytest.fixture(autouse=True)
def after_the_election(set_clock: Callable[[str], datetime]) -> None:
    set_clock("2026-11-23T10:00")


def page(world: World, id: Any, person: str = "kansli") -> str:
    answer = world.browser(getattr(world, person)).get(f"/arbete/anstallningar/{id}")
    assert answer.status_code == 200
    return words(answer)


def test_for_whom_a_stand_in_is_stands_on_its_page_with_the_way_there(world: World) -> None:
    ada, bo = both(world)
    told = f'<dt>Vikarierar för</dt><dd><a href="/arbete/anstallningar/{ada}">Ada Lind</a>'
    assert told in page(world, bo)
    assert "Vikari" not in page(world, ada)


def test_an_authority_reads_it_of_those_it_employs(world: World) -> None:
    _, bo = both(world, "offentlig")
    assert "<dt>Vikarierar för</dt>" in page(world, bo, "region")


def test_a_stand_in_for_somebody_who_is_not_registered_is_said_to_be_one_and_its_days_are_shown(world: World) -> None:
    id = of_party(world, stands_in=True, earlier_days="300")
    told = page(world, id)
    assert "<dt>Vikariat</dt><dd>ja" in told
    assert "300 dagar i särskild visstidsanställning hos partiet" in told
    assert (
        "räknas i uppsägningstiden, och om vikariatet förnyas som något annat, men inte i de två åren som vikarie"
        in told
    )


def test_what_is_neither_says_nothing_of_it(world: World) -> None:
    told = page(world, of_party(world))
    assert "Vikari" not in told and "Tidigare dagar" not in told
