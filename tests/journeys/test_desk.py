"""The assessor's desk in Chromium: by keyboard alone, with the connection dropped in the middle, and at once."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete, select, update

from portal import clock, scope
from portal.accounts.models import LoginSession
from portal.review.models import Score
from portal.review.queries.meeting import keys_of
from portal.review.queries.notes import NOTE, own_note
from tests.applicants import send_applications
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.journeys.desk import moments_to_next
from tests.review.panel import Panel

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

from tests.world import publish_ad


@pytest.fixture
def desk(portal: Portal) -> Panel:
    """Four candidates of a closed ad, and Gunnel who has answered about jäv and judged the driving licence of all."""
    world = portal.world
    ad = publish_ad(world)
    panel = Panel(world, ad, send_applications(world, ad, 4), portal.set_clock)
    portal.set_clock("2026-12-14T10:00")
    panel.name(world.gunnel)
    panel.declare(world.gunnel)
    return panel


def set_steps(panel: Panel, criterion: int = 0) -> list[int | None]:
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        rows = select(Score.step).where(Score.criterion_id == panel.ad.criteria[criterion]).order_by(Score.saved_at)
        return list(session.scalars(rows))


def notes_of(panel: Panel) -> list[str]:
    """The notes as they are kept, in alphabetical order."""
    with panel.as_person(panel.world.gunnel) as (session, case):
        assert case.member is not None
        rows = [
            own_note(session, case.member.id, sent.id, criterion)
            for sent in panel.sent for criterion in panel.ad.criteria
        ]  # fmt: skip
        keys = keys_of(session, list(case.applications))
        return sorted(keys[row.application_id].open_text(f"{NOTE}.{row.id}", row.text_sealed) for row in rows if row)


def write_note(page: "Page", text: str) -> None:
    if not page.locator("#note").is_visible():
        page.get_by_text("Varför? (frivilligt)").click()
    page.locator("#note").fill(text)


def whose(page: "Page") -> str:
    return page.locator(".viewer-head h2").inner_text()


def first_in_queue(page: "Page", panel: Panel) -> None:
    """The page of the first candidate in the assessor's own order, by the first criterion of the scale."""
    page.goto(panel.score_url(panel.sent[0]))
    page.goto(page.locator("[data-queue] li a").first.get_attribute("href") or "")


def saved(page: "Page") -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")


def test_three_candidates_by_keyboard_alone(desk: Panel, open_browser: Callable[..., "Page"]) -> None:
    page = open_browser(desk.world.gunnel, viewport={"width": 1280, "height": 900})
    first_in_queue(page, desk)
    expect(page.locator("[data-keys-help]")).to_be_visible()
    seen = []
    for key, onward in (("2", "j"), ("x", "j"), ("3", "Control+Enter")):
        seen.append(whose(page))
        page.keyboard.press(key)
        saved(page)
        page.keyboard.press(onward)
        expect(page.locator(".viewer-head h2")).not_to_have_text(seen[-1])
    assert len(set(seen)) == 3 and set_steps(desk) == [2, None, 3]
    expect(page.locator("[data-tally]")).to_have_text("3 av 4")
    expect(page.locator(".viewer-head h2")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".viewer-head h2")).not_to_have_text("")
    page.wait_for_url(re.compile("/bedom/"))


def test_a_next_page_that_has_not_come_yet_begins_at_the_name_too(
    desk: Panel, open_browser: Callable[..., "Page"]
) -> None:
    page = open_browser(desk.world.gunnel, viewport={"width": 1280, "height": 900})
    page.route(
        "**/bedom/**",
        lambda route: (
            route.abort("internetdisconnected") if route.request.resource_type == "fetch" else route.continue_()
        ),
    )
    first_in_queue(page, desk)
    expect(page.locator(".viewer-head h2")).not_to_be_focused()
    first = whose(page)
    page.keyboard.press("j")
    expect(page.locator(".viewer-head h2")).not_to_have_text(first)
    expect(page.locator(".viewer-head h2")).to_be_focused()
    page.reload()
    expect(page.locator(".viewer-head h2")).not_to_be_focused()


def test_keys_do_nothing_while_one_writes_and_can_be_turned_off(
    desk: Panel, open_browser: Callable[..., "Page"]
) -> None:
    desk.score_all(desk.world.gunnel)
    desk.hand_in(desk.world.gunnel)
    page = open_browser(desk.world.gunnel, viewport={"width": 1280, "height": 900})
    page.goto(desk.score_url(desk.sent[0]))
    reason = page.get_by_label("Varför ändrar du?")
    reason.fill("")
    reason.press_sequentially("3 x j")
    assert reason.input_value() == "3 x j"
    expect(page.get_by_label("Gott", exact=False).first).to_be_checked()
    steps.press(page, "Stäng av tangenterna")
    page.locator("h1").click()
    page.keyboard.press("0")
    assert page.locator("input[name=step]:checked").get_attribute("value") == "2"
    steps.press(page, "Slå på tangenterna")
    page.locator("h1").click()
    page.keyboard.press("0")
    assert page.locator("input[name=step]:checked").get_attribute("value") == "0"


def test_the_connection_drops_in_the_middle(desk: Panel, open_browser: Callable[..., "Page"]) -> None:
    page = open_browser(desk.world.gunnel, viewport={"width": 360, "height": 740})
    page.goto(desk.score_url(desk.sent[0]))
    page.locator("label[for=step-1]").click()
    saved(page)
    here = whose(page)
    page.context.set_offline(True)
    page.locator("label[for=step-3]").click()
    place = page.locator("[data-saved]")
    expect(place).to_contain_text("Ej sparat.")
    expect(place.get_by_role("button", name="Försök igen")).to_be_visible()
    assert steps.scrolls_sideways(page) == 0
    steps.go_on(page)
    assert whose(page) == here, "the page stays with what is not saved"
    expect(page.locator("#step-3")).to_be_checked()
    assert set_steps(desk) == [1]
    page.context.set_offline(False)
    saved(page)  # tried again by itself when the connection is back; the button is for the impatient
    steps.go_on(page)
    expect(page.locator(".viewer-head h2")).not_to_have_text(here)
    assert set_steps(desk) == [3]


def test_a_note_is_saved_before_the_page_is_left_however_soon(desk: Panel, open_browser: Callable[..., "Page"]) -> None:
    page = open_browser(desk.world.gunnel, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    first_in_queue(page, desk)
    page.evaluate("window.sameDocument = true")
    expect(page.locator("[data-keys-help]")).to_be_hidden()  # no keyboard to speak of
    for text, onward in (
        ("Tre tydliga exempel.", lambda: page.keyboard.press("Control+Enter")),
        ("Läser om.", lambda: page.get_by_text("Hoppa över", exact=True).click()),
    ):
        here = whose(page)
        page.locator("label[for=step-2]").click()
        saved(page)
        page.wait_for_timeout(700)  # the next page is there
        write_note(page, text)
        onward()
        expect(page.locator(".viewer-head h2")).not_to_have_text(here)
    assert page.evaluate("window.sameDocument") is True
    assert notes_of(desk) == ["Läser om.", "Tre tydliga exempel."]
    here = whose(page)
    write_note(page, "Utan nät.")
    page.locator("label[for=step-1]").click()
    saved(page)
    page.locator("#note").fill("Utan nät, men kvar.")
    page.context.set_offline(True)
    steps.go_on(page)
    expect(page.locator("[data-note-saved]")).to_contain_text("Ej sparat.")
    expect(page.locator("[data-note-saved]")).to_be_in_viewport()
    assert whose(page) == here and page.locator("#note").input_value() == "Utan nät, men kvar."
    page.context.set_offline(False)
    expect(page.locator("[data-note-saved]")).to_contain_text("Sparat")
    page.locator("#note").fill("Sist.")
    steps.follow(page, "Pausa")  # any other link too
    steps.heading(page, "Paus")
    assert sorted(notes_of(desk)) == ["Läser om.", "Sist.", "Tre tydliga exempel."]


def test_a_double_click_goes_one_step(desk: Panel, open_browser: Callable[..., "Page"]) -> None:
    page = open_browser(desk.world.gunnel, viewport={"width": 360, "height": 740})
    first_in_queue(page, desk)
    queue = page.locator("[data-queue] li a > span").all_text_contents()
    page.locator("label[for=step-2]").click()
    saved(page)
    page.wait_for_timeout(700)
    page.locator("[data-send]").dblclick()
    expect(page.locator(".viewer-head h2")).to_have_text(queue[1])
    page.wait_for_timeout(700)
    assert whose(page) == queue[1] and page.locator(".errors").count() == 0
    page.get_by_text("Hoppa över", exact=True).dblclick()
    expect(page.locator(".viewer-head h2")).to_have_text(queue[2])
    assert page.locator("input[name=step]:checked").count() == 0 and set_steps(desk) == [2]


def test_the_last_press_leads_to_the_own_matrix(desk: Panel, open_browser: Callable[..., "Page"]) -> None:
    page = open_browser(desk.world.gunnel, viewport={"width": 360, "height": 740})
    desk.score_all(desk.world.gunnel)
    with desk.as_person(desk.world.gunnel) as (session, _):
        car = Score.criterion_id == desk.ad.criteria[4]
        session.execute(delete(Score).where(car, Score.application_id.in_([sent.id for sent in desk.sent[:2]])))
    page.goto(f"{desk.url}/bedom")
    for _ in range(2):
        page.locator("#dock").get_by_text("Ja", exact=True).click()
        saved(page)
        page.wait_for_timeout(700)
        steps.go_on(page)
    steps.heading(page, "Din bedömning")


@contextmanager
def ahead_waits(page: "Page") -> Iterator[None]:
    """The page that is fetched ahead comes to the server only when this is over."""
    held: list[Route] = []
    page.route(re.compile("/bedom"), lambda route: held.append(route) if _is_ahead(route) else route.continue_())
    yield
    while not held:
        page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    page.unroute_all()


def _is_ahead(route: "Route") -> bool:
    return route.request.resource_type == "fetch" and route.request.method == "GET"


@pytest.mark.parametrize("typed", ["choice", "note"])
def test_when_the_log_in_has_ended_what_was_set_is_there_after_it(
    desk: Panel, open_browser: Callable[..., "Page"], typed: str
) -> None:
    page = open_browser(desk.world.gunnel, viewport={"width": 360, "height": 740})
    with ahead_waits(page):
        page.goto(desk.score_url(desk.sent[0]))
        with desk.world.writing(scope.PLATFORM) as session:
            session.execute(update(LoginSession).values(ended_at=clock.now()))
    if typed == "choice":
        page.locator("label[for=step-3]").click()
        place = page.locator("[data-saved]")
    else:
        write_note(page, "Tre tydliga exempel.")
        page.get_by_text("Hoppa över", exact=True).click()
        place = page.locator("[data-note-saved]")
    expect(place).to_contain_text("Ej sparat: du behöver logga in igen.")
    assert steps.scrolls_sideways(page) == 0
    steps.press(place, "Logga in")
    steps.heading(page, "Logga in")
    assert page.locator("input[type=hidden][name=parked]").count() == 1


def test_two_tabs_of_one_browser_show_the_same(desk: Panel, open_browser: Callable[..., "Page"]) -> None:
    first = open_browser(desk.world.gunnel)
    first.goto(desk.score_url(desk.sent[0]))
    second = first.context.new_page()
    second.goto(desk.score_url(desk.sent[0]))
    second.locator("label[for=step-3]").click()
    saved(second)
    expect(first.locator("[data-saved]")).to_contain_text("i en annan flik")
    expect(first.locator("#step-3")).to_be_checked()


def test_the_next_candidate_is_there_before_it_is_asked_for(desk: Panel, open_browser: Callable[..., "Page"]) -> None:
    page = open_browser(desk.world.gunnel, viewport={"width": 1280, "height": 900})
    first_in_queue(page, desk)
    page.evaluate("window.sameDocument = true")
    moments_to_next(page, 2, breath=1500)  # how soon is the bench's to say: this machine may have much to do
    assert page.evaluate("window.sameDocument") is True, "no page was fetched when the button was pressed"
    assert len(set_steps(desk)) == 2
