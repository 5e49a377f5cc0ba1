"""A panel that has judged, and a post that is offered, for each test that asks for one."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.applicants import Sent
from tests.decisions.offering import OFFER
from tests.decisions.recruiting import HIRED, address, closed_recruitment, decide, proofread
from tests.forms import submit
from tests.review.panel import Panel
from tests.world import Published, World


@pytest.fixture
def panel(judged_panel: Panel) -> Panel:
    """Three candidates: Gunnel leads, Elof has jäv for the third; both have scored, ordered and handed in."""
    return judged_panel


@pytest.fixture
def offered(world: World, set_clock: Callable[[str], datetime]) -> tuple[Published, list[Sent]]:
    """Three candidates: the first is offered the post, two wait."""
    published, sent = closed_recruitment(world, set_clock, 3)
    decide(world, published, sent[:1], HIRED)
    decide(world, published, sent[1:])
    proofread(world, published)
    answer = submit(world.browser(world.kansli), address(published, "beslut/erbjud"), button=OFFER)
    assert answer.status_code == 303
    return published, sent
