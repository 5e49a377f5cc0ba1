"""A panel that has judged, for each test that asks for one."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.decisions.judging import judged
from tests.review.panel import Panel, panel_of
from tests.world import World

Clock = Callable[[str], datetime]


@pytest.fixture
def panel(world: World, set_clock: Clock) -> Panel:
    """Three candidates: Gunnel leads, Elof has jäv for the third; both have scored, ordered and handed in."""
    made = panel_of(world, set_clock, world.gunnel, world.elof)
    judged(made)
    return made
