"""What is wrong with renewing many is told at once, where it is typed, and once: not once for each person."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from werkzeug.test import TestResponse

from tests.contracts.test_employments import employ
from tests.contracts.test_renewal import BUTTON, DECIDED, MANY, renewals, send
from tests.forms import submit, submit_page
from tests.world import World

NOBODY = ("alla", "Kryssa för minst en som ska förnyas.")
NO_DAY = ("decided", "Ange dagen då beslutet om anställning fattas.")
TOO_LATE = ("ends", "31 mars 2031 går inte. Längst till och med 31 december 2030.")


@pytest.fixture(autouse=True)
def after_the_election(set_clock: Callable[[str], datetime]) -> None:
    set_clock("2026-11-23T10:00")


def told(answer: TestResponse) -> list[tuple[str, str]]:
    """Field and sentence of each line in the summary."""
    assert answer.status_code == 422
    summary = answer.get_data(as_text=True).replace("\xa0", " ").split("data-error-summary")[1].split("</ul>")[0]
    return re.findall(r'href="#(.*?)">(.*?)</a>', summary)


def test_no_day_and_nobody_ticked_are_told_together(world: World) -> None:
    employ(world, "Åsa")
    assert told(send(world, [], decided="")) == [NO_DAY, NOBODY]


@pytest.mark.parametrize("button", [BUTTON, "Räkna"])
def test_an_end_that_is_too_late_for_all_is_told_once_at_the_end_with_the_day_that_would_do(
    world: World, button: str
) -> None:
    ids = [employ(world, "Åsa"), employ(world, "Bo")]
    browser = world.browser(world.kansli)
    answer = submit(browser, MANY, {"chosen": [str(id) for id in ids], "ends": "2031-03-31"}, button)
    assert told(answer) == [TOO_LATE]
    assert 'id="ends-error"' in answer.get_data(as_text=True)
    mended = submit_page(browser, answer, MANY, {}, "Använd 31 december 2030")
    page = mended.get_data(as_text=True)
    assert mended.status_code == 200 and 'value="2030-12-31"' in page and page.count(" checked") == 2
    assert renewals(world) == []
    assert submit_page(browser, mended, MANY, {}, BUTTON).status_code == 303
    assert {row.ends_on for row in renewals(world)} == {date(2030, 12, 31)}


def test_with_nobody_ticked_the_end_is_told_of_too(world: World) -> None:
    for name in ("Åsa", "Bo"):
        employ(world, name)
    assert told(send(world, [], ends="2031-03-31")) == [TOO_LATE, NOBODY]


def test_what_stands_against_one_of_them_alone_names_who(world: World) -> None:
    law, policy = employ(world, "Åsa"), employ(world, "Bo", employer="party")
    answer = send(world, [law, policy], decided=DECIDED, ends="2031-03-31")
    lines = told(answer)
    assert (
        lines[0] == TOO_LATE and lines[1][0] == f"vald-{policy}" and lines[1][1].startswith("Bo: Slutdatumet är senare")
    )
    assert len(lines) == 2
