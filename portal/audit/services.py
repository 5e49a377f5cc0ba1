"""Lines added to a chain, and the chain verified."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.models import AuditHead, AuditLine
from portal.db import db, unit_of_work
from portal.vault.services import the_vault

PLATFORM_CHAIN = UUID(int=0)
SYSTEM = "system"
CANDIDATE = "candidate"


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
    """Add a line to a chain (a party's id, or `PLATFORM_CHAIN`) in the caller's own transaction.

    The head row is locked until that transaction ends, so two writers of one chain wait for each other.
    """
    head = _locked_head(session, chain)
    session.add(_next_line(head, Entry(at, actor, verb, object_id, reason)))
    session.flush()


def record_all(session: Session, *, chain: UUID, entries: Iterable[Entry]) -> None:
    """Add lines to a chain as `record` would one by one, the head locked once."""
    head = _locked_head(session, chain)
    session.add_all([_next_line(head, entry) for entry in entries])
    session.flush()


def _locked_head(session: Session, chain: UUID) -> AuditHead:
    head = session.get(AuditHead, chain, with_for_update=True)
    if head is None:
        head = AuditHead(id=chain, count=0, last_hash=b"\0" * 32)
        session.add(head)
    return head


def _next_line(head: AuditHead, entry: Entry) -> AuditLine:
    """The line that follows the head, which moves on to it."""
    line = AuditLine(
        chain_id=head.id,
        number=head.count + 1,
        at=entry.at.astimezone(UTC),
        actor=entry.actor,
        verb=entry.verb,
        object_id=entry.object_id,
        reason=entry.reason,
        previous_hash=head.last_hash,
    )
    line.hash = _hash(line)
    head.count, head.last_hash = line.number, line.hash
    return line


def record_reading(*, chain: UUID, at: datetime, actor: str, verb: str, object_id: UUID | None) -> None:
    """Log that something was read, in a short transaction of its own: the reading itself changes nothing else."""
    with db.sessionmaker() as session, unit_of_work(session):
        record(session, chain=chain, at=at, actor=actor, verb=verb, object_id=object_id)


def broken_lines(session: Session) -> Iterator[str]:
    """Every place where a chain is not whole, in words; nothing when all are."""
    for head in session.scalars(select(AuditHead).order_by(AuditHead.id)):
        previous, number = b"\0" * 32, 0
        lines = select(AuditLine).where(AuditLine.chain_id == head.id).order_by(AuditLine.number)
        for number, line in enumerate(session.scalars(lines).yield_per(1000), 1):
            if line.number != number or line.previous_hash != previous or line.hash != _hash(line):
                yield f"kedja {head.id}: rad {number} stämmer inte"
                break
            previous = line.hash
        else:
            if (head.count, head.last_hash) != (number, previous):
                yield f"kedja {head.id}: slutet stämmer inte, {head.count} rader väntades och {number} finns"


def _hash(line: AuditLine) -> bytes:
    content = [
        str(line.chain_id),
        line.number,
        line.at.astimezone(UTC).isoformat(),
        line.actor,
        line.verb,
        str(line.object_id or ""),
        line.reason,
        line.previous_hash.hex(),
    ]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(the_vault().keyring.derive("audit"), text.encode(), hashlib.sha256).digest()
