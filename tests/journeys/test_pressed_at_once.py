"""Whoever types and presses at once, on a slow line, meets no window that is not there."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.applicants import send_applications
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.journeys.test_by_hand import kept_order
from tests.review.panel import CLOSED, Panel
from tests.world import publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import APIResponse, Page, Route

Open = Callable[..., "Page"]


@pytest.fixture
def panel(portal: Portal) -> Panel:
    """Three candidates, all judged by Gunnel, who has put none of them in order yet."""
    portal.stop_worker()
    ad = publish_ad(portal.world)
    made = Panel(portal.world, ad, send_applications(portal.world, ad, 3), portal.set_clock)
    portal.set_clock(CLOSED)
    made.name(portal.world.gunnel)
    made.declare(portal.world.gunnel)
    made.score_all(portal.world.gunnel, {one.id: (3 - n, 3 - n, 3 - n) for n, one in enumerate(made.sent)})
    return made


def test_an_order_typed_and_pressed_on_while_it_is_being_saved_is_the_order(panel: Panel, open_browser: Open) -> None:
    page = open_browser(panel.world.gunnel, **steps.PHONE)

    held: list[tuple[Route, APIResponse]] = []

    def slow(route: "Route") -> None:
        """Saved by the server, and the answer is not here yet."""
        if route.request.headers["accept"] == "application/json" and not held:
            held.append((route, route.fetch()))
        else:
            route.continue_()

    page.goto(f"/arbete/rekryteringar/{panel.ad.id}/ordning")
    page.route("**/ordning", slow)
    page.get_by_role("button", name=f"Flytta upp {panel.sent[2].name}").click()
    while not held:
        page.wait_for_timeout(50)
    page.get_by_role("button", name=f"Flytta upp {panel.sent[1].name}").click()
    page.get_by_role("button", name="Spara och gå till inlämning").dblclick(no_wait_after=True)
    page.wait_for_timeout(300)
    expect(page.get_by_role("alert")).to_have_count(0)
    held[0][0].fulfill(response=held[0][1])
    page.wait_for_url("**/lamna-in")
    steps.heading(page, "Lämna in")
    assert kept_order(panel) == [[one.name] for one in panel.sent]
