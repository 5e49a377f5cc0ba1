"""The versions as the code reads them are those that the migrating library knows."""

from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import create_engine

from portal.db import db
from portal.paths import MIGRATIONS
from portal.revisions import known_revisions, present_revision, wanted_revision


def test_the_code_knows_the_versions_that_the_library_finds_in_their_order() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert list(known_revisions()) == [script.revision for script in scripts.walk_revisions()]
    assert wanted_revision() == scripts.get_current_head()


def test_a_database_says_its_version_or_that_it_has_none(app: Flask) -> None:
    with app.app_context():
        assert present_revision(db.engine) == wanted_revision()
    assert present_revision(create_engine("sqlite://")) is None
