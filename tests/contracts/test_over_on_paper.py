"""LAS 5 a §: a last day that has been ended nothing where the employment had turned permanent by then, in the table too."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from tests.contracts.test_taking_over import confirm, employments, filled, show, text
from tests.world import World

OF_PARTY = {"Arbetsgivare": "parti", "Beslut": date(2025, 2, 1), "Tillträde": date(2025, 3, 1)}


@pytest.fixture(autouse=True)
def now(set_clock: Callable[[str], datetime]) -> None:
    set_clock("2026-11-23T10:00")


def test_who_still_works_is_not_said_to_have_left_and_is_read_in_until_further_notice(world: World) -> None:
    told = show(world, filled({**OF_PARTY, "Slutdatum": date(2026, 10, 31)}))
    assert told.status_code == 422
    assert "blev en tillsvidareanställning 1 mars 2026 och tog inte slut då" in text(told)
    assert "Anställningen slutade" not in text(told)
    row = {**OF_PARTY, "Slutdatum": "tills vidare", "Skäl": "Den har blivit det enligt lagen."}
    assert confirm(world, row).status_code == 303
    assert [one.ends_on for one in employments(world)] == [None]


@pytest.mark.parametrize(
    "row",
    [
        {"Slutdatum": date(2026, 2, 28)},
        {"Slutdatum": date(2026, 10, 31), "Vikariat": "ja"},
        {"Slutdatum": date(2026, 10, 31), "Arbetsgivare": "region"},
    ],
)
def test_what_had_not_turned_permanent_by_then_has_ended(world: World, row: dict[str, object]) -> None:
    told = show(world, filled({**OF_PARTY, **row}))  # type: ignore[dict-item]
    assert told.status_code == 422 and "Anställningen slutade" in text(told)
