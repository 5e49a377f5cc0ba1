"""Whoever has been given notice, or ends early, is not renewed unseen along with the others; alone, once it is said."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from portal.contracts.acts.kinds import ended_by
from tests.contracts.acts.changing import BACK, END, EXTEND, NOTICE, acts, change, employ
from tests.contracts.test_renewal import BUTTON, DECIDED, MANY, renewals, send
from tests.forms import submit, submit_page
from tests.privacy.candidates import Clock
from tests.world import World

RESIGNS = {"by": "employee", "given": DECIDED, "last_day": "2026-12-31"}
EARLIER = {"decided": DECIDED, "ends": "2026-11-30"}


@pytest.fixture(autouse=True)
def after_the_election(set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")


def page(world: World, address: str) -> str:
    return world.browser(world.kansli).get(address).get_data(as_text=True).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("button", "fields", "words"),
    [
        (NOTICE, RESIGNS, "Anställningen är uppsagd 23 november 2026."),
        (END, EARLIER, "Anställningen slutar i förtid, 30 november 2026."),
    ],
)
def test_whoever_leaves_is_marked_and_not_renewed_along_with_the_others(
    world: World, button: str, fields: dict[str, Any], words: str
) -> None:
    leaves, stays = employ(world, "Åsa"), employ(world, "Bo")
    assert change(world, leaves, button, **fields).status_code == 303
    alone = f'href="/arbete/anstallningar/{leaves}/fornya"'
    listed = page(world, MANY)
    assert words in listed and alone in listed and f'href="/arbete/anstallningar/{stays}/fornya"' not in listed
    told = send(world, [leaves, stays])
    assert told.status_code == 422 and f"Åsa: {words}" in told.get_data(as_text=True).replace("\xa0", " ")
    assert renewals(world) == []
    assert send(world, [stays]).status_code == 303
    one = f"/arbete/anstallningar/{leaves}/fornya"
    assert words in page(world, one)
    assert submit(world.browser(world.kansli), one, {}, BUTTON).status_code == 303, "alone, where it is said"
    assert len(renewals(world)) == 2


def test_a_notice_that_came_while_the_page_was_read_is_said_before_anything_is_renewed(world: World) -> None:
    id = employ(world)
    one, browser = f"/arbete/anstallningar/{id}/fornya", world.browser(world.kansli)
    read = browser.get(one)
    assert "uppsagd" not in read.get_data(as_text=True)
    assert change(world, id, NOTICE, **RESIGNS).status_code == 303
    told = submit_page(browser, read, one, {}, BUTTON)
    assert told.status_code == 409 and "Anställningen är uppsagd" in told.get_data(as_text=True)
    assert renewals(world) == []
    assert submit_page(browser, told, one, {}, BUTTON).status_code == 303


def test_what_was_taken_back_leaves_no_mark(world: World) -> None:
    id = employ(world)
    change(world, id, NOTICE, **RESIGNS)
    change(world, id, BACK)
    assert "uppsagd" not in page(world, MANY)
    assert send(world, [id]).status_code == 303


def test_an_extension_after_an_earlier_end_has_undone_it(world: World) -> None:
    id: UUID = employ(world)
    change(world, id, END, **EARLIER)
    assert (found := ended_by(acts(world, id))) and found.decided_on == date(2026, 11, 23)
    assert change(world, id, EXTEND, decided=DECIDED, ends="2027-06-30").status_code == 303
    assert ended_by(acts(world, id)) is None
