"""What is said at once: that a restore is not finished, and that how old a copy is cannot be told by this clock."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from portal import clock
from portal.backups import refusals
from portal.backups.services import restoring
from portal.backups.services.keys import restore_keys, take_keys
from portal.backups.services.restoring import restore_backup
from portal.backups.services.taking import take_backup
from portal.config import Settings
from portal.operations.services import findings
from tests.applicants import Sent
from tests.backups.machines import running
from tests.backups.test_cut_short import beside_its_keys, erase, killed, new, sent
from tests.world import World

__all__ = ["beside_its_keys", "new", "sent"]  # fixtures


def test_check_says_first_that_a_restore_was_cut_short(
    world: World, beside_its_keys: Settings, sent: list[Sent], tmp_path: Path
) -> None:
    with world.app.app_context():
        take_backup(tmp_path / "portal.backup", at=clock.now())
    erase(world, sent[0])
    with running(beside_its_keys) as app:
        with killed(restoring, "record"):
            restore_backup(tmp_path / "portal.backup", at=clock.now())
        lines = list(findings(app))
        assert any("portal restore" in line for line in lines)
        assert not any("saknar sin nyckel" in line for line in lines), "it would not be erased again"
        restore_backup(tmp_path / "portal.backup", at=clock.now())
        assert not any("återställning" in line for line in findings(app))


def test_keys_of_a_later_day_than_the_clocks_are_not_taken_for_young(
    world: World, new: Settings, sent: list[Sent], tmp_path: Path, set_clock: Callable[[str], datetime]
) -> None:
    with world.app.app_context():
        take_backup(tmp_path / "portal.backup", at=clock.now())
        take_keys(tmp_path / "keys.backup", at=clock.now())
    with running(new):
        restore_backup(tmp_path / "portal.backup", at=clock.now())
        set_clock("2020-01-01T00:10")
        with pytest.raises(refusals.KeysOfTomorrow):
            restore_keys(tmp_path / "keys.backup", at=clock.now())
        set_clock("2026-11-23T10:30")
        assert restore_keys(tmp_path / "keys.backup", at=clock.now())[0] == len(sent)
