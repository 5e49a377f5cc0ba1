"""All that lies in the database, past every wall: what the tests compare and search. On PostgreSQL as the superuser."""

import hashlib
from collections.abc import Collection, Iterator

from sqlalchemy import Engine, create_engine, inspect, make_url

from portal.config import Settings
from tests.database import Databases


def rows(
    settings: Settings, databases: Databases, *, but: Collection[str] = ()
) -> Iterator[tuple[str, dict[str, object]]]:
    """Every row of every table as the driver gives it, with its table's name."""
    engine = past_the_walls(settings, databases)
    try:
        with engine.connect() as connection:
            for table in sorted(inspect(connection).get_table_names()):
                if table not in but:
                    for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings():
                        yield table, dict(row)
    finally:
        engine.dispose()


def digest(settings: Settings, databases: Databases, *, but: Collection[str] = ()) -> str:
    """One hash of every row, whatever their order."""
    lines = sorted(f"{table} {sorted(row.items())!r}" for table, row in rows(settings, databases, but=but))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def past_the_walls(settings: Settings, databases: Databases) -> Engine:
    """The database as one sees it to whom no wall applies. To be disposed of."""
    url = make_url(settings.database_url)
    if databases.server_url is not None:
        url = make_url(databases.server_url).set(database=url.database)
    return create_engine(url)
