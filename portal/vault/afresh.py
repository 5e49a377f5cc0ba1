"""A controller's key as it lies in the database at this very moment, whatever the session that wants it has begun to see."""

from threading import Lock
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import db, open_engine
from portal.sqlite import writing
from portal.vault.models import ControllerKey

_one_at_a_time = Lock()


def wrapped_now(controller_id: UUID, generation: int) -> bytes:
    """As it is wrapped: a transaction that began before a rotation does not see what that has written.

    By a connection of its own, at most one in a process: whoever asks holds one of the pool's already, and where all do,
    they would wait for another in vain. It reads, and never asks for the writer's place, which whoever asks may have.
    """
    wanted = ControllerKey.controller_id == controller_id, ControllerKey.generation == generation
    with _one_at_a_time:
        token = writing.set(False)
        apart = open_engine(db.engine.url.render_as_string(hide_password=False))
        try:
            with Session(apart) as own:
                return own.scalars(select(ControllerKey.wrapped).where(*wanted)).one()
        finally:
            writing.reset(token)
            apart.dispose()
