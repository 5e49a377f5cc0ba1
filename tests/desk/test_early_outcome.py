"""One outcome written while the panel still assesses the others: whoever assesses is asked until they are done, and
the office's lines of it stand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest

from portal import clock, scope
from portal.desk.queries.recruitments import recruitment
from portal.desk.steps import office_steps, stage
from tests.decisions.recruiting import closed_recruitment, decide
from tests.desk.test_agenda import AFTER, BY, ME, OPEN, OTHER, assessor, office, own
from tests.desk.test_start import page, panel
from tests.interviews.meetings import Meetings, meetings_of
from tests.world import World

HALF = (assessor(answered=9, clear=9, judged=2), assessor(OTHER, done=True))
EARLY = replace(OPEN, hand_in_by=BY, panel=HALF, with_outcome=1)


def test_whoever_assesses_is_asked_until_they_are_done(world: World, set_clock: Callable[[str], datetime]) -> None:
    published, sent = closed_recruitment(world, set_clock, 4)
    panel(world, published, [world.elof, world.gunnel], sent)
    asked = "Bedöm fyra ansökningar"
    assert asked in page(world, world.elof)
    decide(world, published, sent[:1])
    assert asked in page(world, world.elof)
    assert "Bedömningen går ut kl. 09.00" in page(world, world.kansli)
    assert "Bedömning, steg 3 av 6" in page(world, world.kansli)
    decide(world, published, sent[1:])
    assert "Inget att göra just nu" in page(world, world.elof)


def test_one_is_asked_no_more_when_done_or_too_late_or_when_all_have_an_outcome() -> None:
    assert [item.text for item in own(EARLY)] == ["Bedöm vidare: 35 av 45 svar kvar"]
    assert own(EARLY, BY) == []
    assert own(replace(EARLY, panel=(assessor(done=True),))) == []
    assert own(replace(EARLY, with_outcome=9)) == []


WRITE = "Skriv utfallet för åtta sökande"


@pytest.mark.parametrize(
    ("changes", "texts"),
    [
        ({"panel": (assessor(OTHER, clear=9),)}, ["Bedömningen går ut kl. 18.00", WRITE]),
        ({"panel": ()}, ["Utse bedömare", WRITE]),
        ({"panel": (assessor(OTHER),), "blind": True}, ["Maskera nio ansökningar", "Bedömningen går ut kl. 18.00", WRITE]),
        ({"panel": (replace(assessor(OTHER), leads=False),)},
         ["Välj vem som leder bedömningen", "Bedömningen går ut kl. 18.00", WRITE]),
        ({"panel": (assessor(OTHER),), "unjudged": 1},
         ["Alla bedömare har jäv mot en sökande: utse en ersättare", "Bedömningen går ut kl. 18.00", WRITE]),
        ({"panel": (replace(assessor(OTHER, done=True), leads=False),), "unjudged": 1}, [WRITE]),
        ({"panel": (), "with_outcome": 9}, ["Avsluta rekryteringen"]),
        ({"panel": (assessor(OTHER),), "with_outcome": 9}, ["Avsluta rekryteringen"]),
    ],
)  # fmt: skip
def test_what_the_office_sees_to_meanwhile_stands(changes: dict[str, object], texts: list[str]) -> None:
    assert [text for _, text in office(replace(EARLY, **changes))] == texts  # type: ignore[arg-type]


def test_the_stage_is_the_assessing_until_it_is_over() -> None:
    assert [stage(EARLY, at=at) for at in (AFTER, BY)] == [2, 4]
    assert stage(replace(EARLY, panel=()), at=AFTER) == 4, "nobody is to assess"
    assert stage(replace(EARLY, with_outcome=9), at=AFTER) == 4


@pytest.mark.parametrize(("unjudged", "leads", "text"), [(0, False, "ingen leder nu"), (2, True, "utan bedömare")])
def test_the_checklist_says_what_the_panel_lacks_meanwhile(unjudged: int, leads: bool, text: str) -> None:
    case = replace(EARLY, panel=(replace(assessor(uuid4()), leads=leads),), unjudged=unjudged)
    (step,) = (one for one in office_steps(case, at=AFTER, person_id=ME) if one.key == "panel")
    assert step.status == "fix" and text in step.text


def test_the_interviews_are_over_when_everybody_called_has_been_met_or_has_an_outcome(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    meetings = meetings_of(world, set_clock, applications=3, called=2)
    slots, (first, second, third) = meetings.make(count=2), meetings.panel.sent
    meetings.book(first, slots[0])
    meetings.book(second, slots[1])
    decide(world, meetings.panel.ad, [third])
    assert _interviews(meetings) == "left", "the early outcome is of one who was not called"
    set_clock("2026-12-17T10:30")
    assert _interviews(meetings) == "left"
    set_clock("2026-12-17T11:30")
    assert _interviews(meetings) == "done"


def test_one_who_was_called_and_has_booked_no_time_waits_to_be_met_until_their_outcome(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    meetings = meetings_of(world, set_clock, applications=2, called=1)
    assert _interviews(meetings) == "left"
    decide(world, meetings.panel.ad, meetings.panel.sent[:1])
    assert _interviews(meetings) == "done"


def _interviews(meetings: Meetings) -> str:
    """How the step stands on the case page of the office."""
    person = meetings.world.kansli
    with meetings.world.acting(scope.party(meetings.world.party)) as session:
        known = recruitment(session, meetings.panel.actor(person), meetings.panel.ad.id, at=clock.now())
        assert known is not None
        steps = office_steps(known, at=clock.now(), person_id=person)
        return next(step.status for step in steps if step.key == "interviews")
