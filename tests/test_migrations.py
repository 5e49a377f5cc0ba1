"""Migrations: up and down, and after them the database is exactly what the models say."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import create_engine, event, inspect, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from portal import scope
from portal.cli import database
from portal.config import Settings
from portal.operations.schema import downgrade, upgrade
from portal.operations.services import findings
from portal.organisations.models import Membership
from portal.tables import metadata, scoped_tables
from tests.database import Databases
from tests.everything import digest, rows
from tests.stage import set_stage
from tests.world import World


def test_the_migrated_database_is_what_the_models_say(app: Flask, settings: Settings) -> None:
    engine = create_engine(settings.database_owner_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_every_migration_goes_down_and_up_again(app: Flask, settings: Settings) -> None:
    with app.app_context():
        downgrade(revision="base")
        engine = create_engine(settings.database_owner_url)
        assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert {table.name for table in metadata.sorted_tables} <= set(inspect(engine).get_table_names())
        engine.dispose()


def test_the_keys_within_a_party_lose_no_row_and_no_check_and_can_be_broken_off(
    world: World, settings: Settings, databases: Databases, set_clock: Callable[[str], datetime]
) -> None:
    set_stage(world, set_clock)
    with world.app.app_context():
        downgrade(revision="0003")
        before, checks = digest(settings, databases, but=("alembic_version",)), _checks(settings)
        downgrade(revision="0001")
        with pytest.raises(DBAPIError), _breaking_off_at("outcome"):
            upgrade(revision="0002")
        upgrade(revision="0003")
    assert digest(settings, databases, but=("alembic_version",)) == before
    assert _checks(settings) == checks
    assert len(checks) > 50


def test_a_review_that_is_under_way_is_put_in_the_phase_it_has_reached(
    world: World, settings: Settings, databases: Databases, set_clock: Callable[[str], datetime]
) -> None:
    """Each of the stage's recruitments loses its phase on the way down and has it again on the way up; but for the blind
    one, as no review was blind before there were phases."""
    blind = {str(side.blind.ad.id) for side in set_stage(world, set_clock)}
    before = _phases(settings, databases, but=blind)
    with world.app.app_context():
        downgrade(revision="0003")
        upgrade()
    assert _phases(settings, databases, but=blind) == before
    assert len({phase for _, phase in before}) > 1


def test_a_title_goes_to_the_membership_that_was_accepted_first_and_to_no_rival(
    world: World, settings: Settings, databases: Databases
) -> None:
    with world.writing(scope.PLATFORM) as session:
        here = session.scalars(select(Membership).where(Membership.person_id == world.kansli)).one()
        later = here.accepted_at + timedelta(days=1) if here.accepted_at else None
        session.add(
            Membership(
                person_id=world.kansli,
                role="kansli",
                party_id=world.rival,
                created_at=here.created_at,
                accepted_at=later,
            )
        )
        here.title = "Kanslichef"
    with world.app.app_context():
        downgrade(revision="0035")
        told = [row["title"] for table, row in rows(settings, databases) if table == "person" and row["title"]]
        upgrade()
    titles = {
        UUID(str(row["party_id"])): row["title"]
        for table, row in rows(settings, databases)
        if table == "membership" and UUID(str(row["person_id"])) == world.kansli
    }
    assert told == ["Kanslichef"]
    assert titles == {world.party: "Kanslichef", world.rival: ""}


@pytest.mark.slow
def test_after_each_way_down_and_up_check_opens_every_file_and_finds_nothing_new(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    set_stage(world, set_clock, employer="authority")
    with world.app.app_context():
        before = set(findings(world.app, deep=True))  # the stage's applications have had no mail
        for revision in ("0028", "0022", "0012", "0004", "0001"):
            downgrade(revision=revision)
            upgrade()
            assert set(findings(world.app, deep=True)) - before == set(), revision


def _phases(settings: Settings, databases: Databases, *, but: Collection[str]) -> list[tuple[str, object]]:
    found = [row for table, row in rows(settings, databases) if table == "review_case"]
    phases = sorted((str(UUID(str(row["ad_id"]))), row["phase"]) for row in found)
    return [(ad, phase) for ad, phase in phases if ad not in but]


def _checks(settings: Settings) -> set[tuple[str, str]]:
    engine = create_engine(settings.database_owner_url)
    present = inspect(engine)
    found = {
        (table, str(c["name"])) for table in present.get_table_names() for c in present.get_check_constraints(table)
    }
    engine.dispose()
    return found


@contextmanager
def _breaking_off_at(table: str) -> Iterator[None]:
    """The statement that would change this table fails."""

    def fail(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith((f"INSERT INTO {table}_new", f"ALTER TABLE {table} ADD")):
            raise DBAPIError(statement, None, Exception("broken off"))

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", fail)


def test_postgresql_shuts_every_scoped_table_for_everybody(app: Flask, settings: Settings) -> None:
    engine = create_engine(settings.database_owner_url)
    assert len(scoped_tables()) >= 15
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            for table in scoped_tables():
                shut = connection.execute(
                    text(
                        "select relrowsecurity, relforcerowsecurity, "
                        "(select count(*) from pg_policies where tablename = relname and with_check is not null) "
                        "from pg_class where relname = :name and relkind = 'r'"
                    ),
                    {"name": table.name},
                ).one()
                assert tuple(shut) == (True, True, 1), table.name
            for table in metadata.sorted_tables:
                if "party_id" in table.c and table not in scoped_tables():
                    assert table.name in {"published_ad", "membership", "retention_rule"}, (
                        f"{table.name} has a scope and no wall"
                    )
        role = create_engine(settings.database_url)
        with role.connect() as connection:
            rights = connection.execute(
                text("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
            ).one()
            owned = connection.scalar(text("select count(*) from pg_tables where tableowner = current_user"))
        assert (*rights, owned) == (False, False, 0)
        role.dispose()
    engine.dispose()


@pytest.mark.parametrize(("arguments", "typed", "goes"), [((), "n\n", False), ((), "", False), (("--yes",), "", True)])
def test_the_command_takes_a_database_back_only_once_it_is_said_that_it_costs_what_newer_versions_saved(
    app: Flask, settings: Settings, arguments: tuple[str, ...], typed: str, goes: bool
) -> None:
    runner = app.test_cli_runner()
    told = runner.invoke(database, ["downgrade", "0001", *arguments], input=typed)
    engine = create_engine(settings.database_owner_url)
    assert ("intake" in inspect(engine).get_table_names()) == (not goes)
    engine.dispose()
    assert (told.exit_code == 0) == goes and ("går förlorat" in told.output) == (not goes)
    with app.app_context():
        upgrade()
