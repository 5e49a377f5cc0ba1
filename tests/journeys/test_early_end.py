"""An employment under Region Värmland's rules ends early, by real clicks: without grounds, three months, released."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.contracts.acts.changing import employ, go_by
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.journeys.test_every_page import _faults_of
from tests.posts.ledgers import give

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_notice_under_varmlands_rules_frees_the_post_three_months_later(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    world = portal.world
    portal.set_clock("2026-11-23T09:00")
    go_by(world, "region-varmland")
    give(world, (world.party, "1"), starts=date(2026, 1, 1), ends=date(2030, 12, 31))
    employ(world, decided=date(2026, 10, 1), starts=date(2026, 10, 1), ends=date(2030, 12, 31))
    page = open_browser(world.kansli)
    page.goto("/arbete/anstallningar")
    steps.follow(page, "Per Vikman")
    steps.follow(page, "Till avtalet")
    expect(page.get_by_text("3 månader")).to_be_visible()
    page.go_back()
    steps.follow(page, "Ändra anställningen")
    expect(page.get_by_text("Regionråd kan avsluta anställningen i förtid utan skäl.")).to_be_visible()
    page.get_by_text("Skriv in en uppsägning").click()
    expect(
        page.get_by_text("Regionråd tar ställning till eventuell arbetsbefrielse under uppsägningstiden.")
    ).to_be_visible()
    faults = _faults_of(page)
    page.get_by_label("Uppsägning av arbetsgivaren").check()
    page.get_by_label("Uppsägningen lämnades").fill("2026-11-23")
    page.get_by_role("group", name="Arbetsbefriad").get_by_label("Ja").check()
    steps.press(page, "Skriv in uppsägningen")
    expect(page.get_by_text("Anställningen gäller till och med 23 februari 2027.")).to_be_visible()
    expect(page.get_by_text("av arbetsgivaren, tre månader, arbetsbefriad")).to_be_visible()
    faults += _faults_of(page)
    page.goto("/arbete/tjanster?dag=2027-02-24")
    expect(page.get_by_text("1,00").first).to_be_visible()
    assert faults == []
