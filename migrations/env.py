"""How migrations reach the database: as its owner, one transaction per migration; then the application's role is let in.

On SQLite too: the driver's own transactions would commit each table as it is made, and a run cut short would leave a
half that no later run could finish. A second run at the same time waits for the first, on both.
"""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Engine, NullPool, create_engine, event, inspect, make_url, text

from portal.row_security import grants
from portal.tables import metadata

settings = current_app.config["SETTINGS"]
url = settings.database_owner_url
application_role = make_url(settings.database_url).username
ONE_AT_A_TIME = 726_913  # any number, as long as nobody else locks it in this database


def _engine() -> Engine:
    engine = create_engine(url, hide_parameters=True, poolclass=NullPool)  # a run that fails gives up its lock
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    # Foreign keys are off here alone: a table that is rebuilt is dropped on the way, and would take its children along.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def run_migrations() -> None:
    engine = _engine()
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"select pg_advisory_lock({ONE_AT_A_TIME})"))
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            compare_type=True,
            transactional_ddl=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        separate = connection.dialect.name == "postgresql" and application_role != make_url(url).username
        if separate and inspect(connection).has_table("audit_line"):
            for statement in grants(str(application_role)):
                connection.execute(text(statement))
            connection.commit()


run_migrations()
