"""A move in an order is told in words, and so is one that moves nothing; what is wrong with a place stands at its field."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.conftest import Portal
from tests.review.panel import panel_of

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_where_one_came_to_stand_is_said(portal: Portal, open_browser: Callable[..., "Page"]) -> None:
    panel = panel_of(portal.world, portal.set_clock, portal.world.gunnel)
    panel.declare(portal.world.gunnel)
    panel.score_all(portal.world.gunnel, {one.id: (3 - n, 3 - n, 3 - n) for n, one in enumerate(panel.sent)})
    page = open_browser(portal.world.gunnel)
    page.goto(f"{panel.url}/ordning")
    said, name = page.locator("main [data-saved]"), panel.sent[0].name
    assert page.get_by_role("button", name="Spara ordningen").count() == 0, (
        "what Enter presses is no button to be found"
    )
    down = page.get_by_role("button", name=f"Flytta ned {name}")
    down.press("Enter")
    expect(said).to_contain_text(f"{name} står nu på plats 2 av 3. Sparat")
    down.press("Enter")
    expect(said).to_contain_text(f"{name} står nu på plats 3 av 3. Sparat")
    down.press("Enter")
    expect(said).to_contain_text(f"{name} står redan sist av dem som har en plats. Sparat")
    place = page.get_by_label(f"Plats för {name}")
    place.fill("x")
    place.press("Tab")
    expect(place).to_have_accessible_description(re.compile("^Fel: Skriv platsen som ett heltal"))
    place.fill("1")
    place.press("Tab")
    expect(said).to_contain_text("Sparat")
    expect(place).to_have_accessible_description("")
    up = page.get_by_role("button", name=f"Flytta upp {name}")
    up.press("Enter")
    up.press("Enter")
    expect(said).to_contain_text(f"{name} står redan först. Sparat")
