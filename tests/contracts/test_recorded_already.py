"""What is recorded already: only the same form is a second press. Anything else is refused, says what is recorded and where,
and keeps what was typed."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import scope
from portal.contracts.models import Employment
from portal.refusal import OPEN_ANEW
from tests.contracts.hiring import RECORD, TERMS, hired, place
from tests.contracts.test_employments import employ
from tests.contracts.test_without_ad import fill
from tests.forms import submit_page
from tests.world import World

Clock = Callable[[str], datetime]
LO = {"person": "Lo", "extent_percent": "20", "starts": "2026-12-12", "ends": ""}
RENEW = "Förnya för 2027–2030"


@pytest.fixture(autouse=True)
def after_the_election(set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")


def rows(world: World) -> list[Employment]:
    with world.acting(scope.party(world.party)) as session:
        return list(session.scalars(select(Employment).order_by(Employment.recorded_at)))


def words(answer: TestResponse) -> str:
    return answer.get_data(as_text=True).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("first", "then", "recorded"),
    [
        ({}, {"earlier_days": "360"}, "tidigare dagar hos partiet: 0"),
        ({"earlier_days": "360"}, {"earlier_days": ""}, "tidigare dagar hos partiet: 360"),
        (
            {"ends": "2031-06-30", "policy_reason": "Stämman."}, {"ends": "2031-06-30", "policy_reason": "Styrelsen."},
            "skäl att gå förbi utgångsläget: ”Stämman.”",
        ),
    ],
)  # fmt: skip
def test_a_form_that_says_something_else_is_refused_says_what_is_recorded_and_keeps_what_was_typed(
    world: World, first: dict[str, str], then: dict[str, str], recorded: str
) -> None:
    browser = world.browser(world.kansli)
    there = fill(browser, "parti", **{**LO, **first}).headers["Location"]
    told = fill(browser, "parti", **{**LO, **then})
    page = words(told)
    assert told.status_code == 409
    assert recorded in page and f'href="{there}"' in page
    assert "Ingenting är registrerat än" not in page and "skriv en titel som skiljer dem åt" in page
    assert all(f'value="{text}"' in page or text in page for text in then.values() if text)
    assert len(rows(world)) == 1
    other = submit_page(browser, told, "/arbete/anstallningar/ny/parti", {"title": "Skrivare"}, RECORD)
    assert other.status_code == 303 and len(rows(world)) == 2


def test_whom_one_stands_in_for_is_no_second_press_either_and_is_named(world: World) -> None:
    browser = world.browser(world.kansli)
    assert fill(browser, "parti", person="Bo").status_code == 303
    assert fill(browser, "parti", person="Cissi").status_code == 303
    bo, cissi = (str(row.id) for row in rows(world))
    assert fill(browser, "parti", **LO).status_code == 303
    alone = fill(browser, "parti", **LO, stands_in_for=bo)
    assert alone.status_code == 409 and "vikarierar för: ingen" in words(alone)
    assert fill(browser, "parti", **{**LO, "person": "Mo"}, stands_in_for=bo).status_code == 303
    another = fill(browser, "parti", **{**LO, "person": "Mo"}, stands_in_for=cissi)
    assert another.status_code == 409 and "vikarierar för: Bo" in words(another)
    assert fill(browser, "parti", **{**LO, "person": "Mo"}, stands_in_for=bo).status_code == 303, "a second press"
    assert len(rows(world)) == 4


def test_of_two_tabs_the_second_is_told_by_which_days_it_is_recorded_and_led_there(
    world: World, set_clock: Clock
) -> None:
    published, sent = hired(world, set_clock)
    browser, where = world.browser(world.kansli), place(published, sent[0])
    old = browser.get(where)
    there = submit_page(browser, old, where, TERMS, RECORD).headers["Location"]
    typed = {**TERMS, "starts": "2027-03-01", "extent_percent": "60"}
    for button in (RECORD, "Räkna"):
        told = submit_page(browser, old, where, typed, button)
        page = words(told)
        assert told.status_code == 409
        assert "Anställningen är redan registrerad: beslut 14 december 2026, tillträde 1 februari 2027" in page
        assert "slutdatum 31 december 2030, omfattning 100 procent" in page
        assert f'href="{there}"' in page
        assert "Ingenting är registrerat" not in page and OPEN_ANEW not in page
        assert 'value="2027-03-01"' in page and 'value="60"' in page
        assert 'name="save"' not in page, "it could only be refused again"
    assert submit_page(browser, old, where, TERMS, RECORD).headers["Location"] == there, "a second press"
    (row,) = rows(world)
    assert row.starts_on == date(2027, 2, 1)


def test_earlier_days_differ_from_what_is_recorded_of_a_candidate_too(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock, employer="party")
    browser, where = world.browser(world.kansli), place(published, sent[0])
    old = browser.get(where)
    submit_page(browser, old, where, TERMS, RECORD)
    told = submit_page(browser, old, where, {**TERMS, "earlier_days": "100"}, RECORD)
    assert told.status_code == 409 and "tidigare dagar hos partiet: 0" in words(told)


def test_a_renewal_with_other_earlier_days_is_no_second_press(world: World) -> None:
    id = employ(world, "Åsa", employer="party")
    browser, where = world.browser(world.kansli), f"/arbete/anstallningar/{id}/fornya"
    old = browser.get(where)
    there = submit_page(browser, old, where, {}, RENEW).headers["Location"]
    assert submit_page(browser, old, where, {}, RENEW).headers["Location"] == there
    told = submit_page(browser, old, where, {"earlier_days": "12"}, RENEW)
    page = words(told)
    assert told.status_code == 409 and "tidigare dagar hos partiet: 1430" in page
    assert f'href="{there}"' in page and "Ta bort markeringen" not in page
    assert 'value="12"' in page and 'name="save"' not in page


def test_a_renewal_in_place_is_told_of_whatever_is_wrong_in_the_form(world: World) -> None:
    id = employ(world, "Åsa")
    browser, where = world.browser(world.kansli), f"/arbete/anstallningar/{id}/fornya"
    old = browser.get(where)
    submit_page(browser, old, where, {}, RENEW)
    changed: dict[str, Any] = {"starts": "2027-02-01", "extent_percent": "500"}
    told = submit_page(browser, old, where, changed, RENEW)
    assert told.status_code == 409 and "Den är redan förnyad: beslut 23 november 2026" in words(told)
