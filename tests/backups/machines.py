"""A second machine beside the first: the same key file, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flask import Flask

from portal.config import Settings
from portal.factory import create_app
from tests.conftest import close_stores
from tests.database import Databases


@contextmanager
def empty_machine(settings: Settings, databases: Databases, folder: Path) -> Iterator[Settings]:
    """Settings of an installation with the tables and no row, no document and no key in it."""
    folder.mkdir()
    with databases.copy(folder) as (url, owner_url):
        yield replace(
            settings,
            instance_path=folder,
            database_url=url,
            database_owner_url=owner_url,
            key_store_url=f"sqlite:///{folder}/keys.db",
            queue_url=f"sqlite:///{folder}/queue.db",
            rates_url=f"sqlite:///{folder}/rates.db",
            storage_url=f"file://{folder}/documents",
        )


@contextmanager
def running(settings: Settings) -> Iterator[Flask]:
    """An application on these settings, within its context."""
    app = create_app(settings)
    app.testing = True
    app.extensions["wake"] = lambda *_: None
    with app.app_context():
        yield app
        close_stores()
