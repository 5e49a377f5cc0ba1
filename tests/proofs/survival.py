"""Whether rows live on: each column's contents before an upgrade beside the same column's after it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

AT_ONCE = 5000


@dataclass
class Contents:
    """Which rows each table has, and one sum of each column's values by row: the order is nothing, each value is all."""

    ids: dict[str, frozenset[Any]] = field(default_factory=dict)
    sums: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many in all."""
        return sum(len(ids) for ids in self.ids.values())


def contents(engine: sa.Engine, *, of: Contents | None = None) -> Contents:
    """What is in the database; with ``of``, only of the rows that were there then."""
    read = Contents()
    with engine.connect() as connection:
        for name in sorted(set(sa.inspect(connection).get_table_names()) - {"alembic_version"}):
            if of is None or name in of.ids:
                _read(connection, name, read, None if of is None else of.ids[name])
    return read


def _read(connection: sa.Connection, table: str, read: Contents, known: frozenset[Any] | None) -> None:
    found = connection.execution_options(yield_per=AT_ONCE).exec_driver_sql(f'SELECT * FROM "{table}"')
    columns = list(found.keys())
    of, ids, sums = columns.index("id"), set(), [0] * len(columns)
    for row in found:
        if known is not None and row[of] not in known:
            continue
        ids.add(row[of])
        for place, value in enumerate(row):
            sums[place] += hash((row[of], repr(value) if isinstance(value, list | dict) else value))
    read.ids[table] = frozenset(ids)
    read.sums |= {(table, name): total for name, total in zip(columns, sums, strict=True)}


def lost(before: Contents, after: Contents) -> int:
    """How many rows of tables that live on are there no more."""
    return sum(len(ids - after.ids[name]) for name, ids in before.ids.items() if name in after.ids)


def altered(before: Contents, after: Contents, *, but: Collection[tuple[str, str]]) -> list[str]:
    """The columns that live on with another value in some row, though no migration is known to write them."""
    return sorted(
        ".".join(column)
        for column, total in before.sums.items()
        if column not in but and column in after.sums and after.sums[column] != total
    )


def broken_rules(engine: sa.Engine) -> list[str]:
    """What the database itself finds in its own rows: keys that name nothing, checks that do not hold."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            keys = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            told = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
            return [f"{row[0]} names no {row[2]}" for row in keys] + [one for one in told if one != "ok"]
        unsure = "SELECT conrelid::regclass || ' ' || conname FROM pg_constraint WHERE NOT convalidated"
        open_to_the_owner = (
            "SELECT relname || ' is not shut' FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity"
        )
        return [str(row[0]) for asked in (unsure, open_to_the_owner) for row in connection.exec_driver_sql(asked)]
