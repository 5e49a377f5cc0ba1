"""Too old a backup is put back first: nothing that the newer one needs is swept before that is put back in its place."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest

from portal import clock
from portal.applications.services.sweeping import sweep, to_sweep
from portal.applications.services.wholeness import Lack, broken_things
from portal.backups.services.restoring import restore_backup
from portal.backups.services.taking import take_backup
from portal.config import Settings
from portal.db import db
from portal.vault.services import create_application_key, the_vault
from tests.applicants import Sent, send_applications
from tests.backups.machines import empty_machine, running
from tests.backups.test_services import opened_names
from tests.database import Databases
from tests.world import World, publish_ad

LEFT = (Lack.LEFT_KEY, Lack.LEFT_BLOB)
TEN_DAYS = 864_000  # seconds
Clock = Callable[[str], datetime]


@pytest.fixture
def younger(world: World, set_clock: Clock, tmp_path: Path) -> list[Sent]:
    """Three who have applied since the older backup was taken, and are in the newer one alone."""
    ad = publish_ad(world, employer="party")
    send_applications(world, ad, 3)
    with world.app.app_context():
        take_backup(tmp_path / "older.backup", at=clock.now())
    set_clock("2026-11-24T10:00")
    sent = send_applications(world, ad, 3, start=3)
    with world.app.app_context():
        take_backup(tmp_path / "newer.backup", at=clock.now())
    return sent


def test_keys_and_documents_of_a_newer_backup_are_left_for_a_month_and_then_swept(
    world: World, settings: Settings, databases: Databases, younger: list[Sent], set_clock: Clock, tmp_path: Path
) -> None:
    for path in (settings.instance_path / "documents").glob("??/*"):
        os.utime(path, (path.stat().st_mtime - TEN_DAYS,) * 2)  # older than the restore by the store's own clock
    survived = {"key_store_url": settings.key_store_url, "storage_url": settings.storage_url}
    set_clock("2026-12-01T10:00")
    with empty_machine(settings, databases, tmp_path / "first") as first, running(replace(first, **survived)):
        restore_backup(tmp_path / "older.backup", at=clock.now())
        set_clock("2026-12-04T10:00")
        assert [one for one in broken_things(clock.now()) if one.lack in LEFT] == []
        swept = sweep(clock.now())
        assert (swept.keys, swept.blobs, swept.held_back) == (0, 0, False)
        assert all(the_vault().key_store.has(one.id) for one in younger)
        assert len(dict(the_vault().blobs.names())) > 12, "the documents of both backups"
    with empty_machine(settings, databases, tmp_path / "second") as second, running(replace(second, **survived)):
        assert restore_backup(tmp_path / "newer.backup", at=clock.now()).returned is not None
        assert {one.name for one in younger} <= set(opened_names(world))


def test_after_a_month_what_the_older_backup_does_not_name_is_swept(
    world: World, settings: Settings, databases: Databases, younger: list[Sent], set_clock: Clock, tmp_path: Path
) -> None:
    set_clock("2026-12-01T10:00")
    with empty_machine(settings, databases, tmp_path / "first") as first:
        with running(replace(first, key_store_url=settings.key_store_url)):
            restore_backup(tmp_path / "older.backup", at=clock.now())
            set_clock("2026-12-30T10:00")
            assert to_sweep(clock.now()).keys == 0
            set_clock("2027-01-01T10:00")
            assert sweep(clock.now()).keys == 3
            assert not any(the_vault().key_store.has(one.id) for one in younger)


def test_what_is_left_behind_after_the_restore_is_swept_as_ever(
    world: World, settings: Settings, databases: Databases, younger: list[Sent], set_clock: Clock, tmp_path: Path
) -> None:
    set_clock("2026-12-01T10:00")
    with empty_machine(settings, databases, tmp_path / "first") as first:
        with running(replace(first, key_store_url=settings.key_store_url)):
            restore_backup(tmp_path / "older.backup", at=clock.now())
            set_clock("2026-12-01T12:00")
            create_application_key(db.session, application_id=uuid4(), controller_id=world.party, at=clock.now())
            set_clock("2026-12-03T12:00")
            assert sweep(clock.now()).keys == 1
