"""Unique indexes and foreign keys stand outside the wall: whoever binds a row to what a rival has learns nothing by it."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import groupby, islice
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from portal import scope
from portal.config import Settings
from portal.db import db
from portal.scope import tell_database
from portal.tables import scoped_tables
from tests.database import POSTGRESQL, Databases
from tests.everything import rows
from tests.proofs.belonging import as_uuid
from tests.proofs.plugin import Proof
from tests.stage import set_stage
from tests.world import World

Row = dict[str, Any]
SCOPED = {table.name for table in scoped_tables()}
# Unique over all parties, given by the portal, typed by nobody: an ad's address (random), an authority's series (OSL 5:1).
OF_THE_PORTAL: dict[str, Callable[[], object]] = {"reference": lambda: uuid4().hex[:8], "arrival_number": lambda: None}
# A party that employs itself has no row there, and may make none.
ONLY_OF_AUTHORITY = {"case_diary", "case_record", "covered_minutes", "covered_record", "made_record", "register_entry"}


@pytest.mark.proof(
    "Ingen nyckel i databasen avslöjar vad ett annat parti har.",
    how="each of the rival's rows, and each id in it alone, inserted as one's own: the answer is that for ids nobody has",
    short={"rows_of_a_table": 2},
    full={"rows_of_a_table": 1000},
)
def test_a_row_bound_to_what_a_rival_has_is_answered_like_one_bound_to_nothing(
    proof: Proof, world: World, settings: Settings, databases: Databases, set_clock: Callable[[str], datetime]
) -> None:
    own, rival = (side.world.party for side in set_stage(world, set_clock, rivals="party"))
    everything = [(table, row) for table, row in rows(settings, databases) if table in SCOPED]
    foreign = {as_uuid(row["id"]) for _, row in everything if as_uuid(row["party_id"]) == rival}
    pairs, told, answers = 0, [], set()
    with world.app.app_context(), db.engine.connect() as connection:
        for table, found in groupby(everything, key=lambda one: one[0]):
            mine, theirs = _divided([row for _, row in found], own, rival)
            if table in ONLY_OF_AUTHORITY:
                continue
            assert mine and theirs, table
            for attempt, same_with_unused in _attempts(mine[0], islice(theirs, proof.size("rows_of_a_table")), foreign):
                said = [_insert(connection, table, one, own) for one in (attempt, same_with_unused)]
                pairs, answers = pairs + 1, answers | set(said)
                if said[0] != said[1]:
                    told.append((table, *said))
    proof.came_to(tables=len(SCOPED), pairs=pairs, told=len(told))
    assert told == []
    assert pairs > 2 * len(SCOPED)
    assert "foreign key" in answers
    assert answers <= {"unique", "foreign key", "check", "row-level security", "taken"}


def _divided(found: list[Row], own: UUID, rival: UUID) -> tuple[list[Row], list[Row]]:
    return [row for row in found if as_uuid(row["party_id"]) == own], [
        row for row in found if as_uuid(row["party_id"]) == rival
    ]


def _attempts(mine: Row, theirs: Iterator[Row], foreign: set[UUID]) -> Iterator[tuple[Row, Row]]:
    """The rival's row whole, and one's own row with each of its ids in turn; beside each, the same with unused ids."""
    for row in theirs:
        bound = {name: value for name, value in row.items() if name != "id" and as_uuid(value) in foreign}
        unused = {name: uuid4() for name in bound}
        yield row, {**row, **unused}
        for name, value in bound.items():
            yield {**mine, name: value}, {**mine, name: unused[name]}


def _insert(connection: Connection, table: str, row: Row, own: UUID) -> str:
    """What the database says to a new row of one's own with these values, as the application's role; undone at once."""
    ones_own = {"id": uuid4(), "party_id": own, "controller_id": own, "with_authority": False}
    values = {**row, **ones_own, **{name: draw() for name, draw in OF_THE_PORTAL.items() if name in row}}
    statement = f'INSERT INTO "{table}" ({", ".join(values)}) VALUES ({", ".join(f":{name}" for name in values)})'
    try:
        tell_database(connection, scope.party(own))
        connection.execute(text(statement), {name: _as_driven(value) for name, value in values.items()})
    except (IntegrityError, ProgrammingError) as refused:
        return _kind(str(refused.orig))
    finally:
        connection.rollback()
    return "taken"


def _kind(message: str) -> str:
    kinds = ("unique", "foreign key", "check", "row-level security")  # the last: what its authority alone writes
    return next((kind for kind in kinds if kind in message.lower()), message)


def _as_driven(value: object) -> object:
    if isinstance(value, UUID) and not POSTGRESQL:
        return value.hex
    return json.dumps(value) if isinstance(value, dict | list) else value
