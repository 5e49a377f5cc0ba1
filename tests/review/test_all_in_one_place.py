"""What the joint view says of an order that has everybody in one place."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from tests.review.meetings import page_of
from tests.review.panel import Panel, panel_of
from tests.review.test_said_truly import of_three
from tests.world import World

Clock = Callable[[str], datetime]


def said_of(panel: Panel, person: UUID) -> str:
    return " ".join(page_of(panel, person, "gemensam").split())


def test_who_orders_one_alone_is_not_said_to_have_put_all_in_one_place(
    world: World, set_clock: Clock, deputies: tuple[UUID, UUID]
) -> None:
    panel = of_three(world, set_clock, deputies[0])
    assert "<p>Gunnel Sundvall och Elof Rehnström har satt alla på samma plats." in said_of(panel, world.kansli)


def test_who_is_set_after_the_others_and_has_fallen_makes_nobody_the_one_who_orders(
    world: World, set_clock: Clock
) -> None:
    panel = panel_of(world, set_clock)
    panel.name(world.gunnel, world.elof)
    one, two, fallen = (one.id for one in panel.sent)
    for person, order in ((world.gunnel, ((one, two), (fallen,))), (world.elof, ((one, two, fallen),))):
        panel.declare(person)
        panel.score_all(person)
        panel.order(person, order)
        panel.hand_in(person)
    panel.drop(world.kansli, panel.sent[2])
    so = (
        "Gunnel Sundvall och Elof Rehnström har satt alla på samma plats. Den gemensamma ordningen skiljer därför ingen"
    )
    assert so in said_of(panel, world.kansli)


@pytest.mark.parametrize("both", [False, True])
def test_whose_the_joint_order_is_where_one_of_two_sets_nobody_first(
    world: World, set_clock: Clock, both: bool
) -> None:
    panel = panel_of(world, set_clock)
    panel.name(world.gunnel, world.elof)
    one, two, three = (one.id for one in panel.sent)
    whole = ((one, two, three),)
    for person, order in ((world.gunnel, whole if both else ((one,), (two,), (three,))), (world.elof, whole)):
        panel.declare(person)
        panel.score_all(person)
        panel.order(person, order)
        panel.hand_in(person)
    so = (
        "Gunnel Sundvall och Elof Rehnström har satt alla på samma plats. Den gemensamma ordningen skiljer därför ingen"
    )
    if not both:
        so = "Elof Rehnström har satt alla på samma plats. Den gemensamma ordningen är därför den som Gunnel Sundvall har"
    assert so in said_of(panel, world.kansli)
