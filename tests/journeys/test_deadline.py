"""The last day passes while somebody writes: fifteen minutes' grace, then a kind word, and nothing is lost."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from portal.demo.people import candidates
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.world import Published, publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page

BEFORE, IN_GRACE, AFTER = "2026-12-11T23:50", "2026-12-12T00:14", "2026-12-12T00:16"


def _written(portal: Portal, open_browser: Callable[..., "Page"], employer: str) -> "tuple[Page, Published]":
    ad = publish_ad(portal.world, employer=employer)
    portal.set_clock(BEFORE)
    page = open_browser()
    steps.apply(page, ad.reference, candidates()[1], "sidebar")
    return page, ad


def test_what_was_begun_in_time_is_taken_in_for_a_quarter_of_an_hour(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    page, ad = _written(portal, open_browser, "party")
    portal.set_clock(IN_GRACE)
    steps.send(page)
    expect(page.get_by_role("main")).not_to_contain_text("Sen ansökan")
    newcomer = open_browser()
    newcomer.goto(f"/annonser/{ad.reference}/ansok")
    steps.heading(newcomer, "Det går inte att söka")


def test_a_party_takes_nothing_in_after_that_and_what_was_written_is_kept(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    page, ad = _written(portal, open_browser, "party")
    portal.set_clock(AFTER)
    steps.press(page, "Skicka ansökan")
    steps.heading(page, "Det går inte att söka")
    expect(page.get_by_role("main")).to_contain_text("partiet tar inte emot sena ansökningar")
    expect(page.get_by_role("main")).to_contain_text("Det du skrev finns kvar i ditt utkast")
    for part in ("ansok", "ansok/handlingar", "ansok/kontrollera"):
        page.goto(f"/annonser/{ad.reference}/{part}")
        expect(page.get_by_role("main")).to_contain_text(candidates()[1].person.email)
        expect(page.get_by_role("main")).to_contain_text(candidates()[1].letter.splitlines()[0])


def test_what_is_being_written_when_the_time_is_out_is_kept_too(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    page, ad = _written(portal, open_browser, "party")
    page.goto(f"/annonser/{ad.reference}/ansok/handlingar")
    page.get_by_label("Personligt brev", exact=True).fill("Den sista raden skrev jag strax efter midnatt.")
    portal.set_clock(AFTER)
    steps.press(page, "Fortsätt")
    steps.heading(page, "Det går inte att söka")
    expect(page.get_by_role("main")).to_contain_text("Den sista raden skrev jag strax efter midnatt.")


def test_an_authority_takes_it_in_and_says_that_it_is_late(portal: Portal, open_browser: Callable[..., "Page"]) -> None:
    page, ad = _written(portal, open_browser, "authority")
    portal.set_clock(AFTER)
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Sen ansökan")
    steps.send(page)
    expect(page.get_by_role("main")).to_contain_text("Sen ansökan")
    register = open_browser(portal.world.region)
    register.goto("/arbete/inkomna")
    row = register.get_by_role("row").filter(has_text=candidates()[1].person.name).filter(has_text="Ansökan")
    expect(row).to_contain_text("Sen")
    page.goto(f"/annonser/{ad.reference}")
    expect(page.get_by_role("main")).to_contain_text("Skicka en sen ansökan")
