"""Rows for a database at any version: made of what the tables themselves say of their columns, keys and checks.

No model knows an older version's tables, so they are read from a database at that version. Each version is filled with
a small world of its own: of every table some rows of different shapes, and then each application copied with all that
hangs on it. A row is tried out and mended until every check holds: so columns that may be empty are both empty and not.
"""

import json
import random
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from tests.proofs.versions import Key, Tabled, Version

Row = dict[str, Any]

_AD: Final = {"title": "Politisk sekreterare", "earliest_start": "2027-01-04"}
# What the program has always written there, though no check of that version says so.
WORDS: Final[Mapping[tuple[str, str], Sequence[Any]]] = {
    ("ad", "employer"): ("authority", "party"),
    ("ad", "state"): ("draft", "published", "withdrawn", "ended"),
    ("application", "language"): ("sv", "en"),
    ("application", "state"): ("draft", "sent", "withdrawn"),
    ("authority", "disposal_decision"): ("", "Gallras efter 24 månader enligt RS 2024/11", "Arkivnämnden § 7"),
    ("party", "retention_rule"): ("", "Raderas efter 12 månader"),
    ("published_ad", "content"): (
        {**_AD, "posts": 2, "employment_form": "allman_visstid", "extent_percent": 80, "latest_end": "2030-12-31"},
        {**_AD, "posts": 1, "employment_form": "vikariat", "extent_percent": None, "latest_end": None},
    ),
}  # fmt: skip
HELD: Final[Mapping[str, Sequence[str]]] = {
    "application": ("arrival_number IS NULL OR (arrival_number > 0 AND submitted_at IS NOT NULL AND with_authority)",),
}
SINGLE: Final = {"authority": 1, "party": 2, "person": 3}  # how many of these; of the others as many as is asked for
INHERITED: Final = ("ad_id", "application_id", "party_id", "authority_id", "controller_id", "with_authority")
DAYS: Final = tuple(
    date(2026, 9, 13).replace(year=year, month=month) for year in (2025, 2026, 2027) for month in (1, 6, 12)
)
INSTANTS: Final = tuple(datetime(2026, month, 3, 9, 30, 15, 250_000, tzinfo=UTC) for month in range(5, 12))
TRIES, FLIPS = 200, 60


class NothingFits(Exception):
    """No row of this table could be made of what is there."""


@dataclass
class Filled:
    """What one version was filled with: its rows by table, each with the application that it hangs on."""

    rows: dict[str, list[tuple[Row, UUID | None]]] = field(default_factory=lambda: defaultdict(list))


class Filler:
    """Fills one database, a version at a time. ``engine`` is one for whom no wall applies."""

    def __init__(self, engine: sa.Engine, *, seed: int) -> None:
        self.engine, self.chance = engine, random.Random(seed)
        self.number = 1000  # none given twice, like the numbers of an authority's series
        self._scratch = sqlite3.connect(":memory:")
        self.empty: set[str] = set()  # tables that no row could be made for
        self._of_the_first = False  # the first row of each hangs on the first of others, so that some hang together

    def fill(self, version: Version, *, shapes: int, applications: int) -> int:
        """``shapes`` rows of every table, then ``applications`` in all. Returns how many rows there are more."""
        filled = Filled()
        with self.engine.begin() as connection:
            for table in version.tables:
                made = self._make(connection, version, table, filled, shapes)
                if not made:
                    self.empty.add(table.name)
            copied = self._copy(connection, version, filled, applications)
            if "arrival_counter" in version.by_name:
                connection.execute(sa.update(version.by_name["arrival_counter"].core).values(last_number=self.number))
        return copied + sum(len(rows) for rows in filled.rows.values())

    def _make(self, connection: sa.Connection, version: Version, table: Tabled, filled: Filled, shapes: int) -> int:
        made = 0
        for number in range(SINGLE.get(table.name, shapes)):
            for tried in range(TRIES):
                self._of_the_first = number == 0 and tried < TRIES // 2
                try:
                    row, family = self._row(version, table, filled, number)
                    with connection.begin_nested():
                        connection.execute(table.core.insert().values(row))
                except (NothingFits, DBAPIError):  # a key that is there already, or a trigger that says no
                    continue
                filled.rows[table.name].append((row, row["id"] if table.name == "application" else family))
                made += 1
                break
        return made

    def _row(self, version: Version, table: Tabled, filled: Filled, number: int) -> tuple[Row, UUID | None]:
        row, choices, family = self._bound(table, filled, number)
        for column in table.core.columns:
            if column.name not in row:
                choices[column.name] = self._choices(table, column)
                row[column.name] = self.chance.choice(choices[column.name])
        self._mend(table, row, choices)
        return row, family

    def _bound(self, table: Tabled, filled: Filled, number: int) -> tuple[Row, dict[str, list[Any]], UUID | None]:
        """The columns that name other rows; those that may be empty with the choice of being so."""
        row: Row = {} if any(key.columns == ("id",) for key in table.keys) else {"id": uuid4()}
        choices: dict[str, list[Any]] = {}
        family: UUID | None = None
        for key in sorted(table.keys, key=lambda one: (one.to != "application", one.to != "ad", one.to)):
            found = self._parent(key, row, filled, number)
            if found is None:
                empty = [name for name in key.columns if table.may_be_empty(name)]
                if not empty:
                    raise NothingFits(table.name)
                row |= {name: None for name in empty if name not in row}
                continue
            parent, of = found
            family = family or of
            for own, theirs in zip(key.columns, key.theirs, strict=True):
                row.setdefault(own, parent[theirs])
            for name in key.own:
                if table.may_be_empty(name):
                    choices[name] = [None, row[name]]
            for name in INHERITED:
                if name in table.core.columns and parent.get(name) is not None:
                    row.setdefault(name, parent[name])
        if "controller_id" in table.core.columns and "party_id" in row and row.get("authority_id"):
            choices["controller_id"] = [row["party_id"], row["authority_id"]]
            choices["with_authority"] = [True, False]
            for name in ("controller_id", "with_authority"):
                row.setdefault(name, self.chance.choice(choices[name]))
        return row, choices, family

    def _parent(self, key: Key, row: Row, filled: Filled, number: int) -> tuple[Row, UUID | None] | None:
        """One of the rows that this key may name, of the same ad, application and owner where there is one."""
        bound = list(zip(key.columns, key.theirs, strict=True))
        named = [
            one for one in filled.rows[key.to] if all(row.get(own, one[0][theirs]) == one[0][theirs] for own, theirs in bound)
        ]  # fmt: skip
        if not named:
            return None
        if self._of_the_first:
            return named[0]
        if "application_id" in key.columns and "application_id" not in row:
            return named[number % len(named)]
        if self.chance.random() < 0.2:
            return self.chance.choice(named)
        nearness = [sum(one.get(name) == row[name] for name in INHERITED if name in row) for one, _ in named]
        return self.chance.choice([one for one, near in zip(named, nearness, strict=True) if near == max(nearness)])

    def _choices(self, table: Tabled, column: sa.Column[Any]) -> list[Any]:
        said = WORDS.get((table.name, column.name))
        words = list(said) if said else [*table.words(column.name), *self._usual(column)]
        return [*words, None] if column.nullable else words

    def _usual(self, column: sa.Column[Any]) -> Sequence[Any]:
        self.number += 1
        kinds: dict[type[Any], Sequence[Any]] = {
            sa.Uuid: (uuid4(),),
            sa.DateTime: INSTANTS,
            sa.Date: DAYS,
            sa.Boolean: (False, True),
            sa.LargeBinary: (self.chance.randbytes(48),),
            sa.JSON: ([], ["Åsa – ”ordagrant”", "=1+1"]),
            sa.Integer: (0, 1, 2, 40, 100, self.number),
            sa.BigInteger: (0, 1, 500_000),
            sa.String: ("", f"Åsa Öberg’s {self.number}; ”ord” \N{NO-BREAK SPACE}\n=1+1"),
        }
        return kinds[type(column.type)]

    def _mend(self, table: Tabled, row: Row, choices: Mapping[str, list[Any]]) -> None:
        """Another value for one column of a check that does not hold, until all do."""
        checks = [*table.checks, *HELD.get(table.name, ())]
        free = sorted(choices)
        for _ in range(FLIPS * (1 + len(checks))):
            broken = self._broken(row, checks)
            if not broken:
                return
            check = self.chance.choice(broken)
            named = [name for name in free if table.names(check, name)]
            if not named:
                break
            name = self.chance.choice(named)
            offered = self.chance.sample(choices[name], len(choices[name]))
            if self.chance.random() < 0.2:  # out of a place where each step alone makes it worse
                del offered[1:]
            row[name] = min(offered, key=lambda value, name=name: len(self._broken({**row, name: value}, checks)))
        raise NothingFits(table.name)

    def _broken(self, row: Row, checks: Sequence[str]) -> list[str]:
        if not checks:
            return []
        row = dict(sorted(row.items()))
        values = ", ".join(f'? AS "{name}"' for name in row)
        asked = f"SELECT {', '.join(f'({check})' for check in checks)} FROM (SELECT {values})"
        held = self._scratch.execute(asked, [_stored(value) for value in row.values()]).fetchone()
        return [check for check, answer in zip(checks, held, strict=True) if answer == 0]

    def _copy(self, connection: sa.Connection, version: Version, filled: Filled, applications: int) -> int:
        """Each application again and again, with the rows that hang on it, until there are so many."""
        families = sorted({row["id"] for row, _ in filled.rows["application"]})
        waiting: dict[str, list[Row]] = defaultdict(list)
        copied = 0
        for number in range(max(0, applications - len(families))):
            for name, row in self._again(version, filled, families[number % len(families)]):
                waiting[name].append(row)
                copied += 1
            if number % 500 == 499:
                _write(connection, version, waiting)
        _write(connection, version, waiting)
        return copied

    def _again(self, version: Version, filled: Filled, family: UUID) -> Iterator[tuple[str, Row]]:
        own = [(table, row) for table in version.tables for row, of in filled.rows[table.name] if of == family]
        new = {row["id"]: uuid4() for _, row in own}
        left_out: set[UUID] = set()
        for table, row in own:
            copy = {name: new.get(value, value) if isinstance(value, UUID) else value for name, value in row.items()}
            same = [one for one in table.uniques if all(copy[name] == row[name] is not None for name in one)]
            apart = all(self._tell_apart(table, copy, one) for one in same)
            whole = apart and not left_out & {value for value in row.values() if isinstance(value, UUID)}
            if whole and not (same and self._broken(copy, table.checks)):
                yield table.name, copy
            else:  # of such there is one: who has that time for an interview
                left_out.add(row["id"])

    def _tell_apart(self, table: Tabled, row: Row, unique: Sequence[str]) -> bool:
        """Change one column of what must be there only once. False where none may be changed."""
        for name in reversed(unique):
            value = row[name]
            if isinstance(value, bool | UUID) or not isinstance(value, int | str | bytes):
                continue
            if isinstance(value, str) and table.words(name):
                continue
            self.number += 1
            row[name] = (
                self.number if isinstance(value, int)
                else f"{value}-{self.number}" if isinstance(value, str)
                else self.chance.randbytes(len(value))
            )  # fmt: skip
            return True
        return False


def _write(connection: sa.Connection, version: Version, waiting: dict[str, list[Row]]) -> None:
    for table in version.tables:
        if rows := waiting.pop(table.name, []):
            connection.execute(table.core.insert(), rows)


def _stored(value: Any) -> Any:
    """As SQLite has it in a column."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S.%f}"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, list | dict) else value
