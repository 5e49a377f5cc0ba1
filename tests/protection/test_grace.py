"""Whoever applies under a code name has as long as everybody else: a form that was opened in time is taken a little after."""

from collections.abc import Callable
from datetime import datetime

import pytest

from portal import scope
from portal.applications.models import Application
from portal.applications.states import State
from tests.documents import hostile
from tests.forms import fields_of, submit_page
from tests.protection.applying import PAPER, TYPED, apply, identities, name_as_reader, way_in
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]


@pytest.mark.parametrize(
    ("employer", "at", "state"),
    [
        ("party", "2026-12-12T00:05", State.SENT), ("party", "2026-12-12T00:15", None),
        ("authority", "2026-12-12T00:05", State.SENT), ("authority", "2026-12-12T00:15", State.LATE),
    ],
)  # fmt: skip
def test_a_form_that_was_opened_in_time_has_fifteen_minutes(
    world: World, set_clock: Clock, employer: str, at: str, state: State | None
) -> None:
    ad = publish_ad(world, employer=employer)
    name_as_reader(world, world.kansli)
    browser = world.browser()
    set_clock("2026-12-11T23:50")
    page = browser.get(way_in(ad))
    set_clock(at)
    ticked = {"consent": "y"} if "consent" in fields_of(page) or employer == "party" else {}
    files = {"paper": (hostile.plain(), PAPER)}
    answer = submit_page(browser, page, way_in(ad), {**TYPED, **ticked}, "Skicka ansökan", files)
    assert answer.status_code == (303 if state else 422)
    kept = identities(world)
    assert len(kept) == bool(state)
    if state:
        assert state_of(world, kept[0].application_id) == state


def state_of(world: World, id: object) -> str:
    with world.acting(scope.party(world.party)) as session:
        return session.get_one(Application, id).state


def test_the_page_is_of_one_length_whenever_it_is_shown(world: World, set_clock: Clock) -> None:
    """What is told of a page by its length alone is nothing, chance either."""
    ad = publish_ad(world, employer="authority")
    name_as_reader(world, world.kansli)
    lengths = set()
    for fraction in range(40):
        set_clock(f"2026-12-11T23:50:00.{fraction * 24_971:06}")
        lengths.add(world.browser().get(way_in(ad)).content_length)
    assert len(lengths) == 1


@pytest.mark.parametrize("opened", ["", "2026-12-11T22:50:00+00:00", "W10.x", "\x00", "å.ä"])
def test_what_a_form_says_of_when_it_was_opened_is_not_believed_unsigned(
    world: World, set_clock: Clock, opened: str
) -> None:
    ad = publish_ad(world, employer="authority")
    name_as_reader(world, world.kansli)
    browser = world.browser()
    set_clock("2026-12-11T23:50")
    page = browser.get(way_in(ad))
    set_clock("2026-12-12T00:05")
    files = {"paper": (hostile.plain(), PAPER)}
    assert (
        submit_page(browser, page, way_in(ad), {**TYPED, "opened": opened}, "Skicka ansökan", files).status_code == 303
    )
    assert state_of(world, identities(world)[0].application_id) == State.LATE


def test_who_comes_late_is_told_so_before_they_say_who_they_are_and_after(world: World, set_clock: Clock) -> None:
    late = "Din ansökan registreras som sen."
    ad = publish_ad(world, employer="authority")
    name_as_reader(world, world.kansli)
    assert late not in world.browser().get(way_in(ad)).get_data(as_text=True)
    set_clock("2026-12-12T00:15")
    browser = world.browser()
    assert late in browser.get(way_in(ad)).get_data(as_text=True)
    refused = apply(browser, ad, name="")
    assert refused.status_code == 422 and late in refused.get_data(as_text=True)
    sent = apply(browser, ad)
    kept = browser.get(sent.headers["Location"]).get_data(as_text=True)
    assert "Den kom efter sista ansökningsdag och är registrerad som sen." in kept
