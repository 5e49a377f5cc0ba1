"""A shortlist for each test that asks for one."""

import pytest

from tests.interviews.meetings import Meetings


@pytest.fixture
def meetings(two_called: Meetings) -> Meetings:
    """Three applications with private links, to the region; Gunnel and Elof without jäv."""
    return two_called
