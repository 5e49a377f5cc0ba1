"""The page of assessors tells all that is wrong with it at once, and gives no day that it would refuse."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from werkzeug.test import TestResponse

from tests.forms import submit
from tests.review.panel import panel_of
from tests.world import World

Clock = Callable[[str], datetime]


def told(answer: TestResponse) -> list[tuple[str, str]]:
    """Field and sentence of each line in the summary."""
    assert answer.status_code == 422
    summary = answer.get_data(as_text=True).replace("\xa0", " ").split("data-error-summary")[1].split("</ul>")[0]
    return re.findall(r'href="#(.*?)">(.*?)</a>', summary)


def test_nobody_ticked_nobody_leading_and_no_day_are_told_together(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock)
    answer = submit(world.browser(world.kansli), f"{panel.url}/bedomare", {}, "Spara bedömarna")
    assert told(answer) == [
        ("people", "Välj en till fem bedömare."),
        ("leader", "Välj vem som leder."),
        ("day", "Välj sista dagen att lämna in."),
    ]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"people": [], "day": "2026-12-10"}, ["people", "day"]),
        ({"leader": "kansli", "day": "2026-12-10"}, ["leader", "day"]),
        ({"day": "2026-12-10", "first_deputy": "elof"}, ["day", "first_deputy"]),
        ({"day": "2028-12-10", "first_deputy": "kansli", "second_deputy": "kansli"}, ["day", "first_deputy"]),
        ({"day": "17 december", "first_deputy": "elof"}, ["day", "first_deputy"]),
    ],
)
def test_what_the_panel_itself_is_refused_for_is_told_with_the_rest(
    world: World, set_clock: Clock, changes: dict[str, object], fields: list[str]
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    ids = {"kansli": str(world.kansli), "elof": str(world.elof)}
    data = {name: ids.get(value, value) if isinstance(value, str) else value for name, value in changes.items()}
    answer = submit(world.browser(world.kansli), f"{panel.url}/bedomare", data, "Spara bedömarna")
    assert [field for field, _ in told(answer)] == fields


def test_a_day_that_cannot_be_read_is_told_how_to_be_written(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel)
    answer = submit(world.browser(world.kansli), f"{panel.url}/bedomare", {"day": "17 december"}, "Spara bedömarna")
    assert told(answer) == [("day", "17 december är inget datum. Skriv år, månad och dag så här: 2026-11-21.")]
