"""The key store: wrapped application keys in a database of their own, which no backup of the portal takes along.

With an application's key destroyed here, what an old backup holds of that application cannot be read.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Uuid,
    create_engine,
    delete,
    insert,
    select,
)

from portal.db import Instant, prepare_engine

metadata = MetaData()
application_key = Table(
    "application_key",
    metadata,
    Column("application_id", Uuid, primary_key=True),
    Column("controller_id", Uuid, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
)


class KeyGone(Exception):
    """The application's key has been destroyed: the application is erased and cannot be opened by anybody."""


class KeyStore:
    """Puts, gets and destroys wrapped keys; each call is its own short transaction, synced before it returns."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = create_engine(url)
        prepare_engine(self.engine)

    def create_tables(self) -> None:
        """Make the one table where it is missing."""
        metadata.create_all(self.engine)

    def put_all(self, wrapped: Mapping[UUID, bytes], controller_id: UUID, generation: int, at: datetime) -> None:
        """Keep the wrapped keys of new applications of one controller, by application. Written before anything is sealed."""
        shared = {"controller_id": controller_id, "generation": generation, "created_at": at}
        rows = [{"application_id": id, "wrapped": key, **shared} for id, key in wrapped.items()]
        with self.engine.begin() as connection:
            connection.execute(insert(application_key), rows)

    def get(self, application_id: UUID) -> tuple[int, bytes]:
        """Generation of the controller's key and the wrapped key. Raises `KeyGone`."""
        wanted = select(application_key.c.generation, application_key.c.wrapped)
        with self.engine.connect() as connection:
            row = connection.execute(wanted.where(application_key.c.application_id == application_id)).first()
        if row is None:
            raise KeyGone
        return row.generation, row.wrapped

    def destroy(self, application_id: UUID) -> None:
        """Destroy the key. Doing it twice is no fault."""
        with self.engine.begin() as connection:
            connection.execute(delete(application_key).where(application_key.c.application_id == application_id))

    def older_than(self, at: datetime) -> Iterator[UUID]:
        """The applications whose keys were written before ``at``, for the sweeper."""
        with self.engine.connect() as connection:
            yield from connection.scalars(
                select(application_key.c.application_id).where(application_key.c.created_at < at)
            ).all()
