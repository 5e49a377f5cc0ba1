"""A last day and *tills vidare* at once is nothing to guess of: it is said beside both, and nothing is recorded."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from tests.contracts.acts.changing import EXTEND, acts, change
from tests.contracts.hiring import TERMS, hired, place
from tests.contracts.test_earlier_days_corrected import words
from tests.contracts.test_employments import employ
from tests.contracts.test_renewal import BUTTON, renewals
from tests.contracts.test_without_ad import RECORD, employments, fill
from tests.forms import submit, submit_page
from tests.world import World

SAID = "Välj ett slutdatum eller tills vidare, inte båda."
BOTH: dict[str, Any] = {"ends": "2027-11-30", "until_further_notice": True, "policy_reason": "Fast tjänst."}


@pytest.fixture(autouse=True)
def after_the_election(set_clock: Callable[[str], datetime]) -> None:
    set_clock("2026-11-23T10:00")


def test_without_an_ad_it_is_said_beside_both_fields_and_what_was_filled_in_stays(world: World) -> None:
    told = fill(world.browser(world.kansli), "parti", **BOTH)
    page = words(told)
    assert told.status_code == 422
    assert all(f'id="{field}-error"' in page for field in ("ends", "until_further_notice")) and page.count(SAID) == 4
    assert 'value="2027-11-30"' in page and employments(world) == []


def test_of_a_candidate_and_of_a_renewal_it_is_said_too(world: World, set_clock: Callable[[str], datetime]) -> None:
    published, sent = hired(world, set_clock, employer="party")
    browser = world.browser(world.kansli)
    assert SAID in words(submit(browser, place(published, sent[0]), {**TERMS, **BOTH}, RECORD))
    assert employments(world) == []
    id = employ(world, "Åsa", employer="party")
    told = submit(browser, f"/arbete/anstallningar/{id}/fornya", BOTH, BUTTON)
    assert told.status_code == 422 and SAID in words(told) and renewals(world) == []


def test_whoever_takes_the_latest_day_by_its_button_means_that_day(world: World) -> None:
    browser = world.browser(world.kansli)
    asked = fill(browser, "parti", ends="", until_further_notice=True)
    where = "/arbete/anstallningar/ny/parti"
    taken = submit_page(browser, asked, where, {}, "Använd 31\xa0december\xa02030".replace("\xa0", " "))
    assert taken.status_code == 200 and SAID not in words(taken)
    assert submit_page(browser, taken, where, {}, RECORD).status_code == 303
    (row,) = employments(world)
    assert row.ends_on == date(2030, 12, 31)


def test_of_what_has_no_end_nothing_is_said_of_a_day_on_which_it_will_have_none(world: World) -> None:
    browser = world.browser(world.kansli)
    assert fill(browser, "parti", starts="2026-12-01", ends="2026-12-31").status_code == 303
    (row,) = employments(world)
    where, turns = f"/arbete/anstallningar/{row.id}/andra", "dagen då anställningen blir tills vidare"
    assert turns in words(browser.get(where))
    fields = {"decided": "2026-11-23", "until_further_notice": True, "policy_reason": "Fast tjänst."}
    assert change(world, row.id, EXTEND, **fields).status_code == 303
    page = words(browser.get(where))
    assert "Skrevs vikariatet in fel?" in page and "Skrevs tidigare dagar in fel?" in page and turns not in page
    assert "hur lång uppsägningstiden minst är" in page, "that is what the days still count for (LAS 11 §)"


def test_what_the_hints_call_utgangslaget_is_said_once_where_it_is_first_named(world: World) -> None:
    page = words(world.browser(world.kansli).get("/arbete/anstallningar/ny/parti"))
    first = page.index("utgångsläget")
    assert page[first:].startswith("utgångsläget: den 31 december det år då nästa val hålls.")
    assert page.count("det år då nästa val hålls") == 1


def test_an_extension_to_a_day_and_without_an_end_is_sent_back_to_be_chosen_of(world: World) -> None:
    browser = world.browser(world.kansli)
    assert fill(browser, "parti", starts="2026-12-01", ends="2026-12-31").status_code == 303
    (row,) = employments(world)
    told = change(world, row.id, EXTEND, decided="2026-11-23", **BOTH)
    page = words(told)
    assert told.status_code == 422 and acts(world, row.id) == []
    assert 'id="forlang-ends-error"' in page and SAID in page and 'value="2027-11-30"' in page
