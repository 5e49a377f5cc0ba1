"""Who assesses and decides: the steps and the tasks that are theirs, with the way there."""

from dataclasses import replace

import pytest

from portal.desk.deciding import deciding_items
from portal.desk.facts import Recruitment
from portal.desk.steps import assessor_steps
from tests.decisions.recruiting import NOT_FURTHER, decide
from tests.desk.test_agenda import AFTER, BY, ME, MONDAY, OPEN, OTHER, assessor
from tests.desk.test_start import page
from tests.membership import add_person
from tests.review.panel import Panel

DONE = replace(OPEN, hand_in_by=BY, decides_too=True, panel=(assessor(clear=9, done=True), assessor(OTHER, done=True)))


def asked(case: Recruitment) -> list[str]:
    return [item.text for item in deciding_items([case], at=AFTER, person_id=ME)]


@pytest.mark.parametrize(
    ("changes", "texts"),
    [
        ({}, ["Skriv utfallet för nio sökande"]),
        ({"with_outcome": 8}, ["Skriv utfallet för en sökande"]),
        ({"with_outcome": 8, "others_outcome": 1}, []),
        ({"with_outcome": 9}, ["Gå igenom beslutet"]),
        ({"with_outcome": 9, "state": "ended"}, []),
        ({"decides_too": False}, []),
        ({"panel": (assessor(clear=9, done=True), assessor(OTHER, clear=9))}, []),
        ({"panel": (assessor(clear=9, done=True), assessor(OTHER, clear=9)), "with_outcome": 1},
         ["Skriv utfallet för åtta sökande"]),
        ({"panel": (assessor(clear=9, answered=9), assessor(OTHER, done=True)), "with_outcome": 1}, []),
    ],
)  # fmt: skip
def test_they_are_asked_for_the_outcomes_when_their_own_assessing_is_done(
    changes: dict[str, object], texts: list[str]
) -> None:
    assert asked(replace(DONE, **changes)) == texts  # type: ignore[arg-type]


def test_nothing_waits_while_the_ad_is_open() -> None:
    assert list(deciding_items([DONE], at=MONDAY, person_id=ME)) == []


def test_their_steps_end_with_the_decision() -> None:
    def last(case: Recruitment) -> list[tuple[str, str]]:
        return [(step.key, step.status) for step in assessor_steps(case, at=AFTER, person_id=ME)][-2:]

    assert last(DONE) == [("outcome", "left"), ("told", "left")]
    assert last(replace(DONE, with_outcome=9)) == [("outcome", "done"), ("told", "left")]
    assert last(replace(DONE, panel=(assessor(), assessor(OTHER)))) == [("outcome", "waiting"), ("told", "waiting")]
    keys = [step.key for step in assessor_steps(replace(DONE, decides_too=False), at=AFTER, person_id=ME)]
    assert "outcome" not in keys and "told" not in keys


def test_a_leader_who_decides_finds_the_way_from_start_and_case(judged_panel: Panel) -> None:
    panel, world = judged_panel, judged_panel.world
    assert "Skriv utfallet för tre sökande" in page(world, world.gunnel)
    case = page(world, world.gunnel, panel.url)
    assert all(f'href="{panel.url}/{name}"' in case for name in ("utfall", "beslut"))
    assert "Skriv utfallet" not in page(world, world.elof) + page(world, world.elof, panel.url)
    decide(world, panel.ad, panel.sent, NOT_FURTHER)
    assert "Gå igenom beslutet" in page(world, world.gunnel)
    assert "Gå igenom beslutet" not in page(world, world.kansli), "the office has a line of its own"


def test_where_another_is_named_to_decide_the_leader_has_nothing_of_it(judged_panel: Panel) -> None:
    panel, world = judged_panel, judged_panel.world
    another, _ = add_person(world, "vera", "ledamot", party=world.party)
    panel.name(world.gunnel, world.elof, decider=another)
    assert f'href="{panel.url}/utfall"' not in page(world, world.gunnel, panel.url)
    panel.name(world.gunnel, world.elof, decider=world.elof)
    assert f'href="{panel.url}/utfall"' in page(world, world.elof, panel.url)
