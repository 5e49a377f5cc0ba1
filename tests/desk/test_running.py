"""How far each assessor has come, on the start page: counted as on the recruitment's own page."""

from collections.abc import Callable
from datetime import datetime

from tests.applicants import send_applications
from tests.desk.test_start import page
from tests.review.blind import make_blind
from tests.review.panel import Panel, panel_of
from tests.world import World

Clock = Callable[[str], datetime]


def said(panel: Panel, name: str) -> str:
    """What stands beside one assessor's name."""
    shown = page(panel.world, panel.world.kansli)
    assert shown.count(f"<dt>{name}</dt>") == 1
    return shown.split(f"<dt>{name}</dt><dd>")[1].split("</dd>")[0]


def test_who_has_fallen_on_a_krav_is_not_among_the_answers_that_are_asked(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof, applications=3)
    for person in panel.people:
        panel.declare(person)
    panel.score_all(world.elof)
    each = len(panel.ad.criteria)
    assert said(panel, "Elof Rehnström") == f"{3 * each} av {3 * each} svar"
    panel.drop(world.gunnel, panel.sent[0])
    assert said(panel, "Elof Rehnström") == f"{2 * each} av {2 * each} svar"
    assert said(panel, "Gunnel Sundvall") == f"0 av {2 * each} svar"


def test_one_with_jav_for_all_has_nothing_left(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof, applications=2)
    panel.declare(world.gunnel)
    assert said(panel, "Elof Rehnström") == "jäv kvar"
    panel.declare(world.elof, panel.sent[0])
    assert said(panel, "Elof Rehnström") == f"0 av {len(panel.ad.criteria)} svar"
    panel.declare(world.elof, *panel.sent)
    assert said(panel, "Elof Rehnström") == "har jäv mot alla"


def test_one_for_whom_all_have_fallen_or_nothing_is_masked_is_said_to_wait_for_nothing_else(
    world: World, set_clock: Clock
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, applications=1)
    panel.declare(world.gunnel)
    panel.drop(world.gunnel, panel.sent[0])
    assert said(panel, "Gunnel Sundvall") == "ingen kvar att bedöma"
    blind = panel_of(world, set_clock, world.elof, applications=1)
    make_blind(blind)
    blind.declare(world.elof)
    assert said(blind, "Elof Rehnström") == "väntar på maskeringen"


def test_who_has_handed_in_is_asked_anew_of_a_candidate_who_has_come_since(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof, applications=2)
    panel.declare(world.gunnel)
    panel.score_all(world.gunnel)
    panel.hand_in(world.gunnel)
    assert said(panel, "Gunnel Sundvall") == "Inlämnad"
    set_clock("2026-12-15T10:00")
    send_applications(world, panel.ad, 1, start=7, late=True)
    set_clock("2026-12-15T11:00")
    each = len(panel.ad.criteria)
    assert said(panel, "Gunnel Sundvall") == f"{2 * each} av {2 * each} svar", "as on the page of her own assessing"
    panel.declare(world.gunnel)
    assert said(panel, "Gunnel Sundvall") == f"{2 * each} av {3 * each} svar"
