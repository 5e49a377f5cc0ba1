"""Where the panel never met no page says that it has."""

from dataclasses import replace

import pytest

from portal import clock, scope
from portal.ads.models import Ad
from portal.desk.facts import Recruitment
from portal.desk.steps import assessor_steps, office_steps
from portal.review.meeting.states import Step
from portal.review.services import call_to_interview
from tests.desk.test_agenda import AFTER, BY, ME, OPEN, OTHER, assessor
from tests.desk.test_start import page
from tests.privacy.candidates import Clock
from tests.review.meetings import start, step, there
from tests.review.panel import Panel, panel_of
from tests.world import World

DONE = replace(OPEN, hand_in_by=BY, panel=(assessor(clear=9, done=True), assessor(OTHER, done=True)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ("Håll mötet", "left")),
        ({"called": 1}, ("Inget möte har hållits", "done")),
        ({"with_outcome": 1}, ("Inget möte har hållits", "done")),
        ({"called": 1, "meets": True}, ("Håll mötet", "left")),
        ({"called": 1, "met": True}, ("Håll mötet", "done")),
        ({"met": True}, ("Håll mötet", "done")),
        ({"called": 1, "panel": (assessor(), assessor(OTHER))}, ("Håll mötet", "waiting")),
    ],
)
def test_the_step_says_what_became_of_the_meeting(changes: dict[str, object], said: tuple[str, str]) -> None:
    case: Recruitment = replace(DONE, **changes)  # type: ignore[arg-type]
    for steps in (office_steps, assessor_steps):
        (meeting,) = (one for one in steps(case, at=AFTER, person_id=ME) if one.key == "meeting")
        assert (meeting.text, meeting.status, meeting.endpoint) == (*said, "review.meeting")


def call(panel: Panel) -> None:
    leader = panel.world.gunnel
    with panel.as_person(leader) as (session, case):
        about = {"actor": panel.actor(leader), "application_id": panel.sent[0].id}
        call_to_interview(session, case=case, **about, at=clock.now())


def test_so_on_the_page_from_the_first_call_to_the_meetings_end(judged_panel: Panel) -> None:
    panel, world = judged_panel, judged_panel.world
    call(panel)
    assert "Inget möte har hållits" in page(world, world.kansli, panel.url)
    start(panel)
    assert "Inget möte har hållits" not in page(world, world.kansli, panel.url), "it goes on"
    there(panel, world.gunnel)
    step(panel, Step.END)
    assert "Inget möte har hållits" not in page(world, world.kansli, panel.url)


def test_a_phase_gone_by_is_said_to_be_over_and_nothing_of_a_meeting(judged_panel: Panel) -> None:
    panel, world = judged_panel, judged_panel.world
    call(panel)
    phases = page(world, world.kansli, f"{panel.url}/faser")
    assert "Klar" not in phases and "Passerad" in phases


ALONE, ANOTHER = "bedömer ensam", "utse en bedömare till"


def test_another_assessor_is_asked_for_of_the_office_alone_and_not_when_it_is_over(
    world: World, set_clock: Clock
) -> None:
    panel = panel_of(world, set_clock, world.gunnel)
    shown = page(world, world.kansli, panel.url)
    assert ALONE in shown and ANOTHER in shown
    theirs = page(world, world.gunnel, panel.url)
    assert ALONE in theirs and ANOTHER not in theirs, "who assesses names nobody"
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Ad, panel.ad.id).state = "ended"
    over = page(world, world.kansli, panel.url)
    assert "En person bedömde ensam." in over and ALONE not in over and ANOTHER not in over
