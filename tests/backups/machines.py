"""A second machine beside the first: the same key file, and nothing else."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flask import Flask

from portal.config import Settings
from portal.factory import create_app
from portal.operations.schema import downgrade
from tests.conftest import close_stores
from tests.database import Databases


@contextmanager
def empty_machine(settings: Settings, databases: Databases, folder: Path) -> Iterator[Settings]:
    """Settings of an installation with the tables and no row, no document and no key in it."""
    with sqlite_machine(settings, folder) as made, databases.copy(folder) as (url, owner_url):
        yield replace(made, database_url=url, database_owner_url=owner_url)


@contextmanager
def sqlite_machine(settings: Settings, folder: Path) -> Iterator[Settings]:
    """Everything in a folder that is empty, whatever the first machine has."""
    folder.mkdir()
    yield replace(
        settings,
        instance_path=folder,
        database_url=f"sqlite:///{folder}/portal.db",
        database_owner_url=f"sqlite:///{folder}/portal.db",
        key_store_url=f"sqlite:///{folder}/keys.db",
        queue_url=f"sqlite:///{folder}/queue.db",
        rates_url=f"sqlite:///{folder}/rates.db",
        storage_url=f"file://{folder}/documents",
    )


@contextmanager
def bare_machine(settings: Settings, databases: Databases, folder: Path) -> Iterator[Settings]:
    """The same without any table: as it is before `portal db upgrade`."""
    with empty_machine(settings, databases, folder) as made:
        if databases.server_url is None:
            (folder / "portal.db").unlink()
        else:
            with running(made):
                downgrade(revision="base")
        yield made


@contextmanager
def running(settings: Settings) -> Iterator[Flask]:
    """An application on these settings, within its context."""
    app = create_app(settings)
    app.testing = True
    app.extensions["wake"] = lambda *_: None
    with app.app_context():
        yield app
        close_stores()


def with_own_keys(settings: Settings, folder: Path) -> Settings:
    """An installation whose key file is its own: the others of the run share one."""
    own = folder / "own.keys"
    shutil.copy(settings.keys_file, own)
    own.chmod(0o400)
    return replace(settings, keys_file=own)
