"""What libraries of the database make at their first use, in no lock, and is made here before any thread asks: of two that
came first after a start, together, the second met what the first had half made."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Engine, event
from sqlalchemy.sql.annotation import Annotated, _prepare_annotations
from sqlalchemy.sql.elements import DQLDMLClauseElement


def be_first_alone(engine: Engine) -> None:
    """Let one thread alone make the first connection, and find out by it what server that is; the others wait.

    The library has a lock for that, of which each of two threads made its own: one of them could get an error. A pool that
    takes another's place, as after a fork, has a lock of its own.
    """
    _make_lock(engine)
    event.listen(engine, "engine_disposed", _make_lock)
    if engine.dialect.name == "postgresql":
        _know_how_values_are_written()


def _make_lock(engine: Engine) -> None:
    engine.pool.dispatch.connect._get_exec_once_mutex()


def _know_how_values_are_written() -> None:
    """Psycopg knows these kinds by their names until it first writes one, and puts the kind in the name's place then. Whoever
    had looked for the kind, and came for its name after that, was told that no such value can be written; or, since an
    instant is a kind of day, wrote the day alone: what happened at nine had happened at midnight.
    """
    from psycopg import adapters  # an extra
    from psycopg.adapt import PyFormat

    for kind in (date, datetime, time, timedelta, Decimal, UUID):
        for way in PyFormat:
            adapters.get_dumper(kind, way)


def know_annotated_forms() -> None:
    """Make the classes of annotated statements: they are known to the library before it says how they are told apart.

    Whoever met one in between noted that what has it in it can be told from nothing else, and each such statement was
    compiled anew at every use, for as long as the process lived.
    """
    _prepare_annotations(DQLDMLClauseElement, Annotated)
