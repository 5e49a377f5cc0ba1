"""Whom nobody has set beside another has no place in the joint order: neither the first, shared, nor the last."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from portal import clock
from portal.decisions.queries.following import joint_order as order_to_ask_in
from portal.review.joint import joint_order
from portal.review.queries.meeting import meeting_of, order_in, whole_board
from tests.decisions.judging import data
from tests.forms import fields_of, submit
from tests.review.meetings import page_of, start
from tests.review.panel import Panel, panel_of
from tests.review.test_one_joint_order import joint, starting
from tests.stage import add_person
from tests.world import World

A, B, C = (UUID(int=n) for n in (1, 2, 3))
Clock = Callable[[str], datetime]


@pytest.fixture
def panel(world: World, set_clock: Clock) -> Panel:
    """Three, and two who have answered; the second judged best, the third next to that."""
    return panel_of(world, set_clock, world.gunnel, world.elof)


def judge(panel: Panel, first: list[int | None]) -> None:
    """Everybody says the same: ``first`` of the first, 3 of the second and 2 of the third."""
    one, two, three = panel.sent
    for person in panel.people:
        panel.score_all(person, {one.id: first, two.id: [3, 3, 3], three.id: [2, 2, 2]})


def clear_the_first(panel: Panel) -> None:
    """As the page says: who leaves a place empty has said nothing of that candidate."""
    for person in panel.people:
        browser, url = panel.world.browser(person), f"{panel.url}/ordning"
        assert submit(browser, url, {f"place-{panel.sent[0].id}": ""}, "Spara ordningen").status_code == 303


def all_in(panel: Panel) -> None:
    for person in panel.people:
        panel.hand_in(person)


def nobody_placed(panel: Panel) -> None:
    for person in panel.people:
        panel.declare(person)
    judge(panel, [0, 0, 0])
    clear_the_first(panel)
    all_in(panel)


def could_not_judge(panel: Panel) -> None:
    for person in panel.people:
        panel.declare(person)
    judge(panel, [None, None, None])
    all_in(panel)


def all_have_jav(panel: Panel) -> None:
    for person in panel.people:
        panel.declare(person, panel.sent[0])
    judge(panel, [])
    all_in(panel)


def a_deputy_alone(panel: Panel) -> None:
    """Ordered among nobody else: of one there is nothing to order."""
    disa, _login = add_person(panel.world, "disa", "ledamot", party=panel.world.party)
    panel.name(*panel.people, deputies=[disa])
    for person in panel.people:
        panel.declare(person, panel.sent[0])
    judge(panel, [])
    panel.declare(disa)
    panel.score_all(disa, other=0)
    all_in(panel)
    panel.hand_in(disa)


WAYS = pytest.mark.parametrize("judged", [nobody_placed, could_not_judge, all_have_jav, a_deputy_alone])


@WAYS
def test_whom_nobody_has_ordered_stands_last_without_a_place(panel: Panel, judged: Callable[[Panel], None]) -> None:
    judged(panel)
    one, two, three = panel.sent
    page = page_of(panel, panel.world.kansli, "gemensam")
    assert joint(page) == [(two.name, "1"), (three.name, "2"), (one.name, "–")]
    assert "Streck i stället för plats" in page
    with panel.as_person(panel.world.kansli) as (session, case):
        assert order_to_ask_in(session, case, at=clock.now()) == ((two.id,), (three.id,)), "nobody to ask next"
        board, _seen = whole_board(session, case, clock.now())
        assert board.labels()[one.id] == ""


def test_where_everybody_has_a_place_nothing_is_said_of_a_dash(panel: Panel) -> None:
    for person in panel.people:
        panel.declare(person)
    judge(panel, [1, 1, 1])
    all_in(panel)
    assert "Streck i stället" not in page_of(panel, panel.world.kansli, "gemensam")


def test_the_meeting_begins_without_a_place_for_them_and_a_press_gives_them_none(panel: Panel) -> None:
    nobody_placed(panel)
    one, two, three = panel.sent
    start(panel)
    leader, url = panel.world.browser(panel.world.gunnel), f"{panel.url}/mote/ordning"
    begun = leader.get(url)
    assert list(starting(begun.get_data(as_text=True)).items()) == [(two.name, "1"), (three.name, "2"), (one.name, "")]
    sent = {name: values[0] for name, values in fields_of(begun).items()}
    assert leader.post(url, data=sent | {"move": "done"}).status_code == 303
    with panel.as_person(panel.world.gunnel) as (session, case):
        held = meeting_of(session, case.ad.id)
        assert held is not None and order_in(session, held) == ((two.id,), (three.id,))
    assert one.name in page_of(panel, panel.world.gunnel)


@WAYS
def test_the_decision_file_gives_them_no_place_either(panel: Panel, judged: Callable[[Panel], None]) -> None:
    judged(panel)
    one, two, three = panel.sent
    file = data(panel, panel.world.kansli)["joint"]
    assert file["order"] == [[str(two.id)], [str(three.id)]]
    places = {row["candidate"]: row["place"] for row in file["candidates"]}
    assert places == {str(one.id): "", str(two.id): "1", str(three.id): "2"}


def test_an_order_of_one_among_others_compares_nobody() -> None:
    assert joint_order([((A,), (B,)), ((C,),)], [A, B, C]) == ((A,), (B,))
    assert joint_order([((A, C),), ((B,),)], [A, B, C]) == ((A, C),)
    assert joint_order([((A,), (B,))], [A, B, C]) == ((A,), (B,))


def test_where_no_order_compares_those_who_are_in_one_share_the_place() -> None:
    assert joint_order([((B,),), ((C,),)], [A, B, C]) == ((B, C),)
    assert joint_order([((A,),)], [A]) == ((A,),)
    assert joint_order([], [A, B]) == joint_order([()], [A, B]) == ()


def test_a_group_of_all_is_a_place_for_all() -> None:
    assert joint_order([((A, B, C),)], [A, B, C]) == ((A, B, C),)


def test_whom_only_one_who_is_hidden_is_compared_with_has_their_place_all_the_same(panel: Panel) -> None:
    """Gunnel has jäv for the first, whom Elof has ordered before the second; she has placed nobody but the third."""
    world, (one, two, three) = panel.world, panel.sent
    panel.declare(world.gunnel, one)
    panel.declare(world.elof)
    judge(panel, [3, 3, 3])
    panel.order(world.elof, ((one.id,), (two.id,)))
    panel.order(world.gunnel, ((three.id,),))
    all_in(panel)
    with panel.as_person(world.gunnel) as (session, case):
        assert order_to_ask_in(session, case, at=clock.now()) == ((two.id,),)
    assert joint(page_of(panel, world.gunnel, "gemensam")) == [(two.name, "1"), (three.name, "–")]
