"""A backup from before the installation's key was changed: what wraps the keys now comes with the keys."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete

from portal import clock
from portal.backups.services.keys import restore_keys, take_keys
from portal.backups.services.restoring import restore_backup
from portal.backups.services.taking import take_backup
from portal.config import Settings
from portal.db import writing_to
from portal.operations.rotation.services import rotate
from portal.operations.services import findings
from portal.vault.keystore import controller_generation
from portal.vault.services import the_vault
from tests.applicants import Sent, send_applications
from tests.backups.machines import empty_machine, running, with_own_keys
from tests.database import Databases
from tests.vault.test_rotation import names
from tests.world import World, publish_ad


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """With a key file of its own, which is changed."""
    return with_own_keys(settings, tmp_path)


@pytest.fixture
def sent(world: World, settings: Settings, tmp_path: Path) -> list[Sent]:
    """Three applications, a backup of them, and a change of keys after it."""
    made = send_applications(world, publish_ad(world, employer="party"), 3)
    with world.app.app_context():
        take_backup(tmp_path / "portal.backup", at=clock.now())
        rotate(settings.keys_file, at=clock.now())
    return made


def told(app: object) -> list[str]:
    """What check says of keys."""
    return [line for line in findings(app) if "nyckel" in line.lower()]  # type: ignore[arg-type]


def test_the_keys_of_after_it_open_the_backup_of_before_it(
    world: World, settings: Settings, databases: Databases, sent: list[Sent], tmp_path: Path
) -> None:
    with world.app.app_context():
        take_keys(tmp_path / "keys.backup", at=clock.now())
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new) as app:
        restore_backup(tmp_path / "portal.backup", at=clock.now())
        count, returned = restore_keys(tmp_path / "keys.backup", at=clock.now())
        assert (count, returned.unreadable, returned.erased) == (3, 0, 0)
        assert names(replace(world, app=app)) == sorted(one.name for one in sent)
        assert told(app) == []
        assert the_vault().key_store.generations(), "it survives the next loss of the database too"


def test_a_key_store_that_survived_opens_the_backup_of_before_it(
    world: World, settings: Settings, databases: Databases, sent: list[Sent], tmp_path: Path
) -> None:
    with empty_machine(settings, databases, tmp_path / "new") as new:
        with running(replace(new, key_store_url=settings.key_store_url)) as app:
            restore_backup(tmp_path / "portal.backup", at=clock.now())
            assert names(replace(world, app=app)) == sorted(one.name for one in sent)
            assert told(app) == []


def test_check_tells_of_keys_that_rest_on_what_is_not_here(
    world: World, settings: Settings, databases: Databases, sent: list[Sent], tmp_path: Path
) -> None:
    """A key store of a program that kept no copy."""
    with world.app.app_context(), writing_to(the_vault().key_store.engine) as connection:
        connection.execute(delete(controller_generation))
    with empty_machine(settings, databases, tmp_path / "new") as new:
        with running(replace(new, key_store_url=settings.key_store_url)) as app:
            restore_backup(tmp_path / "portal.backup", at=clock.now())
            (line,) = told(app)
            assert line.startswith("3 ansökningar") and "efter det senaste nyckelbytet" in line
