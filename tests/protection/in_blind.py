"""A blind review with one who has applied under a code name, for the tests: the paper is the reader's until it is covered."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from portal.jobs.tasks import run_rounds
from tests.applicants import Sent, send_applications
from tests.door import own_browser
from tests.forms import submit
from tests.protection.applying import TYPED, identities, name_as_reader, way_in
from tests.protection.test_masks import PAPER
from tests.review.blind import machine_says, make_blind
from tests.review.panel import CLOSED, Panel
from tests.world import World, publish_ad


def blind_with_protected(
    world: World, set_clock: Callable[[str], datetime], monkeypatch: pytest.MonkeyPatch, *people: UUID
) -> tuple[Panel, Sent]:
    """These assess one who has applied as usual, and one under a code name with a paper; the office reads who that is."""
    machine_says(monkeypatch)
    name_as_reader(world, world.kansli)
    ad = publish_ad(world)
    panel = Panel(world, ad, send_applications(world, ad, 1), set_clock)
    submit(own_browser(world), way_in(ad), TYPED, "Skicka ansökan", {"paper": (PAPER.encode(), "hemligstrom.txt")})
    id = identities(world)[0].application_id
    set_clock(CLOSED)
    panel.name(*people)
    make_blind(panel)
    for _ in range(2):
        run_rounds(world.app)
    return panel, Sent(id, "", "", "", 0, panel.sent[0].document, 0, {})
