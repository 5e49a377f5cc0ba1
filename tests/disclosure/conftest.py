"""What the tests of the desk begin with."""

import pytest

from tests.applicants import Sent, send_applications
from tests.world import World, publish_ad


@pytest.fixture
def sent(world: World) -> Sent:
    """One who has applied where the region employs."""
    return send_applications(world, publish_ad(world), 1)[0]
