"""What has the focus is seen whole (WCAG 2.2, 2.4.11): under no foot that sticks, no menu, and no window's edge."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Portal
from tests.journeys.keys import focused, tab_on, tab_to
from tests.review.panel import panel_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

LOW = {"width": 1280, "height": 600}
PHONE = {"width": 360, "height": 640}
UNDER = """element => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const free = (x, y) => element.contains(document.elementFromPoint(x, y));
  return [top + 2, (top + bottom) / 2, bottom - 2].every((y) => free((left + right) / 2, y)) ? "" : `${top}–${bottom}`;
}"""


@pytest.mark.parametrize("window", [LOW, PHONE], ids=["low", "phone"])
def test_no_box_of_the_matrix_takes_focus_under_its_foot(
    portal: Portal, open_browser: Callable[..., "Page"], window: dict[str, int]
) -> None:
    panel = panel_of(portal.world, portal.set_clock, portal.world.gunnel, applications=9)
    panel.declare(portal.world.gunnel)
    page = open_browser(portal.world.gunnel, viewport=window)
    page.goto(f"{panel.url}/din-bedomning/fyll-i")
    boxes = page.locator("select[data-save]")
    boxes.first.focus()
    hidden = []
    for _ in range(boxes.count()):
        if under := focused(page).evaluate(UNDER):
            hidden.append(under)
        page.keyboard.press("Tab")
    assert hidden == []


def test_the_last_button_of_the_scale_can_be_seen_in_a_low_window(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    panel = panel_of(portal.world, portal.set_clock, portal.world.gunnel)
    panel.declare(portal.world.gunnel)
    page = open_browser(portal.world.gunnel, viewport=LOW)
    page.goto(panel.score_url(panel.sent[0], 1))
    page.locator("[data-queue] a").first.focus()
    tab_to(page, "button", "Stäng av tangenterna", back=True)


def test_what_the_queue_says_stays_in_its_column(portal: Portal, open_browser: Callable[..., "Page"]) -> None:
    panel = panel_of(portal.world, portal.set_clock, portal.world.gunnel)
    panel.declare(portal.world.gunnel)
    panel.score_all(portal.world.gunnel, {one.id: (0, 0, 0) for one in panel.sent})
    page = open_browser(portal.world.gunnel, viewport=LOW)
    page.goto(f"{panel.score_url(panel.sent[0], 1)}?ordning=sokande")
    assert page.locator("[data-queue] small", has_text="Framgår inte").count()
    out = """list => [...list.querySelectorAll("li *")]
      .filter((one) => one.getBoundingClientRect().right > list.getBoundingClientRect().right + 1)
      .map((one) => one.outerHTML)"""
    assert page.locator("#alla").evaluate(out) == []


@pytest.mark.parametrize("window", [LOW, PHONE], ids=["low", "phone"])
def test_the_menu_closes_when_it_is_left(
    portal: Portal, open_browser: Callable[..., "Page"], window: dict[str, int]
) -> None:
    panel_of(portal.world, portal.set_clock, portal.world.gunnel)
    page = open_browser(portal.world.gunnel, viewport=window)
    page.goto("/arbete")
    name, menu = page.locator(".me summary"), page.locator("details.me")
    if window is PHONE:
        tab_to(page, "button", "Meny")
        page.keyboard.press("Enter")
    tab_on(page, name)
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    tab_to(page, "button", "Logga ut")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    if window is PHONE:
        expect(page.locator("#nav")).not_to_be_visible()
        page.keyboard.press("Enter")
        tab_on(page, name)
    else:
        expect(name).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "button", "Logga ut")
    page.keyboard.press("Tab")
    expect(menu).not_to_have_attribute("open", "")
    under = focused(page)
    assert under.evaluate(UNDER) == "", under.evaluate("one => one.outerHTML.slice(0, 200)")
