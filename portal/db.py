"""The database: base classes with named constraints, column types, engines, and the unit of work."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import lru_cache
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID, uuid4
from weakref import WeakSet

import structlog
from flask import Flask, g
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import (
    CheckConstraint,
    Connection,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Uuid,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, ORMExecuteState, Session, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from portal.first_uses import be_first_alone, know_annotated_forms
from portal.sqlite import prepare_sqlite, writing

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC. SQLite drops the zone, so it is put back here; a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must know its time zone")
        return value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        if dialect.name == "sqlite":  # a list has thousands of them
            return lambda text: text and datetime.fromisoformat(f"{text}+00:00")
        made: Any = super().result_processor(dialect, coltype)
        return lambda value: None if value is None else made(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class KnownUuid(Uuid[UUID]):
    """A UUID. Where the database keeps its text (SQLite), each is made once: a list has the same few in every row."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        made: Any = super().result_processor(dialect, coltype)  # type: ignore[no-untyped-call]
        return None if made is None else _known


@lru_cache(maxsize=16_384)
def _known(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


class Base(DeclarativeBase):
    """All tables. A class that is neither `PartyRow` nor `CandidateRow` is a platform table: it tells of no person
    who has applied, and may be read before anybody is identified."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Instant, UUID: KnownUuid}

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


class ScopedRow:
    """A row behind the wall of one party.

    ``controller_id`` is the party's or the authority's id: whoever is controller (personuppgiftsansvarig).
    ``with_authority`` is true from the step at which the authority, as employer, may see the row.
    What is unique is unique within the party, and foreign keys carry ``party_id``: row level security does not reach
    either, so a key without it would answer differently for what a rival has.
    """

    party_id: Mapped[UUID] = mapped_column(index=True)
    authority_id: Mapped[UUID] = mapped_column()
    controller_id: Mapped[UUID] = mapped_column()
    with_authority: Mapped[bool] = mapped_column(default=False)

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        return (*scope_constraints(), *getattr(cls, "constraints", lambda: ())())


def scope_constraints() -> tuple[CheckConstraint, ...]:
    """What holds of every scoped row, whatever the code above does."""
    return (
        CheckConstraint("controller_id IN (party_id, authority_id)", name="controller_is_party_or_authority"),
        CheckConstraint("NOT with_authority OR controller_id = authority_id", name="authority_sees_only_its_own"),
    )


class PartyRow(ScopedRow):
    """A scoped row that the staff alone can reach; a candidate never does."""


class AuthorityRow(PartyRow):
    """A row about a party that its authority alone writes; the party reads it, and no other party does."""


class CandidateRow(ScopedRow):
    """A scoped row that the application's own candidate can reach too, by ``application_id``."""

    application_id: Mapped[UUID] = mapped_column(index=True)


db = SQLAlchemy()

_prepared: WeakSet[Engine] = WeakSet()
_CONNECT_SECONDS = 5
_MAKING_TABLES = 0x706F7274616C  # any number that nobody else takes an advisory lock of
_log = structlog.get_logger("db")


def engine_options(url: str) -> dict[str, Any]:
    """How each of our engines is made: a fault never tells what was written, and a connection to PostgreSQL is tried
    before it is used, so that a server that has been away is found again at the next question.

    PostgreSQL plans each question by its own values. Left to itself it makes one plan for all values from the eleventh
    time on, and an ad of a thousand candidates is then read as if it had one: sixty times as long.
    """
    if not url.startswith("postgresql"):
        return {"hide_parameters": True}
    connect = {"connect_timeout": _CONNECT_SECONDS, "options": "-c plan_cache_mode=force_custom_plan"}
    return {"hide_parameters": True, "pool_pre_ping": True, "connect_args": connect}


def open_engine(url: str, *, synchronous: str = "FULL", **how: Any) -> Engine:
    """An engine of its own, for a store apart from the main database; ``how`` goes to `create_engine`."""
    engine = create_engine(url, **engine_options(url), **how)
    prepare_engine(engine, synchronous=synchronous)
    return engine


def create_tables(engine: Engine, metadata: MetaData) -> None:
    """Make what is missing of a store's tables, its file too. Several processes may do it at once: looking and making
    are one writer's turn (on PostgreSQL one lock), so that the second finds what the first has made."""
    create_file(engine)
    with writing_to(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_MAKING_TABLES)))
        metadata.create_all(connection)


def create_file(engine: Engine) -> None:
    """Make a SQLite database's file where there is none, which using one never does; and shut one that others could read."""
    if engine.dialect.name == "sqlite":
        with suppress(OSError):  # connecting says what is wrong
            Path(engine.url.database or "").touch(mode=0o600)
            for file in files_of(engine):
                file.chmod(0o600)


def files_of(engine: Engine) -> list[Path]:
    """The files that a SQLite database lies in now; none of another kind's."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return []
    names = (f"{engine.url.database}{end}" for end in ("", "-wal", "-shm"))
    return [file for file in map(Path, names) if file.exists()]


def prepare_engine(engine: Engine, *, synchronous: str = "FULL") -> None:
    """Give a SQLite engine its safe mode (PostgreSQL's needs none), and any engine connections of its own after a fork."""
    _prepared.add(engine)
    be_first_alone(engine)
    if engine.dialect.name == "sqlite":
        prepare_sqlite(engine, synchronous=synchronous)


def let_go_of_connections() -> None:
    """Close those that nobody uses: before a fork, so that there are none to share."""
    for engine in list(_prepared):
        engine.dispose()


def _leave_connections() -> None:
    """In a process made by fork: the connections are its parent's, which goes on using them."""
    for engine in list(_prepared):
        engine.dispose(close=False)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_connections)


def init_database(app: Flask) -> None:
    """The application's one engine and its sessions, each ended with its context. What the extension would do for sessions
    of asyncio is left out: we have none, and it would start an event loop and a thread at the end of every request."""
    know_annotated_forms()
    db.init_app(app)
    app.teardown_appcontext_funcs[:] = [end for end in app.teardown_appcontext_funcs if not iscoroutinefunction(end)]
    app.teardown_appcontext(let_go)
    with app.app_context():
        prepare_engine(db.engine)


def let_go(_fault: BaseException | None = None) -> None:
    """End the context's session, before anybody else does. A server that has gone took the transaction along: there is
    nothing left to roll back, and no reason to spoil an answer that is made already."""
    if "_sqlalchemy_sessions" not in g:
        return
    try:
        db.session.close()
    except DBAPIError:
        db.session.invalidate()


@contextmanager
def writing_to(engine: Engine) -> Iterator[Connection]:
    """A short transaction of a store apart from the main database, begun as a writer, committed on leaving."""
    token = writing.set(True)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        writing.reset(token)


@contextmanager
def unit_of_work(session: Session | None = None) -> Iterator[Session]:
    """Everything inside is committed together on leaving, or nothing is.

    What was read before is let go first, so that all inside is read afresh under the writer's lock (on SQLite one
    writer at a time; on PostgreSQL take row locks with ``with_for_update``). What `after_commit` was given runs last.
    """
    work = session if session is not None else db.session
    if work.new or work.dirty or work.deleted:
        raise RuntimeError("rows were changed outside a unit of work")
    work.commit()
    token = writing.set(True)
    try:
        yield work
        work.commit()
    except BaseException:
        work.rollback()
        work.info.pop("after_commit", None)
        raise
    finally:
        writing.reset(token)
    for action in work.info.pop("after_commit", []):
        try:
            action()
        except Exception as fault:  # what is stored is stored; rounds and the sweeper find what was left undone
            _log.warning("left_for_later", reason=type(fault).__name__)


def read_at_one_moment(session: Session) -> Connection:
    """Let a session that has not yet begun read everything as it stands at one moment, whatever others write meanwhile.

    SQLite's transactions always read so. The connection is the session's own.
    """
    if session.get_bind().dialect.name == "sqlite":
        return session.connection()
    return session.connection(execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True})


def _read_anew_what_is_locked(state: ORMExecuteState) -> None:
    """Who has waited for a row decides on what the one before has written. Without this the session would go on with what
    it had read of the row before it waited; what is not yet written of it is written first."""
    if state.is_select and getattr(state.statement, "_for_update_arg", None) is not None:
        state.update_execution_options(populate_existing=True)


event.listen(Session, "do_orm_execute", _read_anew_what_is_locked)


def after_commit(session: Session, action: Callable[[], object]) -> None:
    """Run ``action`` once this unit of work is safely stored; never if it is not."""
    session.info.setdefault("after_commit", []).append(action)
