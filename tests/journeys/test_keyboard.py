"""By keyboard alone, from the start page to the minutes: no mouse, and every stop of the focus that matters is seen."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.applicants import send_applications
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.journeys.keys import enter, focused, tab_to, tick, write
from tests.review.panel import CLOSED, Panel
from tests.review.test_minutes import words_of
from tests.world import publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXT = "Skriver klart, också när det är bråttom."


def test_from_the_start_page_to_the_minutes_by_keyboard(portal: Portal, open_browser: Callable[..., "Page"]) -> None:
    panel = _colleague_has_handed_in(portal)
    page = open_browser(portal.world.gunnel, viewport={"width": 1280, "height": 900})
    page.goto("/arbete")
    enter(page, "link", "Svara om jäv för två sökande")
    _answers_and_scores(page)
    _orders_and_hands_in(page, panel.sent[1].name)
    _leads_the_meeting(page, panel)
    tab_to(page, "link", "Protokoll (PDF)")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    minutes = words_of(taken.value.path().read_bytes())
    assert TEXT in minutes and all(one.name in minutes for one in panel.sent)


def _colleague_has_handed_in(portal: Portal) -> Panel:
    """Two candidates; Elof has judged both, and the first far below what Gunnel will think."""
    world = portal.world
    ad = publish_ad(world)
    panel = Panel(world, ad, send_applications(world, ad, 2), portal.set_clock)
    portal.set_clock(CLOSED)
    panel.name(world.gunnel, world.elof)
    panel.declare(world.elof)
    panel.score_all(world.elof, {panel.sent[0].id: (0, 2, 2)})
    panel.hand_in(world.elof)
    return panel


def _answers_and_scores(page: "Page") -> None:
    if page.url.endswith("/varfor-sa-har"):
        enter(page, "button", "Vidare")
    enter(page, "button", "Spara och gå vidare")
    scored = 0
    while "/bedom/" in page.url:
        scale = page.locator("#dock .scale").count()
        page.keyboard.press("2" if scale else "1")
        expect(page.locator("#dock [data-saved]")).to_contain_text("Sparat")
        passed = re.escape(page.url)
        page.keyboard.press("Control+Enter")
        page.wait_for_url(re.compile(f"^(?!{passed}$)"))
        scored += 1
    assert scored == 10
    steps.heading(page, "Din bedömning")


def _orders_and_hands_in(page: "Page", first: str) -> None:
    enter(page, "link", "Till din ordning")
    tab_to(page, "button", f"Flytta upp {first}")
    page.keyboard.press("Enter")
    expect(page.locator("main [data-saved]")).to_contain_text("Sparat")
    expect(focused(page)).to_have_attribute("aria-label", f"Flytta upp {first}")  # it goes along with its row
    enter(page, "button", "Spara och gå till inlämning")
    enter(page, "button", "Lämna in")
    steps.heading(page, "Du har lämnat in")


def _leads_the_meeting(page: "Page", panel: Panel) -> None:
    enter(page, "link", "Gemensam bild")
    expect(page.get_by_role("main")).to_contain_text("Båda har lämnat in.")
    enter(page, "link", "Till mötet")
    enter(page, "button", "Starta mötet")
    for name in ("Gunnel Sundvall", "Elof Rehnström"):
        tick(page, name)
    enter(page, "button", "Spara närvaron")
    apart = panel.sent[0].name
    enter(page, "link", re.compile(apart))
    write(page, f"Gemensam bedömning av {apart}", TEXT)
    enter(page, "link", "Nästa punkt")  # what is written is saved before the page is left
    enter(page, "link", "Till ordningen")
    expect(page.get_by_text("Text skriven")).to_have_count(1)
    enter(page, "link", "Sätt ordningen")
    write(page, f"Plats för {apart}", "2")
    enter(page, "button", "Spara och gå tillbaka")
    expect(page.locator(".set-order li").last).to_contain_text(apart)
    enter(page, "button", "Avsluta mötet")
    expect(page.get_by_role("main")).to_contain_text("Protokollet står fast.")
