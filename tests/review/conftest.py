"""A panel for each test that asks for one."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.review.panel import Panel, panel_of
from tests.world import World


@pytest.fixture
def panel(world: World, set_clock: Callable[[str], datetime]) -> Panel:
    """Three applications, the ad closed, Gunnel (who leads) and Elof named and nothing done."""
    return panel_of(world, set_clock, world.gunnel, world.elof)
