"""The database's schema brought up to a version, or back to one. Loads what only that needs: no web process does."""

import flask_migrate
from flask import current_app
from flask_migrate import Migrate

from portal.db import db
from portal.paths import MIGRATIONS


def upgrade(revision: str = "head") -> None:
    """Bring the schema up, to the newest version unless another is named."""
    _prepare()
    flask_migrate.upgrade(revision=revision)


def downgrade(revision: str) -> None:
    """Take the schema back to an earlier version."""
    _prepare()
    flask_migrate.downgrade(revision=revision)


def _prepare() -> None:
    Migrate(current_app, db, directory=str(MIGRATIONS))
