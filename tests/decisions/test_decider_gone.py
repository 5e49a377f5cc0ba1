"""Whoever was named to decide has left: nobody does until the office chooses, and every page that tells of it says so. Who
leads does not step in unasked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from portal.desk.steps import office_steps
from tests.decisions.recruiting import HIRED, NOT_FURTHER, decide, proofread, release
from tests.desk.test_agenda import AFTER, ME, OPEN, assessor
from tests.review.panel import Panel, panel_of
from tests.review.test_leaving import leave_party
from tests.world import World

GONE = "Den som skulle besluta är inte kvar"
CHOOSE = "Välj vem som beslutar"


@pytest.fixture
def left(world: World, set_clock: Callable[[str], datetime]) -> Panel:
    """Gunnel leads, Elof was to decide, and all had handed in when he left the party."""
    panel = panel_of(world, set_clock, world.gunnel)
    panel.name(world.gunnel, decider=world.elof)
    panel.declare(world.gunnel)
    panel.score_all(world.gunnel)
    panel.hand_in(world.gunnel)
    panel.answer_to_decide(world.elof)
    leave_party(world, world.elof)
    return panel


def read(panel: Panel, path: str) -> str:
    return " ".join(panel.world.browser(panel.world.kansli).get(path).get_data(as_text=True).split())


def test_the_panels_page_names_nobody_who_decides_and_asks_for_one(left: Panel) -> None:
    page = read(left, f"{left.url}/bedomare")
    assert GONE in page and CHOOSE in page
    assert "bedömer och leder" in page and "och beslutar" not in page
    assert left.world.browser(left.world.gunnel).get(f"{left.url}/utfall").status_code == 404, "so it is"


def test_the_start_page_and_both_checklists_say_it(left: Panel) -> None:
    assert CHOOSE in read(left, "/arbete")
    assert "ingen beslutar nu" in read(left, left.url)
    decide(left.world, left.ad, left.sent[:1], HIRED)
    decide(left.world, left.ad, left.sent[1:], NOT_FURTHER)
    proofread(left.world, left.ad)
    assert f"{GONE}. {CHOOSE}." in read(left, f"{left.url}/beslut")
    with pytest.raises(Exception, match=GONE):
        release(left.world, left.ad)


def test_once_somebody_is_chosen_nothing_of_it_is_said(left: Panel) -> None:
    left.name(left.world.gunnel)
    for path in ("/arbete", left.url, f"{left.url}/bedomare", f"{left.url}/beslut"):
        page = read(left, path)
        assert GONE not in page and CHOOSE not in page and "ingen beslutar" not in page
    assert "bedömer, leder och beslutar" in read(left, f"{left.url}/bedomare")
    assert left.world.browser(left.world.gunnel).get(f"{left.url}/utfall").status_code == 200


def test_who_leads_decides_where_nobody_was_ever_named_to(world: World, set_clock: Callable[[str], datetime]) -> None:
    panel = panel_of(world, set_clock, world.gunnel)
    page = read(panel, f"{panel.url}/bedomare")
    assert "bedömer, leder och beslutar" in page and GONE not in page


def test_of_a_recruitment_that_is_over_nobody_is_asked_to_decide() -> None:
    case = replace(OPEN, state="ended", decider_gone=True, panel=(assessor(),), with_outcome=9, released=9)
    assert all("beslutar" not in step.text for step in office_steps(case, at=AFTER, person_id=ME))
