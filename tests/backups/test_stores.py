"""A backup holds the papers themselves: where they lay, and where they come to lie, need not be the same kind of store."""

from dataclasses import replace
from pathlib import Path

import pytest

from portal import clock
from portal.backups.services.keys import restore_keys
from portal.backups.services.restoring import restore_backup
from portal.backups.services.taking import take_backup
from portal.config import Settings
from portal.vault.services import the_vault
from tests.applicants import send_applications
from tests.backups.machines import empty_machine, running
from tests.backups.test_services import back_up, everything
from tests.database import Databases
from tests.proofs.several import bucket
from tests.world import World, publish_ad


@pytest.mark.slow
def test_papers_go_from_a_folder_into_a_bucket_and_back_again(
    world: World, settings: Settings, databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_applications(world, publish_ad(world), 2)
    copy, keys = back_up(world, tmp_path)
    with world.app.app_context():
        blobs = {name: the_vault().blobs.get(name) for name, _ in the_vault().blobs.names()}
    assert len(blobs) > 2
    with bucket(monkeypatch) as address, empty_machine(settings, databases, tmp_path / "new") as new:
        with running(replace(new, storage_url=address)):
            restore_backup(copy, at=clock.now())
            restore_keys(keys, at=clock.now())
            assert {name: the_vault().blobs.get(name) for name, _ in the_vault().blobs.names()} == blobs
            take_backup(tmp_path / "bucket.backup", at=clock.now())
        with empty_machine(settings, databases, tmp_path / "third") as third, running(third):
            restore_backup(tmp_path / "bucket.backup", at=clock.now())
            restore_keys(keys, at=clock.now())
            assert {name: the_vault().blobs.get(name) for name, _ in the_vault().blobs.names()} == blobs
            assert everything(third, databases) == everything(settings, databases)
