"""The joint order of the kept decision file stands as it was kept, also once somebody in it is erased."""

from collections.abc import Callable
from datetime import datetime

from portal.decisions.decision_file import ERASED, board_of, with_joint
from portal.decisions.frozen import without
from portal.jobs.tasks import run_rounds
from tests.decisions.test_kept_file import LATER, _erase, end, kept_data
from tests.review.panel import panel_of
from tests.stage import add_person
from tests.world import World

Clock = Callable[[str], datetime]
ORDERS = ((3, 1, 2, 0), (1, 0, 2, 3), (2, 0, 3, 1))  # complete, and together a circle: all four share the place


def test_the_others_keep_their_places_when_one_is_erased(world: World, set_clock: Clock) -> None:
    disa, _ = add_person(world, "disa", "ledamot", party=world.party)
    panel = panel_of(world, set_clock, world.gunnel, world.elof, disa, applications=4, employer="party")
    for person, order in zip(panel.people, ORDERS, strict=True):
        panel.declare(person)
        panel.score_all(person)
        panel.order(person, tuple((panel.sent[n].id,) for n in order))
        panel.hand_in(person)
    end(panel)
    before, gone = kept_data(panel), str(panel.sent[1].id)
    (shared,) = before["joint"]["order"]
    assert len(shared) == 4
    set_clock(LATER)
    _erase(panel, panel.sent[1].id)
    run_rounds(world.app)
    after = kept_data(panel)
    assert after["joint"]["order"] == [[one for one in shared if one != gone]]
    assert {row["place"] for row in after["joint"]["candidates"]} == {"1–3"}
    assert ERASED in {one["name"] for one in after["candidates"]} and gone not in str(after["joint"])
    board = board_of(after)
    assert [[str(one) for one in group] for group in board.joined()] == after["joint"]["order"], "read from it again"
    assert with_joint(after) == after and without(after, {gone}) == after, "and taken out once more it is the same"
