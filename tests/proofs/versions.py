"""The tables of each version as a database at that version tells of them: columns, keys, checks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

import sqlalchemy as sa

_GENERIC: Final[dict[str, sa.types.TypeEngine[Any]]] = {
    "CHAR": sa.Uuid(), "DATETIME": sa.DateTime(timezone=True), "DATE": sa.Date(), "BOOLEAN": sa.Boolean(),
    "BLOB": sa.LargeBinary(), "JSON": sa.JSON(), "INTEGER": sa.Integer(), "BIGINT": sa.BigInteger(),
    "VARCHAR": sa.String(), "TEXT": sa.String(),
}  # fmt: skip

_HAS_THE_ID_OF: Final = {"arrival_counter": "authority"}  # though no key says so


@dataclass(frozen=True)
class Key:
    """Columns that name a row of another table. ``own`` are those that nothing else decides."""

    columns: tuple[str, ...]
    to: str
    theirs: tuple[str, ...]

    @property
    def own(self) -> tuple[str, ...]:
        """All but the party, which a row has of its own."""
        return tuple(name for name in self.columns if name != "party_id" or self.to == "party")


@dataclass(frozen=True, eq=False)
class Tabled:
    """One table: for SQLAlchemy on either database, with the checks as SQLite writes them."""

    core: sa.Table
    keys: tuple[Key, ...]
    checks: tuple[str, ...]
    uniques: tuple[tuple[str, ...], ...]

    @property
    def name(self) -> str:
        """Its name."""
        return self.core.name

    def may_be_empty(self, column: str) -> bool:
        """Whether NULL may stand there."""
        return bool(self.core.columns[column].nullable)

    def words(self, column: str) -> list[Any]:
        """What the checks that name the column let stand there: their texts, or their numbers."""
        return _words(self, column)

    def names(self, check: str, column: str) -> bool:
        """Whether the check speaks of the column."""
        return _names(check, column)


@dataclass(frozen=True)
class Version:
    """All tables of a version, each after those that it names."""

    revision: str
    tables: tuple[Tabled, ...]

    @cached_property
    def by_name(self) -> dict[str, Tabled]:
        """The same by name."""
        return {table.name: table for table in self.tables}


def version_of(engine: sa.Engine, revision: str) -> Version:
    """What a SQLite database at this version has."""
    present, metadata = sa.inspect(engine), sa.MetaData()
    read = {name: _tabled(present, metadata, name) for name in present.get_table_names() if name != "alembic_version"}
    found = {name: _with_unwritten_keys(table, read) for name, table in read.items()}
    order: list[str] = []
    for name in sorted(found):
        _place(name, found, order, ())
    return Version(revision, tuple(found[name] for name in order))


def _tabled(present: sa.Inspector, metadata: sa.MetaData, name: str) -> Tabled:
    columns = [
        sa.Column(one["name"], _GENERIC[type(one["type"]).__visit_name__.upper()], nullable=bool(one["nullable"]))
        for one in present.get_columns(name)
    ]
    keys = [
        Key(tuple(one["constrained_columns"]), one["referred_table"], tuple(one["referred_columns"]))
        for one in present.get_foreign_keys(name)
    ]
    uniques = [one["column_names"] for one in present.get_unique_constraints(name)]
    uniques += [one["column_names"] for one in present.get_indexes(name) if one["unique"]]
    return Tabled(
        sa.Table(name, metadata, *columns),
        tuple(keys),
        tuple(str(one["sqltext"]) for one in present.get_check_constraints(name)),
        tuple(tuple(str(column) for column in one) for one in uniques),
    )


def _with_unwritten_keys(table: Tabled, known: dict[str, Tabled]) -> Tabled:
    """``ad_id`` names an ad where no key of the database says so too."""
    written = {name for key in table.keys for name in key.columns}
    more = [
        Key((column.name,), to, ("id",))
        for column in table.core.columns
        if isinstance(column.type, sa.Uuid)
        and column.name not in written
        and (to := column.name.removesuffix("_id")) in known
        and to != column.name
    ]
    if owner := _HAS_THE_ID_OF.get(table.name):
        more.append(Key(("id",), owner, ("id",)))
    return Tabled(table.core, (*table.keys, *more), table.checks, table.uniques)


def _place(name: str, found: dict[str, Tabled], order: list[str], above: Sequence[str]) -> None:
    if name in order or name in above:
        return
    for key in found[name].keys:
        _place(key.to, found, order, (*above, name))
    order.append(name)


@cache
def _names(check: str, column: str) -> bool:
    return re.search(rf"\b{column}\b", check) is not None


@cache
def _words(table: Tabled, column: str) -> list[Any]:
    named = " ".join(check for check in table.checks if _names(check, column))
    kind = table.core.columns[column].type
    if isinstance(kind, sa.String):
        return sorted(set(re.findall(r"'([^']*)'", named)))
    if isinstance(kind, sa.Integer | sa.BigInteger):
        return sorted({int(one) for one in re.findall(r"\b\d+\b", named)})
    return []
