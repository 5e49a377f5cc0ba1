"""Two who do something in one recruitment at the same moment: they wait for each other in one order, and both get through."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from time import sleep

from portal import clock
from portal.review.queries.case import load_case
from portal.review.services.naming import review_row
from tests.review.panel import panel_of
from tests.world import World

Clock = Callable[[str], datetime]


def test_an_assessor_who_answers_and_an_office_that_names_the_panel_do_not_stop_each_other(
    world: World, set_clock: Clock
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    with ThreadPoolExecutor(1) as pool:
        with panel.as_person(world.elof) as (session, _):
            own = load_case(session, panel.ad.id, panel.actor(world.elof), lock=True)  # their seat is held
            assert own is not None
            naming = pool.submit(panel.name, world.gunnel, world.elof, world.kansli)
            sleep(0.3)  # by now it waits: for the seat, on SQLite for the writer's place
            assert not naming.done()
            review_row(session, own, clock.now())
        naming.result(timeout=20)
    with panel.as_person(world.kansli) as (_, case):
        assert case.standing.named
