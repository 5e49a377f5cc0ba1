"""Rows that are held until the unit of work ends. What is held has just been read: see `portal.db`."""

from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.db import Base

Row = TypeVar("Row", bound=Base)

# For `Session.get`: held against whoever holds or changes the row, and not against whoever writes one that refers to it.
HELD: Final[dict[str, Any]] = {"key_share": True}
# Kept from being taken away, or held whole by somebody else, as long as it is referred to; those who refer do not wait for
# each other.
STAYS: Final[dict[str, Any]] = {"read": True, "key_share": True}


def locked(session: Session, kind: type[Row], id: UUID, **first: object) -> Row:
    """The row with this id, locked until the unit of work ends; made with the values ``first`` where there is none.

    Two that make it at the same instant get the same row, one after the other.
    """
    row = session.get(kind, id, with_for_update=True)
    if row is not None:
        return row
    session.flush()  # what else waits to be written fails in its own name
    try:
        with session.begin_nested():
            session.add(kind(id=id, **first))
    except IntegrityError:
        pass  # somebody else has just made it
    return session.get_one(kind, id, with_for_update=True)
