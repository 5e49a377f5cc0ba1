"""The queue that wakes a worker: huey in a store of its own (SQLite, PostgreSQL or Redis). The database is the truth."""

import hmac
import sqlite3
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from huey import Huey, RedisHuey
from huey.exceptions import ConfigurationError
from huey.serializer import SignedSerializer
from huey.storage import BaseStorage, SqliteStorage

from portal.config import Misconfigured

CLAIMS_KEPT = 5
NO_QUEUE = (
    "Kön i PORTAL_QUEUE_URL går inte att öppna ({reason}). Rätta adressen. Är filen skadad: ta bort den, för den har bara "
    "väckningar, och rundan finner det som väntar."
)


def open_queue(url: str, secret: str) -> Huey:
    """The queue that ``PORTAL_QUEUE_URL`` names. Messages are signed: pickles of strangers are refused. What became of a
    task is not kept: nobody asks for it, and a fault tells of the values that it met.

    Where it cannot be opened, everything else still works, a backup not least: only who uses it meets the fault.
    """
    how = {"serializer": _Signed(secret=secret, salt="portal.queue"), "results": False}
    try:
        return _opened(url, how)
    except (sqlite3.Error, OSError, ImportError, ConfigurationError) as fault:
        return Huey("portal", storage_class=_NotThere, fault=fault, **how)


def require_queue(queue: Huey) -> None:
    """What a worker needs. Raises `Misconfigured`."""
    if isinstance(queue.storage, _NotThere):
        raise Misconfigured(NO_QUEUE.format(reason=type(queue.storage.fault).__name__))


def _opened(url: str, how: dict[str, Any]) -> Huey:
    if url.startswith("sqlite:///"):
        place = url.removeprefix("sqlite:///")
        _make_file(Path(place))
        return Huey("portal", storage_class=_WakeUps, filename=place, **how)
    if url.startswith("redis"):
        return RedisHuey("portal", url=url, **how)
    from huey import PostgresHuey  # its driver is an extra

    # The application's role may make no tables: `create_queue_tables` does, as their owner.
    return PostgresHuey("portal", dsn=_dsn(url), create_tables=False, **how)


class _Signed(SignedSerializer):  # type: ignore[misc]
    """By HMAC-SHA-256, where the library takes SHA-1 (ASVS 11.4.1). A wake-up that an older version has signed is passed
    over: the next round finds what it was for."""

    def _signature(self, message: bytes) -> bytes:
        return hmac.digest(self.secret, self.salt + b"\0" + message, "sha256").hex().encode()


class _NotThere(BaseStorage):  # type: ignore[misc]
    """In the place of a store that could not be opened."""

    def __init__(self, name: str = "", *, fault: Exception) -> None:
        super().__init__(name)
        self.fault = fault

    def _refuse(self, *_args: Any, **_options: Any) -> Any:
        raise self.fault

    enqueue = dequeue = queue_size = add_to_schedule = read_schedule = incr = _refuse


class _WakeUps(SqliteStorage):  # type: ignore[misc]
    """A queue in a file. A power cut may take its last wake-ups, which the next round makes good, and never breaks it."""

    def _create_connection(self) -> Any:
        connection = super()._create_connection()
        connection.execute("PRAGMA synchronous = NORMAL")  # in WAL: no waiting for the disk at each wake-up
        return connection


def _make_file(place: Path) -> None:
    """Readable by its owner alone; what SQLite lays beside it follows it in that."""
    with suppress(OSError):  # opening it says what is wrong; another's file is theirs to guard
        place.touch(mode=0o600)
        place.chmod(0o600)


def create_queue_tables(url: str) -> None:
    """Make the queue's tables on PostgreSQL where they are missing, as the role of this address."""
    if url.startswith("postgres"):
        from huey import PostgresHuey

        PostgresHuey("portal", dsn=_dsn(url)).storage.close()


def claim_minute(queue: Huey, at: datetime) -> bool:
    """True for the first of all workers that asks about this minute's round."""
    return _claim(queue, "round", int(at.timestamp()) // 60)


def claim_hour(queue: Huey, what: str, at: datetime) -> bool:
    """True for the first of all rounds, in whichever worker, that asks about what is done once in this hour."""
    return _claim(queue, what, int(at.timestamp()) // 3600)


def _claim(queue: Huey, what: str, number: int) -> bool:
    """True for the first that asks about this one. Those gone by are forgotten."""
    first: bool = queue.storage.incr(f"{what}:{number}") == 1
    if first:
        for gone in range(number - CLAIMS_KEPT, number):
            queue.storage.delete_counter(f"{what}:{gone}")
    return first


def _dsn(url: str) -> str:
    return url.replace("+psycopg", "")
