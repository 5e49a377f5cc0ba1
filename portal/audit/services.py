"""Lines added to a chain: kept with what they tell of, and written as the last thing before it is committed.

The end of a chain is one row, which everybody who does anything in the chain's house locks. Taken last it is held no longer
than two statements and the commit, and whoever holds it waits for nobody: no two can wait for each other over it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import cast
from uuid import UUID, uuid4

from sqlalchemy import Connection, Table, bindparam, event, insert, select, update
from sqlalchemy.orm import Session, SessionTransaction

from portal.audit.chaining import START, Line, first_seal, line_hash, rolled
from portal.audit.models import CANDIDATE as CANDIDATE
from portal.audit.models import AuditHead, AuditLine
from portal.db import db, unit_of_work
from portal.locking import locked

PLATFORM_CHAIN = UUID(int=0)
SYSTEM, RESTORED = "system", "backup.restored"
_WAITING = "audit_lines"  # in a session's info: chain and entry, in the order in which they were recorded

# Every page that shows a person writes a line. As rows that the session watches they cost four times as much; these tables
# tell of no party, so no wall stands before them.
_HEADS, _LINES = cast(Table, AuditHead.__table__), cast(Table, AuditLine.__table__)
_HEAD = (
    select(_HEADS.c.count, _HEADS.c.last_hash, _HEADS.c.sealed_count, _HEADS.c.seal)
    .where(_HEADS.c.id == bindparam("chain"))
    .with_for_update()
)
_MOVE_ON, _ADD = update(_HEADS).where(_HEADS.c.id == bindparam("chain")), insert(_LINES)


def person_actor(person_id: UUID) -> str:
    """How a person of the staff is written in a line: an id, never a name."""
    return f"person:{person_id}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done or read, still to become a line. `record` says what each part is."""

    at: datetime
    actor: str
    verb: str
    object_id: UUID | None = None
    reason: str = ""


def record(
    session: Session,
    *,
    chain: UUID,
    at: datetime,
    actor: str,
    verb: str,
    object_id: UUID | None = None,
    reason: str = "",
) -> None:
    """Add a line to a chain (a party's id, or `PLATFORM_CHAIN`) in the caller's own transaction: there is none without the
    other. What waits to be written is written first. Raises `RuntimeError` within a savepoint, which may be taken back, and
    in a session that only reads within another's transaction.
    """
    record_all(session, chain=chain, entries=(Entry(at, actor, verb, object_id, reason),))


def record_all(session: Session, *, chain: UUID, entries: Iterable[Entry]) -> None:
    """Add lines to a chain as `record` would one by one."""
    if session.in_nested_transaction():
        raise RuntimeError("a line tells of what stands, and a savepoint may be taken back")
    if isinstance(session.bind, Connection):
        raise RuntimeError("a session within another's transaction commits nothing, its lines neither")
    if not session.in_transaction():
        session.begin()
    session.flush()
    session.info.setdefault(_WAITING, []).extend((chain, entry) for entry in entries)


def _write_lines(session: Session) -> None:
    """Everything else is in the database before the first chain is locked. Chains in the order of their ids, or two that
    write in the same ones would wait for each other."""
    if session.in_nested_transaction() or _WAITING not in session.info:
        return
    waiting = session.info[_WAITING]
    if waiting is None:
        raise RuntimeError("lines could not be written, and what they tell of is not committed without them")
    session.info[_WAITING] = None  # until all are written
    session.flush()
    for chain in sorted({chain for chain, _ in waiting}):
        head = _locked_head(session, chain)
        lines = [_next_line(chain, head, entry) for of, entry in waiting if of == chain]
        session.connection().execute(_ADD, [line._asdict() for line in lines])
        session.connection().execute(_MOVE_ON, {"chain": chain, **asdict(head)})
    del session.info[_WAITING]


def _forget_lines(session: Session, transaction: SessionTransaction) -> None:
    """What was not committed was not done."""
    if transaction.parent is None:
        session.info.pop(_WAITING, None)


event.listen(Session, "before_commit", _write_lines)
event.listen(Session, "after_transaction_end", _forget_lines)


@dataclass(slots=True)
class _Head:
    """The end of a chain, by the columns of `AuditHead`."""

    count: int
    last_hash: bytes
    sealed_count: int
    seal: bytes


def _locked_head(session: Session, chain: UUID) -> _Head:
    found = session.connection().execute(_HEAD, {"chain": chain}).one_or_none()
    if found is None:  # the first line of a chain
        made = locked(session, AuditHead, chain, count=0, last_hash=START, sealed_count=0, seal=first_seal(chain))
        head = _Head(made.count, made.last_hash, made.sealed_count, made.seal)
    else:
        head = _Head(*found)
    _seal_older(session, chain, head)
    return head


def _next_line(chain: UUID, head: _Head, entry: Entry) -> Line:
    """The line that follows the head, which moves on to it."""
    bare = Line(
        id=uuid4(),
        chain_id=chain,
        number=head.count + 1,
        at=entry.at.astimezone(UTC),
        actor=entry.actor,
        verb=entry.verb,
        object_id=entry.object_id,
        reason=entry.reason,
        previous_hash=head.last_hash,
    )
    line = bare._replace(hash=line_hash(bare))
    head.count, head.last_hash = line.number, line.hash
    head.sealed_count, head.seal = head.sealed_count + 1, rolled(head.seal, line.hash)
    return line


def _seal_older(session: Session, chain: UUID, head: _Head) -> None:
    """Roll over the lines that a program from before the seal has added. A wrong seal stays wrong, whatever follows."""
    if head.sealed_count >= head.count:
        return
    unsealed = select(AuditLine.hash).where(
        AuditLine.chain_id == chain, AuditLine.number > head.sealed_count, AuditLine.number <= head.count
    )
    for hash in session.scalars(unsealed.order_by(AuditLine.number)).all():
        head.sealed_count, head.seal = head.sealed_count + 1, rolled(head.seal, hash)


def record_readings(*, chain: UUID, entries: Sequence[Entry]) -> None:
    """Log the reading of many at once, as `record_reading` does for one."""
    db.session.commit()
    with db.sessionmaker() as session, unit_of_work(session):
        record_all(session, chain=chain, entries=entries)


def record_reading(*, chain: UUID, at: datetime, actor: str, verb: str, object_id: UUID | None) -> None:
    """Log that something was read, in a short transaction of its own: the reading itself changes nothing else.

    The request's own connection is let go first. Many who held one and wanted another would wait for each other.
    """
    db.session.commit()
    with db.sessionmaker() as session, unit_of_work(session):
        record(session, chain=chain, at=at, actor=actor, verb=verb, object_id=object_id)
