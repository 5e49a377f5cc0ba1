"""A shortlist for each test that asks for one."""

import pytest

from tests.interviews.meetings import Meetings


@pytest.fixture
def meetings(two_called: Meetings) -> Meetings:
    """Three applications, of which two are called; Gunnel and Elof without jäv; no times yet."""
    return two_called
