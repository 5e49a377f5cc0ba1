"""Numbers of public records (allmänna handlingar, TF 2:9–10, OSL 5:1): one unbroken series for each authority."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from sqlalchemy import Table, bindparam, update
from sqlalchemy.orm import Session

from portal.db import CandidateRow
from portal.locking import locked
from portal.register.kinds import Kind
from portal.register.lines import SetLine, as_text, made_place
from portal.register.models import ArrivalCounter, MadeRecord, RegisterEntry
from portal.vault.services import ApplicationKey

_COUNTERS = cast(Table, ArrivalCounter.__table__)
_TAKE = (
    update(_COUNTERS)
    .where(_COUNTERS.c.id == bindparam("authority"))
    .values(last_number=_COUNTERS.c.last_number + bindparam("taken"))
    .returning(_COUNTERS.c.last_number)
)


def take_arrival_number(session: Session, authority_id: UUID) -> int:
    """The authority's next number. If the caller's transaction does not commit, the number was never taken."""
    (number,) = _take(session, authority_id, 1)
    return number


def _take(session: Session, authority_id: UUID, count: int) -> range:
    """Taken in one statement, which holds the row from then on; what else waits to be written is written first."""
    session.flush()
    asked = {"authority": authority_id, "taken": count}
    last = session.connection().execute(_TAKE, asked).scalar_one_or_none()
    if last is None:  # the authority's first
        locked(session, ArrivalCounter, authority_id, last_number=0)
        last = session.connection().execute(_TAKE, asked).scalar_one()
    return range(last - count + 1, last + 1)


def enter_in_register(
    session: Session, *, owner: CandidateRow, records: Sequence[tuple[Kind, UUID | None]], at: datetime
) -> list[RegisterEntry]:
    """A line for each record, in the order given, in the caller's own transaction: kind, and a file's id.

    ``owner`` is the application or anything of its own, and stands with the authority already.
    """
    entries = [
        RegisterEntry(
            id=uuid4(),
            party_id=owner.party_id,
            authority_id=owner.authority_id,
            controller_id=owner.controller_id,
            with_authority=True,
            application_id=owner.application_id,
            register_number=number,
            kind=kind,
            document_id=document_id,
            entered_at=at,
        )
        for number, (kind, document_id) in zip(_take(session, owner.authority_id, len(records)), records, strict=True)
    ]
    session.add_all(entries)
    session.flush()
    return entries


def freeze(
    session: Session, entry: RegisterEntry, key: ApplicationKey, lines: Sequence[SetLine], *, id: UUID | None = None
) -> None:
    """Keep what a record says as it is now, by its application's key: whatever it is taken from may change or go. ``id``
    where the entry's ``document_id`` is to find it. In the scope of the staff."""
    session.add(
        MadeRecord(
            id=id or uuid4(), party_id=entry.party_id, authority_id=entry.authority_id,
            controller_id=entry.controller_id, with_authority=True, entry_id=entry.id,
            application_id=entry.application_id, lines_sealed=key.seal_text(made_place(entry.id), as_text(lines)),
        )
    )  # fmt: skip
    session.flush()
