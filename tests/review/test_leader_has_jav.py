"""Whoever leads the panel has jäv for everybody who has applied: the meeting is not theirs, and the office runs it."""

from collections.abc import Callable
from datetime import datetime

import pytest

from portal.review.meeting.states import State, Step
from tests.applicants import send_applications
from tests.review.meetings import page_of, posted, put_in_order, start, state_of, step, write
from tests.review.panel import Panel, panel_of
from tests.world import World

LEADS = "Gunnel Sundvall leder och startar mötet."
OFFICE = "Kansliet startar mötet."
BUTTON = "Starta mötet"
ASIDE = "Gunnel Sundvall, som leder, är inte med på mötet, så kansliet leder det."
Clock = Callable[[str], datetime]


@pytest.fixture
def panel(world: World, set_clock: Clock) -> Panel:
    """Two, for both of whom Gunnel, who leads, has jäv; Elof has handed in."""
    made = panel_of(world, set_clock, world.gunnel, world.elof, applications=2)
    made.declare(world.gunnel, *made.sent)
    made.declare(world.elof)
    made.score_all(world.elof)
    made.hand_in(world.elof)
    return made


def test_the_office_begins_runs_and_ends_it(panel: Panel) -> None:
    world, (one, two) = panel.world, panel.sent
    told = page_of(panel, world.kansli)
    assert BUTTON in told and ASIDE in told and f'href="{panel.url}/bedomare"' in told
    assert posted(panel, world.kansli, "/starta").status_code == 303
    assert write(panel, one, "Skriver bäst.", person=world.elof) == 1
    assert put_in_order(panel, ((one.id,), (two.id,)), person=world.elof) == 1
    page = page_of(panel, world.kansli)
    assert "Spara närvaron" in page and "Avsluta mötet" in page
    there = {"people": str(world.elof), "shown": ""}
    assert posted(panel, world.kansli, "/avsluta", **there).status_code == 303
    assert state_of(panel) == State.ENDED


def test_whoever_leads_is_offered_no_meeting_that_would_be_shut_to_them(panel: Panel) -> None:
    gunnel = panel.world.gunnel
    before = page_of(panel, gunnel)
    assert BUTTON not in before and OFFICE in before and LEADS not in before
    assert "Du har jäv för alla sökande, så du är inte med på mötet." in before
    assert posted(panel, gunnel, "/starta").status_code == 404
    start(panel, panel.world.kansli)
    shut = page_of(panel, gunnel)
    assert "Mötet har börjat. Du bedömer ingen av de sökande, så du är inte med på det." in shut
    assert "när du har lämnat in" not in shut
    for tail in ("/pausa", "/avsluta", "/narvaro"):
        assert posted(panel, gunnel, tail).status_code == 404


def test_what_they_are_shown_has_nothing_of_assessing_that_waits(panel: Panel) -> None:
    gunnel, to_joint = panel.world.gunnel, f'href="{panel.url}/gemensam"'
    browser = panel.world.browser(gunnel)
    steps = browser.get(panel.url).get_data(as_text=True)
    assert not [one for one in ("Din egen ordning", "gemensamma bilden", "Håll mötet", "Krav först") if one in steps]
    assert "Svara om jäv" in steps and f'href="{panel.url}/utfall"' in steps, "Gunnel decides too"
    assert to_joint not in page_of(panel, gunnel) and "Till din bedömning" not in page_of(panel, gunnel)
    shut = page_of(panel, gunnel, "gemensam")
    assert "Du bedömer ingen av de sökande, så det finns ingen gemensam bild att visa dig." in shut
    assert "när du har lämnat in" not in shut and "Till din bedömning" not in shut
    assert to_joint in page_of(panel, panel.world.elof)
    send_applications(panel.world, panel.ad, 1, start=7, late=True)
    anew = browser.get(panel.url).get_data(as_text=True)
    assert "Din egen ordning" in anew and "Svara först på om du känner" in page_of(panel, gunnel, "gemensam")


def test_another_of_the_panel_reads_who_begins_it_and_cannot(panel: Panel) -> None:
    elof = panel.world.elof
    page = page_of(panel, elof)
    assert OFFICE in page and ASIDE not in page and BUTTON not in page
    assert posted(panel, elof, "/starta").status_code == 404


def test_with_another_who_leads_the_meeting_is_theirs(panel: Panel) -> None:
    world = panel.world
    panel.name(world.elof, world.gunnel)
    assert BUTTON in page_of(panel, world.elof) and BUTTON not in page_of(panel, world.kansli)
    assert posted(panel, world.elof, "/starta").status_code == 303


def test_with_jav_for_some_they_lead_the_rest(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof, applications=2)
    panel.declare(world.gunnel, panel.sent[0])
    panel.declare(world.elof)
    for person in panel.people:
        panel.score_all(person)
        panel.hand_in(person)
    assert LEADS in page_of(panel, world.kansli)
    assert posted(panel, world.kansli, "/starta").status_code == 404
    start(panel)
    panel.declare(world.gunnel, panel.sent[1])
    step(panel, Step.PAUSE, person=world.kansli)
    assert state_of(panel) == State.PAUSED, "whoever turns out to have jäv for the last leads no more"


def test_they_lead_again_when_somebody_comes_whom_they_judge(panel: Panel) -> None:
    world = panel.world
    panel.set_clock("2026-12-15T10:00")
    send_applications(world, panel.ad, 1, start=7, late=True)
    panel.set_clock("2026-12-15T11:00")
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
        panel.hand_in(person)
    assert LEADS in page_of(panel, world.kansli) and BUTTON in page_of(panel, world.gunnel)


def test_one_of_the_office_who_leads_with_jav_for_all_leaves_it_to_a_colleague(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.kansli, world.elof, applications=2)
    panel.declare(world.kansli, *panel.sent)
    panel.declare(world.elof)
    panel.score_all(world.elof)
    panel.hand_in(world.elof)
    page = page_of(panel, world.kansli)
    assert BUTTON not in page and f'href="{panel.url}/bedomare"' in page
    assert posted(panel, world.kansli, "/starta").status_code == 404


def test_where_nobody_has_applied_whoever_leads_does(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof, applications=0)
    assert BUTTON not in page_of(panel, world.gunnel)
