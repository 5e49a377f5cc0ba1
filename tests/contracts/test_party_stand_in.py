"""LAS 5 a §: a party's stand-in is recorded as one, whichever way it is recorded: two years, and no särskild visstid."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from portal.contracts.taking_over.secretaries import unpacked
from tests.contracts.test_taking_over import GOOD, confirm, employments, filled, show, text
from tests.contracts.test_without_ad import fill
from tests.posts.ledgers import claimed, give
from tests.world import World

OF_PARTY = {"Arbetsgivare": "parti", "Beslut": date(2026, 1, 9), "Tillträde": date(2026, 2, 1)}


@pytest.fixture(autouse=True)
def now(set_clock: Callable[[str], datetime]) -> None:
    set_clock("2026-11-23T10:00")


def test_without_an_ad_also_for_somebody_who_is_not_registered_here(world: World) -> None:
    give(world, (world.party, "1.00"), starts=date(2027, 1, 1))
    browser = world.browser(world.kansli)
    told = fill(browser, "parti", button="Räkna", stands_in=True)
    assert "31 december 2028 blir vikariatet en tillsvidareanställning" in text(told)
    answer = fill(browser, "parti", stands_in=True)
    assert answer.status_code == 303
    (row,) = employments(world)
    assert (row.stands_in, row.permanent_on) == (True, date(2028, 12, 31))
    assert claimed(world) == [("filled", 80)], "it has a post of its own"
    assert fill(browser, "parti", stands_in=True).headers["Location"] == answer.headers["Location"], "pressed twice"
    other = fill(browser, "parti")
    assert other.status_code == 409 and "vikarierar för: någon som inte är registrerad" in text(other)


def test_an_authority_is_not_asked(world: World) -> None:
    assert 'name="stands_in"' not in world.browser(world.kansli).get("/arbete/anstallningar/ny/offentlig").text


def test_from_the_table(world: World) -> None:
    page = text(show(world, filled({**OF_PARTY, "Vikariat": "Ja"})))
    assert "Politisk sekreterare, vikarie, rad 2" in page and "Tillsvidareanställning från" not in page
    assert confirm(world, {**OF_PARTY, "Vikariat": "Ja"}, {**OF_PARTY, "Namn": "Bo Ek"}).status_code == 303
    found = {(row.stands_in, row.permanent_on) for row in employments(world)}
    assert found == {(True, date(2028, 2, 1)), (False, date(2027, 2, 1))}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"Vikariat": "ja"}, "Fyll bara i det här när partiet är arbetsgivare."),
        ({**OF_PARTY, "Vikariat": "kanske"}, "Skriv ja för ett vikariat, eller lämna cellen tom."),
    ],
)
def test_another_word_is_told_beside_its_cell(world: World, row: dict[str, object], sentence: str) -> None:
    answer = show(world, filled(row))  # type: ignore[arg-type]
    assert answer.status_code == 422 and sentence in text(answer)


def test_a_table_that_was_shown_before_there_was_such_a_column_is_still_read() -> None:
    packed = GOOD.packed()
    del packed["stands_in"]
    assert unpacked(packed) == GOOD
