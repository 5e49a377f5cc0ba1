"""The decision file of a recruitment that ended while scores were sealed: all but them is kept, and it says so."""

import json
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from pdfminer.high_level import extract_text

from portal.decisions.decision_file import ERASED, board_of
from portal.decisions.frozen import since, without
from portal.jobs.tasks import run_rounds
from tests.decisions.judging import data
from tests.decisions.recruiting import decide, proofread, release
from tests.review.blind import make_blind
from tests.review.panel import AFTER_LAST_MINUTE, Panel, panel_of
from tests.world import World

Clock = Callable[[str], datetime]


@pytest.fixture
def cancelled(world: World, set_clock: Clock) -> Panel:
    """One of two has scored and handed in, with a reason to read; then nobody is hired."""
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    panel.declare(world.gunnel)
    panel.declare(world.elof)
    panel.score_all(world.gunnel, {one.id: (3, 3, 3) for one in panel.sent})
    panel.hand_in(world.gunnel)
    end(panel)
    return panel


def end(panel: Panel) -> None:
    decide(panel.world, panel.ad, panel.sent)
    proofread(panel.world, panel.ad)
    release(panel.world, panel.ad)
    run_rounds(panel.world.app)


def kept(panel: Panel) -> dict[str, Any]:
    answer = panel.world.browser(panel.world.kansli).get(f"{panel.url}/beslutsakt-sparad.json")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.data)
    return found


def test_all_but_the_scores_is_kept(cancelled: Panel) -> None:
    file = kept(cancelled)
    assert file["scores_sealed"] is True
    assert (file["scores"], file["orders"], file["joint"]["means"], file["joint"]["order"]) == ([], [], [], [])
    assert {one["name"] for one in file["candidates"]} == {one.name for one in cancelled.sent}
    assert {one["scores"] for one in file["candidates"]} == {5}, "that something was set is no secret, what is"
    assert (len(file["outcomes"]), len(file["panel"]), bool(file["conflicts"])) == (3, 2, True)
    assert "notes" not in {part["key"] for part in file["sections"]}
    assert board_of(file).steps == {}


def test_the_paper_says_that_they_were_sealed(cancelled: Panel) -> None:
    browser = cancelled.world.browser(cancelled.world.kansli)
    paper = browser.get(f"{cancelled.url}/beslutsakt-sparad.pdf").data
    assert "medan bedömningarna var förseglade" in " ".join(extract_text(BytesIO(paper)).split())
    assert "Var bedömningarna förseglade då står de inte i den." in browser.get(f"{cancelled.url}/beslut").get_data(
        True
    )


def test_that_they_are_open_later_is_no_change(cancelled: Panel) -> None:
    cancelled.set_clock(AFTER_LAST_MINUTE)
    now = data(cancelled)
    assert len(now["scores"]) == 15
    assert since(kept(cancelled), now) is None
    assert "since_kept" not in {part["key"] for part in now["sections"]}


def test_without_one_who_is_erased_it_is_sealed_still(cancelled: Panel) -> None:
    left = without(kept(cancelled), {str(cancelled.sent[0].id)})
    assert left["scores_sealed"] is True and left["joint"]["candidates"] == []
    assert ERASED in {one["name"] for one in left["candidates"]}


def test_of_a_blind_one_it_is_kept_too_by_name_for_the_office_alone(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    make_blind(panel)
    end(panel)
    assert {one["name"] for one in kept(panel)["candidates"]} == {one.name for one in panel.sent}
    for person in (world.gunnel, world.elof):  # she leads, and so decides: by code name
        assert world.browser(person).get(f"{panel.url}/beslutsakt-sparad.json").status_code == 404
