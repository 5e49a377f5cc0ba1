"""What a script asks of once and does when told so: a name in a blind note and joint text, and a place that is typed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.applicants import send_applications
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.journeys.test_by_hand import DESKTOP, drag, kept_order, places, shown
from tests.journeys.test_desk import notes_of, whose, write_note
from tests.review.blind import approve_pages, approve_texts, burn_all, make_blind, note_machine
from tests.review.panel import CLOSED, Panel
from tests.world import publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]


@pytest.fixture
def panel(portal: Portal) -> Panel:
    """Three candidates of a closed ad, and Gunnel, who has not answered anything yet."""
    portal.stop_worker()  # what it would do is said by the test
    ad = publish_ad(portal.world)
    made = Panel(portal.world, ad, send_applications(portal.world, ad, 3), portal.set_clock)
    portal.set_clock(CLOSED)
    made.name(portal.world.gunnel)
    return made


@pytest.fixture
def blind(panel: Panel) -> Panel:
    """Everything is covered, approved and burnt, and Gunnel knows nobody."""
    make_blind(panel)
    for sent in panel.sent:
        note_machine(panel, sent)
        approve_pages(panel, sent)
        approve_texts(panel, sent)
        burn_all(panel, sent)
    panel.declare(panel.world.gunnel)
    return panel


def test_a_note_that_names_somebody_is_saved_when_that_is_meant_and_not_before(
    blind: Panel, open_browser: Open
) -> None:
    given = blind.sent[0].name.split()[0]
    page = open_browser(blind.world.gunnel, **steps.PHONE)
    page.goto(blind.score_url(blind.sent[0]))
    here = whose(page)
    page.locator("label[for=step-2]").click()
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")
    write_note(page, f"Skriver som {given} brukar.")
    asked = page.locator("[data-note-saved]")
    expect(asked).to_contain_text(f"Anteckningen nämner {given}.")
    steps.go_on(page)
    expect(asked).to_be_in_viewport()
    assert whose(page) == here and notes_of(blind) == [], "neither saved nor lost while nobody has answered"
    assert steps.scrolls_sideways(page) == 0
    asked.get_by_role("button", name="Spara ändå").click()
    expect(asked).to_contain_text("Sparat")
    assert notes_of(blind) == [f"Skriver som {given} brukar."]
    page.locator("#note").fill(f"{given} igen.")
    expect(asked).to_contain_text("Anteckningen nämner"), "each text is asked of"
    page.locator("#note").fill("Tre exempel.")
    expect(asked).to_contain_text("Sparat")
    steps.go_on(page)
    expect(page.locator(".viewer-head h2")).not_to_have_text(here)
    assert notes_of(blind) == ["Tre exempel."]


def test_a_typed_place_says_where_it_landed_and_who_has_none_is_dropped_in_among_the_others(
    panel: Panel, open_browser: Open
) -> None:
    panel.declare(panel.world.gunnel)
    panel.score_all(panel.world.gunnel, {one.id: (3 - n, 3 - n, 3 - n) for n, one in enumerate(panel.sent)})
    page = open_browser(panel.world.gunnel, **DESKTOP)
    page.goto(f"{panel.url}/ordning")
    first, second, third = shown(page)
    saved = page.locator("main [data-saved]")
    _type(page, second, "1")
    expect(saved).to_contain_text("Sparat")
    assert places(page) == ["1", "1", "3"]
    _type(page, third, "2")
    expect(saved).to_contain_text(f"Du skrev 2, men {third} står på plats 3: två står före.")
    _type(page, first, "")
    expect(saved).not_to_contain_text("Du skrev")
    assert shown(page) == [second, third, first] and places(page) == ["1", "2", ""]
    drag(page, second, first, 0.5)  # dropped on one who has no place: last of those who have one
    assert shown(page) == [third, second, first] and places(page) == ["1", "2", ""]
    drag(page, first, third, 0.1)
    assert places(page) == ["1", "2", "3"] and shown(page)[0] == first
    _type(page, third, "tre")
    expect(saved).to_contain_text("siffr")
    expect(page.get_by_label(f"Plats för {third}")).to_have_value("tre")
    expect(page.get_by_label(f"Plats för {third}")).to_have_attribute("aria-invalid", "true")
    _type(page, third, "2")
    expect(saved).to_contain_text("Sparat")
    assert kept_order(panel) == [[first], [third], [second]]


def _type(page: "Page", name: str, place: str) -> None:
    field = page.get_by_label(f"Plats för {name}")
    field.fill(place)
    field.press("Tab")
