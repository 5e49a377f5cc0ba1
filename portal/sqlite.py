"""SQLite's safe mode: one writer at a time, everybody who waits with the same chance, and never in a file that is gone."""

import os
import sqlite3
from contextvars import ContextVar
from random import uniform
from threading import Lock
from time import sleep
from typing import Any, cast

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from portal import clock

BUSY_TIMEOUT, _SHORT_WAIT = "busy_timeout=10000", 200  # milliseconds
WAIT_SECONDS = 20
SECONDS_BETWEEN_LOOKS = {"at once": (0.0005, 0.002), "in due time": (0.005, 0.03)}
_looks = ["at once"]  # how this process looks whether the writer's place is free
writing: ContextVar[bool] = ContextVar("writing", default=False)


def prepare_sqlite(engine: Engine, *, synchronous: str) -> None:
    """Give an engine its safe mode: WAL, sync, foreign keys, and BEGIN IMMEDIATE for whoever writes.

    The driver's own transactions lose updates without a word (a read may become a write too late), so its
    transaction start is off and ours is explicit.
    """
    _keep_to_the_file(engine)
    front = Lock()

    def on_connect(connection: Any, _record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        until = clock.monotonic() + WAIT_SECONDS  # for the first of several in a new file, which changes the mode
        _waiting_ones_turn(connection, "PRAGMA journal_mode=WAL", until)
        for pragma in (BUSY_TIMEOUT, f"synchronous={synchronous}", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    def on_begin(connection: Connection) -> None:
        if writing.get():
            _begin_to_write(connection, front)
        else:
            connection.exec_driver_sql("BEGIN")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)


def let_others_write_first() -> None:
    """For the worker, whose work nobody waits for at a page: it looks for the writer's place more seldom than those who
    answer people, so that among many it gets its turn when fewer of them ask."""
    _looks[0] = "in due time"


def forget_former_pages(engine: Engine) -> bool:
    """Empty the WAL into its file, so that what was deleted stands in neither: the file's own pages are overwritten with
    zeros (`secure_delete`), the WAL's are not. False where somebody reads meanwhile: then it is for the next time."""
    held = engine.raw_connection()
    try:
        driver = cast(sqlite3.Connection, held.driver_connection)
        driver.execute(f"PRAGMA busy_timeout={_SHORT_WAIT}")
        try:
            (busy, *_) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            driver.execute(f"PRAGMA {BUSY_TIMEOUT}")
    finally:
        held.close()
    return not busy


def _keep_to_the_file(engine: Engine) -> None:
    """A connection outlives its file: moved away or put back from a copy, what is written into the old one is lost.

    So each use makes sure that the file is still the one that was opened, and none is made in a missing one's place.
    """
    path = str(engine.url.database)

    def present() -> int:
        try:
            return os.stat(path).st_ino
        except OSError as gone:
            raise sqlite3.OperationalError("unable to open database file") from gone

    def before_connect(_dialect: Dialect, record: ConnectionPoolEntry, _args: Any, _options: Any) -> None:
        record.info["file"] = present()

    def before_use(_connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        if record.info.get("file") != present():
            raise DisconnectionError("the database's file is another one")

    event.listen(engine, "do_connect", before_connect)
    event.listen(engine, "checkout", before_use)


def _begin_to_write(connection: Connection, front: Lock) -> None:
    """BEGIN IMMEDIATE. SQLite's own waiting looks ever more seldom the longer it has waited, so that among many writers
    the one who came first may never get its turn; here everybody who waits has the same chance at any moment.

    One thread of each process asks at a time, ``front``, and so may ask often: a place that is free is taken almost at
    once. Who has got it is no longer in front; the others wait to be, no longer than they would wait for the place.
    """
    driver = cast(sqlite3.Connection, connection.connection.driver_connection)
    until = clock.monotonic() + WAIT_SECONDS
    is_in_front = front.acquire(timeout=WAIT_SECONDS)
    driver.execute("PRAGMA busy_timeout=0")
    try:
        _waiting_ones_turn(driver, "BEGIN IMMEDIATE", until)
    except sqlite3.OperationalError:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # once more, so that what is wrong is said in SQLAlchemy's words
    finally:
        if is_in_front:
            front.release()
        driver.execute(f"PRAGMA {BUSY_TIMEOUT}")


def _waiting_ones_turn(driver: sqlite3.Connection, statement: str, until: float) -> None:
    while True:
        try:
            driver.execute(statement)
        except sqlite3.OperationalError as fault:
            busy = fault.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY  # the low byte: busy, of whatever kind
            if not busy or clock.monotonic() > until:
                raise
            sleep(uniform(*SECONDS_BETWEEN_LOOKS[_looks[0]]))  # noqa: S311 not a secret
        else:
            return
