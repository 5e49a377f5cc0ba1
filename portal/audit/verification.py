"""Every chain walked from its first line to its head, and compared with heads that were kept elsewhere.

What a chain shows by itself: a line changed, taken out, put in, moved, or cut off the end. What it cannot: that the
database was put back to an older, whole state. Only heads kept outside the database show that.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import Select, String, select, type_coerce
from sqlalchemy.orm import Session

from portal.audit.chaining import START, first_seal, is_genuine, rolled
from portal.audit.models import AuditHead, AuditLine
from portal.audit.services import PLATFORM_CHAIN, RESTORED
from portal.db import db, read_at_one_moment

KeptHeads = Mapping[UUID, Mapping[int, bytes]]  # chain: how many lines it had, and the last one's hash

CHANGED = "stämmer inte"
CUT = "saknas: slutet är avklippt eller huvudet ändrat"
SET_BACK = "är inte den som ett sparat huvud säger"
_PAGE = 1000
_UNREADABLE = (ValueError, TypeError, AttributeError)  # a value that cannot be what its column is for
Read = TypeVar("Read")
Given = ParamSpec("Given")


@dataclass(frozen=True, slots=True)
class Chain:
    """One chain as it was found. ``first_bad`` is the number of the first line that is wrong or is not there."""

    id: UUID
    lines: int
    first_bad: int | None = None
    fault: str = ""

    def __str__(self) -> str:
        return f"kedja {self.id}: rad {self.first_bad} {self.fault}"


def broken_lines() -> Iterator[str]:
    """Every chain that is not whole, in words; nothing when all are."""
    return (str(chain) for chain in verify() if chain.first_bad is not None)


def verify(kept: KeptHeads | None = None) -> Iterator[Chain]:
    """Every chain that has a head or a line or is among ``kept``, as all of them stood at one moment."""
    kept = kept or {}
    with db.sessionmaker() as session:
        read_at_one_moment(session)
        for id in sorted({*_chains(session), *kept}):
            yield _walk(session, id, kept.get(id, {}))
            session.expunge_all()


def present_heads() -> KeptHeads:
    """The heads as they are now, to be kept where whoever has the database cannot reach. Never the seals."""
    with db.sessionmaker() as session:
        return {head.id: {head.count: head.last_hash} for head in session.scalars(select(AuditHead))}


def told_restores() -> list[tuple[datetime, datetime]]:
    """When the portal was put back from a backup, and of which instant that was, by the log's own lines. Heads that were
    printed between the two fit no longer, and nothing is wrong."""
    wanted = select(AuditLine).where(AuditLine.chain_id == PLATFORM_CHAIN, AuditLine.verb == RESTORED)
    with db.sessionmaker() as session:
        lines = session.scalars(wanted.order_by(AuditLine.number)).all()
        return [(line.at, datetime.fromisoformat(line.reason)) for line in lines if is_genuine(line)]


def _chains(session: Session) -> Iterator[UUID]:
    """By heads and by lines. A line whose chain is no chain at all is missed where it was taken from."""
    for column in (AuditHead.id, AuditLine.chain_id):
        for written in session.scalars(select(type_coerce(column, String)).distinct()):
            if (id := _readable(UUID, str(written))) is not None:
                yield id


def _walk(session: Session, id: UUID, kept: Mapping[int, bytes]) -> Chain:
    head = _readable(session.get, AuditHead, id)
    sealed, seal = head.sealed_count if head else 0, first_seal(id)
    previous, number = START, 0
    for number, line in enumerate(_lines(session, id), 1):
        if line is None or not _readable(_follows, line, previous):
            return Chain(id, number - 1, _first(line, number), CHANGED)
        if kept.get(number, line.hash) != line.hash:
            return Chain(id, number, number, SET_BACK)
        previous = line.hash
        seal = rolled(seal, line.hash) if number <= sealed else seal
    whole = head and (head.count, head.last_hash, head.seal) == (number, previous, seal) and sealed <= number
    if not whole or max(kept, default=0) > number:
        return Chain(id, number, number + 1, CUT)
    return Chain(id, number)


def _follows(line: AuditLine, previous: bytes) -> bool:
    """Its number needs no look of its own: the hash vouches for it, and a line too few or too many breaks the link."""
    return line.previous_hash == previous and is_genuine(line)


def _first(line: AuditLine | None, number: int) -> int:
    """A line numbered too low comes before the one that was awaited; in a gap the awaited one is missing."""
    return min(line.number, number) if line is not None and isinstance(line.number, int) else number


def _lines(session: Session, id: UUID) -> Iterator[AuditLine | None]:
    """The chain's lines in order, page by page. None, and nothing more, for one that cannot be read."""
    wanted = select(AuditLine).where(AuditLine.chain_id == id).order_by(AuditLine.number)
    page = wanted.limit(_PAGE)
    while (lines := _readable(_all, session, page)) != []:
        if lines is None:
            yield from _one_by_one(session, page)
            return
        last = lines[-1].number
        yield from lines
        session.expunge_all()
        page = wanted.where(AuditLine.number > last).limit(_PAGE)


def _one_by_one(session: Session, page: Select[AuditLine]) -> Iterator[AuditLine | None]:
    for offset in range(_PAGE):
        line = _readable(_all, session, page.limit(1).offset(offset))
        if line == []:
            return
        yield line[0] if line else None
        if line is None:
            return


def _all(session: Session, wanted: Select[AuditLine]) -> Sequence[AuditLine]:
    return session.scalars(wanted).all()


def _readable(read: Callable[Given, Read], *given: Given.args, **named: Given.kwargs) -> Read | None:
    try:
        return read(*given, **named)
    except _UNREADABLE:
        return None
