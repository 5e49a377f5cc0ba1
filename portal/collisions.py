"""What two do at the same instant, of which the database takes one: the other looks anew and tries again."""

from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

from sqlalchemy.exc import IntegrityError

from portal.db import db

TRIES: Final = 3
Made = TypeVar("Made")


def tried_again(act: Callable[[], Made], *, tries: int = TRIES) -> Made:
    """What ``act`` returns: it looks at what is there and then writes in a unit of work of its own, and is done anew where
    that collides with what another wrote meanwhile. The session's connection is let go before each try.

    Raises the `IntegrityError` of the last of so many ``tries``, and at once whatever else ``act`` raises.
    """
    for _ in range(tries - 1):
        db.session.rollback()
        with suppress(IntegrityError):
            return act()
    db.session.rollback()
    return act()
