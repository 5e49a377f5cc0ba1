"""The own matrix filled in by hand: each box saved as it is changed, also after the connection was gone; and the paper."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.conftest import Portal
from tests.journeys.test_every_page import _faults_of
from tests.review.panel import panel_of

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_boxes_are_saved_one_by_one_and_the_paper_shows_no_name(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    world = portal.world
    panel = panel_of(world, portal.set_clock, world.gunnel, world.elof)
    panel.declare(world.gunnel)
    page = open_browser(world.gunnel)
    page.goto(f"{panel.url}/din-bedomning")
    page.get_by_role("link", name="Fyll i allt på en sida").click()
    boxes, said = page.locator("select[data-save]"), page.locator("[data-saved]")
    boxes.nth(0).select_option("yes")
    expect(said).to_contain_text("Sparat")
    faults = _faults_of(page)
    page.context.set_offline(True)
    boxes.nth(1).select_option("none")
    expect(said).to_contain_text("Ej sparat: 1 ruta.")
    page.context.set_offline(False)
    expect(said).to_contain_text("Sparat")
    page.reload()
    expect(boxes.nth(0)).to_have_value("yes")
    expect(boxes.nth(1)).to_have_value("none")
    page.get_by_role("link", name="Skriv ut ett papper").click()
    expect(page.locator(".sheet")).to_have_count(3)  # the page that is left has none
    faults += _faults_of(page)
    page.emulate_media(media="print")
    expect(page.locator(".sheet")).to_have_count(3)
    for one in panel.sent:
        expect(page.get_by_text(one.name)).not_to_be_visible()
    assert faults == []
