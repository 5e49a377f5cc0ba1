"""A panel for each test that asks for one."""

from uuid import UUID

import pytest

from tests.review.blind import machine_says, make_blind, work
from tests.review.panel import Panel
from tests.stage import add_person
from tests.world import World


@pytest.fixture
def panel(panel_of_three: Panel) -> Panel:
    """Three applications, the ad closed, Gunnel (who leads) and Elof named and nothing done."""
    return panel_of_three


@pytest.fixture
def looked_at(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> Panel:
    """Blind, and the machine has looked at all three."""
    machine_says(monkeypatch)
    make_blind(panel)
    work(panel)
    return panel


@pytest.fixture
def deputies(world: World) -> tuple[UUID, UUID]:
    """Two more of the party's people."""
    return tuple(add_person(world, name, "ledamot", party=world.party)[0] for name in ("disa", "egil"))  # type: ignore[return-value]
