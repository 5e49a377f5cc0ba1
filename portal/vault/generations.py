"""The controllers' keys, copied to where the applications' lie: what wraps a key goes where the key goes.

A generation is made when the installation's key is changed, and lies in the database. A backup from before that has no such
row, while the key store, or its own backup, is wrapped by it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.db import db, unit_of_work
from portal.vault.keystore import controller_generation
from portal.vault.models import ControllerKey
from portal.vault.services import the_vault

COLUMNS = tuple(column.name for column in controller_generation.columns)


def all_generations() -> list[dict[str, Any]]:
    """Every generation that the database has, still wrapped."""
    with db.sessionmaker() as own:
        found = own.execute(select(*(getattr(ControllerKey, name) for name in COLUMNS)))
        return [dict(row) for row in found.mappings()]


def copy_generations() -> None:
    """Have them in the key store too, as they are wrapped now."""
    the_vault().key_store.put_generations(all_generations())


def add_generations(rows: Iterable[Mapping[str, Any]]) -> int:
    """Put those into the database that it lacks; how many. Of a controller that it does not know there is nothing to open."""
    there = {(row["controller_id"], row["generation"]): row for row in all_generations()}
    known = {controller for controller, _ in there}
    with db.sessionmaker() as own, unit_of_work(own) as session:
        made = [
            ControllerKey(**row)
            for row in rows
            if row["controller_id"] in known and (row["controller_id"], row["generation"]) not in there
        ]
        session.add_all(made)
    return len(made)


def lacking_generations() -> Iterator[tuple[UUID, int, int]]:
    """Controller, generation, and how many keys rest on it, of those that the database does not have."""
    there = {(row["controller_id"], row["generation"]) for row in all_generations()}
    for controller_id, generation, count in the_vault().key_store.generations_in_use():
        if (controller_id, generation) not in there:
            yield controller_id, generation, count
