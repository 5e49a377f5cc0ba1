"""Which rows of the whole database are one party's, whatever table they lie in, and the hash of each."""

import hashlib
from uuid import UUID

from portal.config import Settings
from tests.database import Databases
from tests.everything import rows

Row = dict[str, object]
WHOSE = ("party_id", "controller_id", "chain_id", "scope_id")  # naming the party itself makes a row the party's


def rows_of(party: UUID, settings: Settings, databases: Databases) -> list[tuple[str, Row]]:
    """Every row that names the party, or anything of the party's: its applications' links, its people's log-ins …"""
    waiting = [(table, row) for table, row in rows(settings, databases)]
    known: set[UUID] = set()
    found: list[tuple[str, Row]] = []
    while True:
        mine = [(table, row) for table, row in waiting if _names(row, party, known)]
        if not mine:
            return found
        waiting = [one for one in waiting if one not in mine]
        found += mine
        known |= {id for table, row in mine for id in _own_ids(table, row)}


def ids_of(found: list[tuple[str, Row]]) -> list[UUID]:
    """The ids of these rows: the first of every table, then the second of every table, and so on."""
    places: dict[str, int] = {}
    numbered = []
    for table, row in found:
        places[table] = places.get(table, 0) + 1
        numbered += [(places[table], table, id) for id in _own_ids(table, row)]
    return list(dict.fromkeys(id for _place, _table, id in sorted(numbered, key=lambda one: (one[0], one[1]))))


def kinds_of(found: list[tuple[str, Row]]) -> dict[UUID, set[str]]:
    """Of each id of these rows the tables in which a row bears it; a membership's person is one of the persons."""
    kinds: dict[UUID, set[str]] = {}
    for table, row in found:
        for id in _own_ids(table, row):
            kinds.setdefault(id, set()).add("person" if id != as_uuid(row.get("id")) else table)
    return kinds


def prints_of(found: list[tuple[str, Row]]) -> set[tuple[str, str]]:
    """Each row's table and the hash of all that stands in it."""
    return {(table, hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest()) for table, row in found}


def as_uuid(value: object) -> UUID | None:
    """The value as an id, as either database's driver gives it; None for anything else."""
    if isinstance(value, UUID):
        return value
    looks_so = isinstance(value, str) and len(value) == 32 and set(value) <= set("0123456789abcdef")
    return UUID(str(value)) if looks_so else None


def _names(row: Row, party: UUID, known: set[UUID]) -> bool:
    if any(as_uuid(row.get(name)) == party for name in WHOSE):
        return True
    return any(as_uuid(value) in known for value in row.values() if as_uuid(value) is not None)


def _own_ids(table: str, row: Row) -> set[UUID]:
    """A row's own id; a membership's person is the party's too."""
    ids = {as_uuid(row.get("id"))} | ({as_uuid(row["person_id"])} if table == "membership" else set())
    return {id for id in ids if id is not None}
