"""An upgrade of the database killed in the middle: run again it ends at the head, and nothing starts before that."""

import random
import time
from contextlib import suppress
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import OperationalError

from portal.config import Settings
from portal.factory import create_app
from portal.operations.schema import downgrade, upgrade
from portal.revisions import known_revisions
from portal.tables import metadata
from tests.conftest import close_stores
from tests.database import POSTGRESQL
from tests.proofs.around import wait_until
from tests.proofs.living import living
from tests.proofs.plugin import Proof


@pytest.mark.proof(
    "En uppgradering av databasen som dör mitt i kan köras igen och blir hel.",
    how="kill -9 on `portal db upgrade` at random moments from an empty database; each leaves it at base or at a whole "
    "version, check says so and run refuses; the next upgrade ends at the head with every table",
    short={"rounds": 2},
    full={"rounds": 30},
)
def test_an_upgrade_killed_in_the_middle_ends_well_when_run_again(
    proof: Proof, settings: Settings, tmp_path: Path
) -> None:
    app, cut, half, ended, told, refused = create_app(settings), 0, 0, 0, True, True
    all_tables = {table.name for table in metadata.sorted_tables}
    whole_at = tables_of_each_version(app, settings)
    with living(settings, log=tmp_path / "log") as portal:
        for _ in range(proof.size("rounds")):
            with app.app_context():
                downgrade(revision="base")
                close_stores()
            portal._start("upgrade", "db", "upgrade")
            wait_until(lambda: is_at_work(settings), seconds=60)
            time.sleep(random.random() * 0.5)
            with suppress(ProcessLookupError):
                portal.kill("upgrade")
            version, tables = state(settings)
            cut += version is None
            half += tables != whole_at[version]
            if version is None and cut == 1:  # the same after each, and each costs a start
                said = portal.portal("check")
                told = said.returncode == 1 and "Kör: portal db upgrade" in said.stdout
                start = portal.portal("run", "--port", "0")
                refused = start.returncode == 2 and "Kör: portal db upgrade" in start.stderr
            ended += portal.portal("db", "upgrade").returncode == 0 and state(settings)[1] == all_tables
        whole = portal.portal("check").stdout
    proof.came_to(
        kills=proof.size("rounds"), cut_short=cut, left_half=half, ended_at_head=ended
    )  # fmt: skip
    assert half == 0
    assert told and refused
    assert ended == proof.size("rounds")
    assert whole == "Allt är som det ska.\n"


def is_at_work(settings: Settings, *, since: str | None = None) -> bool:
    """The upgrade holds what only one may hold at a time, or has gone on from the version there was."""
    engine = create_engine(settings.database_owner_url, connect_args={"timeout": 0} if not POSTGRESQL else {})
    try:
        with engine.connect() as connection:
            if POSTGRESQL:
                held = connection.scalar(text("select count(*) from pg_locks where locktype = 'advisory'"))
            else:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                held = 0
            return bool(held) or MigrationContext.configure(connection).get_current_revision() != since
    except OperationalError:
        return True
    finally:
        engine.dispose()


def state(settings: Settings) -> tuple[str | None, set[str]]:
    engine = create_engine(settings.database_owner_url)
    with engine.connect() as connection:
        version = MigrationContext.configure(connection).get_current_revision()
        tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    engine.dispose()
    return version, tables


def tables_of_each_version(app: Flask, settings: Settings) -> dict[str | None, set[str]]:
    """What there is at base and at each version on the way up."""
    found: dict[str | None, set[str]] = {None: set()}
    with app.app_context():
        downgrade(revision="base")
        for version in reversed(known_revisions()):
            upgrade(revision=version)
            found[version] = state(settings)[1]
        close_stores()
    return found
