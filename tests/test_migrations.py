"""Migrations: up and down, and after them the database is exactly what the models and the declared list say."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Connection

from portal.config import Settings
from portal.operations.schema import downgrade, upgrade
from portal.tables import metadata, scoped_tables

TRIGGERS = {
    "sqlite": {"audit_line_never_changed", "audit_line_never_deleted"},
    "postgresql": {"audit_line_unchanging"},
}
PARTIAL_INDEXES = {"one_application_per_address", "uq_membership_in_party", "uq_membership_in_authority"}


def _triggers(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        return set(connection.scalars(text("select name from sqlite_master where type = 'trigger'")))
    return set(connection.scalars(text("select tgname from pg_trigger where not tgisinternal")))


def _partial_indexes(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        wanted = "select name from sqlite_master where type = 'index' and sql like '%WHERE%'"
    else:
        wanted = "select indexname from pg_indexes where schemaname = 'public' and indexdef like '%WHERE%'"
    return set(connection.scalars(text(wanted)))


def test_the_migrated_database_is_what_the_models_say(app: Flask, settings: Settings) -> None:
    engine = create_engine(settings.database_owner_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert _triggers(connection) == TRIGGERS[connection.dialect.name]
        assert _partial_indexes(connection) == PARTIAL_INDEXES
    engine.dispose()


def test_every_migration_goes_down_and_up_again(app: Flask, settings: Settings) -> None:
    with app.app_context():
        downgrade(revision="base")
        engine = create_engine(settings.database_owner_url)
        assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert {table.name for table in metadata.sorted_tables} <= set(inspect(engine).get_table_names())
        engine.dispose()


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
                    assert table.name in {"published_ad", "membership"}, f"{table.name} has a scope and no wall"
        role = create_engine(settings.database_url)
        with role.connect() as connection:
            rights = connection.execute(
                text("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
            ).one()
            owned = connection.scalar(text("select count(*) from pg_tables where tableowner = current_user"))
        assert (*rights, owned) == (False, False, 0)
        role.dispose()
    engine.dispose()
