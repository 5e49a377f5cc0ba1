"""Who this unit of work acts for: exactly one party, authority or candidate, the public, or the platform.

The walls between rival parties have three layers; this is the second. It adds a criterion to every ORM statement, checks
every row that is written, and tells PostgreSQL, whose row level security is the third. The first is the guard of each route.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Connection, event, inspect
from sqlalchemy import text as sql_text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, with_loader_criteria

from portal.db import AuthorityRow, CandidateRow, PartyRow, ScopedRow, db


class ScopeKind(StrEnum):
    """The five kinds of unit of work."""

    PARTY = "party"
    AUTHORITY = "authority"
    CANDIDATE = "candidate"
    PUBLIC = "public"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Scope:
    """One of the kinds, and whose: a party's, an authority's or an application's id; none for public and platform."""

    kind: ScopeKind
    id: UUID | None = None

    def __post_init__(self) -> None:
        if (self.id is None) != (self.kind in (ScopeKind.PUBLIC, ScopeKind.PLATFORM)):
            raise ScopeError(f"a scope of kind {self.kind} with id {self.id!r}")


def party(id: UUID) -> Scope:
    """The scope of one party."""
    return Scope(ScopeKind.PARTY, id)


def authority(id: UUID) -> Scope:
    """The scope of one authority (region or municipality)."""
    return Scope(ScopeKind.AUTHORITY, id)


def candidate(application_id: UUID) -> Scope:
    """The scope of one application's own candidate."""
    return Scope(ScopeKind.CANDIDATE, application_id)


PUBLIC = Scope(ScopeKind.PUBLIC)
PLATFORM = Scope(ScopeKind.PLATFORM)


class ScopeError(RuntimeError):
    """A fault in our own code: no scope, a second scope, or a row of somebody else's. Never shown to a person."""


def raise_walls(app: Flask) -> None:
    """Before any thread asks: what the sessions of this application listen to is gathered.

    The library does it when the first of them is made, in no lock: the second of two threads found the gathering begun and
    went on without these walls.
    """
    with app.app_context(), db.sessionmaker() as first:
        _ = first.dispatch


def act_for(session: Session, scope: Scope) -> None:
    """Let the session act for ``scope`` from here to its end. A second, other scope raises."""
    present = session.info.get("scope")
    if present is not None and present != scope:
        raise ScopeError(f"the session acts for {present.kind} and cannot act for {scope.kind}")
    session.info["scope"] = scope
    session.info["scope_criteria"] = tuple(_criteria(scope))
    if session.in_transaction():
        tell_database(session.connection(), scope)


@contextmanager
def acting_for(scope: Scope) -> Iterator[Session]:
    """A session of its own that acts for ``scope``, beside the context's, and is closed on leaving."""
    with db.sessionmaker() as own:
        act_for(own, scope)
        yield own


@contextmanager
def reading_for(scope: Scope, *, within: Session) -> Iterator[Session]:
    """A session that acts for ``scope``, to read with, in the transaction of another, which rests meanwhile.

    For a unit of work that holds what others wait for: with a second connection it would wait for one of theirs.
    """
    present, connection = scope_of(within), within.connection()
    with Session(bind=connection, join_transaction_mode="rollback_only", autoflush=False) as own:
        act_for(own, scope)
        try:
            yield own
        finally:
            with suppress(DBAPIError):  # a transaction that has failed reads nothing more for anybody
                tell_database(connection, present)


def walls_of(row: Any, *, with_authority: bool | None = None) -> dict[str, Any]:
    """The columns by which a new row stands behind the same walls as ``row``. Whether the authority may see it is as of that
    row, unless it is said."""
    seen = row.with_authority if with_authority is None else with_authority
    whose = {"party_id": row.party_id, "authority_id": row.authority_id, "controller_id": row.controller_id}
    return {**whose, "with_authority": seen}


def scope_of(session: Session) -> Scope:
    """The scope the session acts for. Raises when none is set: that never means "all"."""
    scope = session.info.get("scope")
    if not isinstance(scope, Scope):
        raise ScopeError("no scope is set")
    return scope


def _criteria(scope: Scope) -> Iterable[Any]:
    ident = scope.id
    match scope.kind:
        case ScopeKind.PARTY:
            yield with_loader_criteria(ScopedRow, lambda row: row.party_id == ident, include_aliases=True)
        case ScopeKind.AUTHORITY:
            yield with_loader_criteria(
                ScopedRow, lambda row: (row.controller_id == ident) & row.with_authority.is_(True), include_aliases=True
            )
        case ScopeKind.CANDIDATE:
            yield with_loader_criteria(CandidateRow, lambda row: row.application_id == ident, include_aliases=True)
            yield with_loader_criteria(PartyRow, lambda row: row.party_id.is_(None), include_aliases=True)
        case _:
            yield with_loader_criteria(ScopedRow, lambda row: row.party_id.is_(None), include_aliases=True)


def _keep_to_scope(state: ORMExecuteState) -> None:
    """Every statement carries the criteria, since a scoped table may hide in a join, an exists or a subquery."""
    unknown = not isinstance(state.session.info.get("scope"), Scope)
    if unknown and any(issubclass(mapper.class_, ScopedRow) for mapper in state.all_mappers):
        scope_of(state.session)
    if state.is_select or state.is_update or state.is_delete:
        criteria = state.session.info.get("scope_criteria", _NOTHING)
        state.statement = state.statement.options(*criteria)


def _find_what_synonyms_stand_for(mapper: Mapper[Any], _class: type) -> None:
    """The criteria ask a row for its synonym (``application_id``), which the library looks up at its first use, in no lock:
    of two threads that come first together one calls what the other has found. Here it is alone, under the mappers' lock."""
    for name in mapper.synonyms.keys():  # noqa: SIM118 this collection iterates over its values
        getattr(mapper.class_, name).comparator  # noqa: B018


def _refuse_foreign_rows(session: Session, _context: Any, _instances: Any) -> None:
    touched = [row for row in (*session.new, *session.dirty, *session.deleted) if isinstance(row, ScopedRow)]
    if not touched:
        return
    scope = scope_of(session)
    for row in touched:
        if not _may_write(scope, row):
            raise ScopeError(f"a {type(row).__name__} of another scope was to be written by {scope.kind}")


def _may_write(scope: Scope, row: ScopedRow) -> bool:
    for name in ("party_id", "controller_id"):
        gone = inspect(row).attrs[name].history.deleted
        if name == "party_id" and gone and gone[0] is not None:
            return False
    match scope.kind:
        case ScopeKind.PARTY:
            return row.party_id == scope.id and not isinstance(row, AuthorityRow)
        case ScopeKind.AUTHORITY:
            return row.controller_id == scope.id and row.with_authority
        case ScopeKind.CANDIDATE:
            return isinstance(row, CandidateRow) and row.application_id == scope.id
        case _:
            return False


def tell_database(connection: Connection, scope: Scope) -> None:
    """Tell PostgreSQL, for this transaction only: a pooled connection keeps nothing for its next user."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            sql_text("select set_config('portal.scope_kind', :kind, true), set_config('portal.scope_id', :id, true)"),
            {"kind": scope.kind.value, "id": str(scope.id or "")},
        )


def _after_begin(session: Session, _transaction: Any, connection: Connection) -> None:
    scope = session.info.get("scope")
    if scope is not None:
        tell_database(connection, scope)


_NOTHING = tuple(_criteria(PUBLIC))

event.listen(Mapper, "mapper_configured", _find_what_synonyms_stand_for)
event.listen(Session, "do_orm_execute", _keep_to_scope)
event.listen(Session, "before_flush", _refuse_foreign_rows)
event.listen(Session, "after_begin", _after_begin)
