"""All rows of an installation as they stood at one moment, past the walls and yet through them.

On PostgreSQL every party's rows are read and written in that party's own scope, and what an authority alone writes in the
authority's: a backup needs no role that may bypass row level security, and no door is made in it. Every scoped row belongs
to a party by its foreign keys.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    Engine,
    LargeBinary,
    Table,
    Uuid,
    column,
    insert,
    inspect,
    literal,
    select,
    table,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType, TypeEngine

from portal import scope
from portal.audit.models import AuditLine
from portal.audit.services import PLATFORM_CHAIN
from portal.backups.rows import Columns
from portal.chunks import in_chunks
from portal.db import Instant
from portal.organisations.models import Party
from portal.scope import Scope, tell_database
from portal.tables import metadata, scoped_tables, tables_of_authorities

NOT_TAKEN = {"login_session"}  # everybody logs in anew: a session ended since the backup must not live again
_KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Uuid, "uuid"),
    (Instant, "instant"),
    (Date, "day"),
    (LargeBinary, "bytes"),
    (JSON, "json"),
)
_TYPES = {kind: made for made, kind in _KINDS}
_BATCH = 1000


def taken_tables() -> list[Table]:
    """The tables of a backup, those that others refer to first."""
    return [made for made in metadata.sorted_tables if made.name not in NOT_TAKEN]


def columns_of(table: Table) -> Columns:
    """The columns by name, each with the kind of value it holds."""
    return {made.name: _kind(made) for made in table.columns}


def _kind(column: Column[Any]) -> str:
    return next((kind for type, kind in _KINDS if isinstance(column.type, type)), "plain")


def blob_columns(table: Table) -> list[str]:
    """The columns that name sealed bytes in the store."""
    return [made.name for made in table.columns if made.name == "blob" or made.name.endswith("_blob")]


def all_rows(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    """Every row of a table, its values in the table's order; a scoped one's by party."""
    streamed = connection.execution_options(yield_per=_BATCH)
    if table not in scoped_tables():
        yield from streamed.execute(select(table))
        return
    for party in connection.scalars(select(Party.id).order_by(Party.id)).all():
        tell_database(connection, scope.party(party))
        yield from streamed.execute(select(table).where(table.c.party_id == party))


def put_rows(
    connection: Connection, name: str, columns: Columns, rows: Iterable[dict[str, Any]], *, scoped: bool
) -> int:
    """Insert rows into a table that may be an older one than the models know. How many."""
    into = insert(table(name, *(column(each, _TYPES.get(kind, NullType)()) for each, kind in columns.items())))
    put, writer = 0, _authority if name in tables_of_authorities() else _party
    for who, own in groupby(rows, key=writer if scoped else _nobody):
        if who is not None:
            tell_database(connection, who)
        for batch in in_chunks(formers_first(name, own), _BATCH):
            connection.execute(into, batch)
            put += len(batch)
    return put


def formers_first(name: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Rows of a table that refer to others of it, each after the one that it refers to: a database may give them in any
    order, and takes them back in this one alone. Those of any other table as they come."""
    refers = _own_reference(name)
    if refers is None:
        yield from rows
        return
    put, waiting = set[Any](), list(rows)
    while waiting:
        ready = [row for row in waiting if row.get(refers) is None or row[refers] in put]
        if not ready:
            yield from waiting  # to one that is not there: the database says so
            return
        yield from ready
        put.update(row["id"] for row in ready)
        waiting = [row for row in waiting if row["id"] not in put]


def _own_reference(name: str) -> str | None:
    """The column by which a table's row names another of the same, by its id."""
    known = metadata.tables.get(name)
    keys = known.foreign_keys if known is not None else ()
    return next((key.parent.name for key in keys if key.column.table is known and key.column.name == "id"), None)


def _party(row: Mapping[str, Any]) -> Scope | None:
    return scope.party(row["party_id"])


def _authority(row: Mapping[str, Any]) -> Scope | None:
    return scope.authority(row["authority_id"])


def _nobody(_row: Mapping[str, Any]) -> Scope | None:
    return None


def is_empty(engine: Engine) -> bool:
    """Whether nothing has been written to the database yet; it may have its tables, or none at all."""
    with engine.connect() as connection:
        present = set(inspect(connection).get_table_names())
        unscoped = [made for made in metadata.sorted_tables if made not in scoped_tables() and made.name in present]
        return not any(connection.scalar(select(literal(1)).select_from(made).limit(1)) for made in unscoped)


def tells_of_backup(session: Session, taken_at: datetime) -> bool:
    """Whether the log has it that a backup was taken at that instant: the backup itself holds that line."""
    taken = select(AuditLine.id).where(
        AuditLine.chain_id == PLATFORM_CHAIN, AuditLine.verb == "backup.taken", AuditLine.at == taken_at
    )
    return session.scalar(taken.limit(1)) is not None
