"""The papers of a contract at rest: sealed, left by the sweeper, and told of where one is gone or spoilt."""

from collections.abc import Callable
from datetime import datetime

import pytest

from portal import clock
from portal.applications.services.sweeping import sweep
from portal.applications.services.wholeness import broken_things
from portal.documents.queries import FILED
from portal.vault.services import the_vault
from tests.applications.test_wholeness import grow_old
from tests.contracts.written.contracting import PAPER, Recorded, named, recorded, signed, stored
from tests.world import World

Clock = Callable[[str], datetime]


@pytest.fixture
def one(world: World, set_clock: Clock) -> Recorded:
    """A contract that both have signed."""
    return signed(recorded(world, set_clock, rules="region-vasternorrland"))


def faults(world: World) -> list[str]:
    """What is not whole among the employers' own papers."""
    with world.app.app_context():
        return [told for each in broken_things(clock.now(), deep=True) if "arbetsgivarens egna" in (told := str(each))]


def test_no_paper_lies_in_clear(world: World, one: Recorded) -> None:
    with world.app.app_context():
        kept = [the_vault().blobs.get(name) for name in named(one, FILED)]
    assert len(kept) == 3
    assert not [sealed for sealed in kept if PAPER[:8] in sealed]


def test_the_papers_are_whole_and_the_sweeper_leaves_them(world: World, one: Recorded, set_clock: Clock) -> None:
    assert faults(world) == []
    with world.app.app_context():
        the_vault().blobs.put("0" * 40, b"nobody names this")
    grow_old(world)
    with world.app.app_context():
        assert sweep(clock.now()).blobs >= 1
    assert "0" * 40 not in stored(one)
    assert named(one, FILED) <= stored(one)


def test_a_paper_that_is_gone_or_spoilt_is_told(world: World, one: Recorded) -> None:
    gone, spoilt, _whole = sorted(named(one, FILED))
    with world.app.app_context():
        the_vault().blobs.delete(gone)
        the_vault().blobs.put(spoilt, b"\x00\x01" + b"x" * 60)
    told = faults(world)
    assert len(told) == 2
    assert any(gone in line and "saknas" in line for line in told)
    assert any(spoilt in line and "skadad" in line for line in told)
