"""A shortlist for each test that asks for one."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.interviews.meetings import Meetings, meetings_of
from tests.world import World


@pytest.fixture
def meetings(world: World, set_clock: Callable[[str], datetime]) -> Meetings:
    """Three applications, of which two are called; Gunnel and Elof without jäv; no times yet."""
    return meetings_of(world, set_clock)
