"""A panel that has judged, for each test that asks for one."""

import pytest

from tests.review.panel import Panel


@pytest.fixture
def panel(judged_panel: Panel) -> Panel:
    """Three candidates: Gunnel leads, Elof has jäv for the third; both have scored, ordered and handed in."""
    return judged_panel
