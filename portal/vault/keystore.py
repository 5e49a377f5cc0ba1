"""The key store: wrapped application keys in a database of their own, which no backup of the portal takes along.

With an application's key destroyed here, what an old backup holds of that application cannot be read.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Column,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Uuid,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from portal.chunks import in_chunks
from portal.db import Instant, KnownUuid, create_tables, open_engine, writing_to
from portal.many_ids import each_of
from portal.sqlite import forget_former_pages

metadata = MetaData()
application_key = Table(
    "application_key",
    metadata,
    Column("application_id", KnownUuid, primary_key=True),
    Column("controller_id", Uuid, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
)
# Which keys were destroyed because what they open was erased: a key that is only missing may have been lost.
destroyed_key = Table("destroyed_key", metadata, Column("application_id", Uuid, primary_key=True))
# What wraps them, as the database has it: a backup of the portal may be older than a generation of it.
controller_generation = Table(
    "controller_generation",
    metadata,
    Column("controller_id", Uuid, primary_key=True),
    Column("generation", Integer, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
)

PART = 500

# Asked for at each page of a candidate's: written once, not each time.
_KEY = select(application_key.c.generation, application_key.c.wrapped).where(
    application_key.c.application_id == bindparam("id")
)


class Rewrapped(NamedTuple):
    """A key wrapped anew, and what it was wrapped as before."""

    application_id: UUID
    former: bytes
    generation: int
    wrapped: bytes


class KeyGone(Exception):
    """The application's key has been destroyed: the application is erased and cannot be opened by anybody."""


class KeyStore:
    """Puts, gets and destroys wrapped keys; each call is its own short transaction, synced before it returns."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = open_engine(url)

    def create_tables(self) -> None:
        """Make the tables that are missing."""
        create_tables(self.engine, metadata)

    def get(self, application_id: UUID) -> tuple[int, bytes]:
        """Generation of the controller's key and the wrapped key. Raises `KeyGone`."""
        with self.engine.connect() as connection:
            row = connection.execute(_KEY, {"id": application_id}).first()
        if row is None:
            raise KeyGone
        return row.generation, row.wrapped

    def has(self, application_id: UUID) -> bool:
        """Whether there is a key."""
        with self.engine.connect() as connection:
            return connection.execute(_KEY, {"id": application_id}).first() is not None

    def get_many(self, application_ids: Collection[UUID]) -> dict[UUID, tuple[int, bytes]]:
        """The same for many, in few questions; one whose key is gone is left out."""
        columns = (application_key.c.application_id, application_key.c.generation, application_key.c.wrapped)
        found = {}
        with self.engine.connect() as connection:
            for ids in in_chunks(application_ids):
                these = each_of(ids, self.engine.dialect)
                some = connection.execute(
                    select(*columns).where(columns[0] == these)
                ).all()  # one by one takes twice as long
                found.update({id: (generation, key) for id, generation, key in some})
        return found

    def destroy(self, application_id: UUID) -> None:
        """Destroy the key of what is erased, and remember that it was. Doing it twice is no fault."""
        known = select(destroyed_key).where(destroyed_key.c.application_id == application_id)
        with writing_to(self.engine) as connection:
            gone = connection.execute(delete(application_key).where(application_key.c.application_id == application_id))
            if gone.rowcount and connection.execute(known).first() is None:
                connection.execute(insert(destroyed_key), {"application_id": application_id})
        self.leave_no_trace()

    def discard(self, application_id: UUID) -> None:
        """Remove a key that belongs to nothing; should what it opened come back, it is not taken for erased."""
        with writing_to(self.engine) as connection:
            connection.execute(delete(application_key).where(application_key.c.application_id == application_id))
        self.leave_no_trace()

    def leave_no_trace(self) -> None:
        """See that no destroyed key lies in what the disk still holds of the file. Whoever reads at that moment hinders it:
        the sweeper does it again. PostgreSQL overwrites in its own time (see ``docs/running.md``)."""
        if self.engine.dialect.name == "sqlite":
            with suppress(sqlite3.OperationalError):  # the key is destroyed already; a full disk may hinder the rest
                forget_former_pages(self.engine)

    def destroyed(self, application_ids: Iterable[UUID]) -> set[UUID]:
        """Which of these were erased: their keys were destroyed here."""
        found: set[UUID] = set()
        with self.engine.connect() as connection:
            for ids in in_chunks(application_ids):
                found.update(connection.scalars(select(destroyed_key).where(destroyed_key.c.application_id.in_(ids))))
        return found

    def all_destroyed(self) -> Iterator[Sequence[Any]]:
        """Each of them, for the key store's own backup."""
        with self.engine.connect() as connection:
            yield from connection.execution_options(yield_per=1000).execute(select(destroyed_key))

    def put_destroyed(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Remember what `all_destroyed` gave, beside what is remembered already."""
        with writing_to(self.engine) as connection:
            present = set(connection.scalars(select(destroyed_key)))
            for batch in in_chunks((row for row in rows if row["application_id"] not in present), 1000):
                connection.execute(insert(destroyed_key), batch)

    def of_other_generation(self, controller_id: UUID, generation: int) -> Iterator[tuple[UUID, int, bytes]]:
        """The keys of a controller's applications that another generation than this one wraps, in the order of their ids,
        and read in parts, so that nothing is held while they are wrapped anew."""
        columns = (application_key.c.application_id, application_key.c.generation, application_key.c.wrapped)
        other = application_key.c.controller_id == controller_id, application_key.c.generation != generation
        after: UUID | None = None
        while True:
            wanted = select(*columns).where(*other).order_by(application_key.c.application_id).limit(PART)
            if after is not None:
                wanted = wanted.where(application_key.c.application_id > after)
            with self.engine.connect() as connection:
                rows = connection.execute(wanted).all()
            if not rows:
                return
            after = rows[-1].application_id
            yield from ((row.application_id, row.generation, row.wrapped) for row in rows)

    def put_anew(self, rows: Iterable[Rewrapped]) -> int:
        """Keep keys as they have been wrapped anew; how many. One that was destroyed meanwhile stays so."""
        changed = 0
        with writing_to(self.engine) as connection:
            for row in rows:
                same = application_key.c.application_id == row.application_id, application_key.c.wrapped == row.former
                anew = update(application_key).where(*same)
                changed += connection.execute(anew.values(generation=row.generation, wrapped=row.wrapped)).rowcount
        return changed

    def put_generations(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Keep what wraps the keys, as it is wrapped now. What is here and not among ``rows`` stays: it may be needed yet."""
        columns, copies = controller_generation.c, list(rows)
        with writing_to(self.engine) as connection:
            for row in copies:
                same = columns.controller_id == row["controller_id"], columns.generation == row["generation"]
                connection.execute(delete(controller_generation).where(*same))
            if copies:
                connection.execute(insert(controller_generation), copies)

    def generations(self) -> list[Mapping[str, Any]]:
        """What `put_generations` kept."""
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(select(controller_generation)).mappings()]

    def generations_in_use(self) -> list[tuple[UUID, int, int]]:
        """Controller and generation, and how many keys it wraps."""
        columns = application_key.c.controller_id, application_key.c.generation
        with self.engine.connect() as connection:
            rows = connection.execute(select(*columns, func.count()).group_by(*columns).order_by(*columns)).all()
        return [(controller_id, generation, count) for controller_id, generation, count in rows]

    def older_than(self, at: datetime) -> Iterator[UUID]:
        """The applications whose keys were written before ``at``, for the sweeper."""
        with self.engine.connect() as connection:
            yield from connection.scalars(
                select(application_key.c.application_id).where(application_key.c.created_at < at)
            ).all()

    def holding(self, application_ids: Iterable[UUID]) -> set[UUID]:
        """Which of these applications have a key."""
        found: set[UUID] = set()
        with self.engine.connect() as connection:
            for ids in in_chunks(application_ids):
                wanted = application_key.c.application_id.in_(ids)
                found.update(connection.scalars(select(application_key.c.application_id).where(wanted)))
        return found

    def count(self) -> int:
        """How many keys there are."""
        with self.engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(application_key)) or 0

    def newest(self) -> datetime | None:
        """When the youngest key was written; None where there is no key."""
        with self.engine.connect() as connection:
            newest: datetime | None = connection.scalar(select(func.max(application_key.c.created_at)))
        return newest

    def rows(self) -> Iterator[Sequence[Any]]:
        """Every key as it stands at one moment, still wrapped, in the table's order: for the key store's own backup."""
        with self.engine.connect() as connection:
            yield from connection.execution_options(yield_per=1000).execute(select(application_key))

    def put_all(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Keep keys by every column, new ones or what `rows` gave: all of them or none. Written before anything is sealed."""
        with writing_to(self.engine) as connection:
            for batch in in_chunks(rows, 1000):
                connection.execute(insert(application_key), batch)
