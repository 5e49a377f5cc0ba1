"""What a request covers, record by record: its marks, who has looked, and whether it says what was reviewed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.db import Base
from portal.disclosure.looking import Looked, looked_in
from portal.disclosure.marks import Mark, marks_in
from portal.disclosure.models import KINDS, CoveredMinutes, CoveredRecord, CoveredRow
from portal.disclosure.queries.cases import OwnLine, minutes_with
from portal.disclosure.queries.records import NONE_READ, SAID_IN, Record, entry_of, says_now
from portal.disclosure.queries.register import Line, lines_with
from portal.documents.models import Document
from portal.register.models import CaseRecord, MadeRecord, RegisterEntry
from portal.review.queries.papers import key_of
from portal.vault.services import ApplicationKey, open_for_controller, seal_for_controller


@dataclass(frozen=True, slots=True)
class Covered:
    """One record of a request. ``marks`` are empty once its application is erased; ``looked`` is read for one record alone.
    ``reviewed`` is the print of what the record said when it was reviewed, ``moved`` that it says something else by now."""

    row: CoveredRow
    line: Line | OwnLine
    marks: tuple[Mark, ...]
    looked: Looked = field(default_factory=Looked)
    reviewed: str = ""
    moved: bool = False

    @property
    def answer(self) -> str:
        """What becomes of it; empty where nobody has reviewed what it says now."""
        return "" if self.moved else self.row.handed_out

    @property
    def gone(self) -> bool:
        """Whether nothing of its application is left: there is nothing to weigh."""
        return isinstance(self.line, Line) and not self.line.name


def marks_place(record_id: UUID) -> str:
    """What the marks of a record are bound to."""
    return f"covered_record.{record_id}"


def looked_place(record_id: UUID) -> str:
    """What the machine's suggestions for a record are bound to."""
    return f"covered_record.looked|{record_id}"


def covered_of(session: Session, request_id: UUID) -> list[Covered]:
    """What a request covers, by number, with its marks."""
    rows = covered_rows(session, request_id=request_id)
    held, lines = _read_at_once(session, rows), _lines_of(session, rows)
    made = {row.entry_id: row for row in held if isinstance(row, MadeRecord)}
    found = [_covered(session, row, lines[row.of_id], made) for row in rows if row.of_id in lines]
    del held  # not before: what nobody holds the session lets go of, and asks for again
    return sorted(found, key=lambda one: one.line.number)


def _read_at_once(session: Session, rows: Sequence[CoveredRow]) -> list[Base]:
    """What each record is asked for by its id, or by its entry's, in a statement for all of a kind."""

    def these(kind: type[Base], ids: set[UUID], by: str = "id") -> list[Base]:
        return list(session.scalars(select(kind).where(getattr(kind, by).in_(ids)))) if ids else []

    records = [row for row in rows if isinstance(row, CoveredRecord)]
    entries = these(RegisterEntry, {row.entry_id for row in records})
    files = {row.document_id for row in entries if isinstance(row, RegisterEntry) and row.document_id}
    said = [one for kind in (Document, *SAID_IN) if kind is not MadeRecord for one in these(kind, files)]
    said += these(MadeRecord, {row.id for row in entries}, by="entry_id")
    minutes = these(CaseRecord, {row.of_id for row in rows if isinstance(row, CoveredMinutes)})
    return [*entries, *said, *minutes, *these(Application, {row.application_id for row in records})]


def _lines_of(session: Session, rows: Sequence[CoveredRow]) -> dict[UUID, Line | OwnLine]:
    entries = lines_with(session, [row.of_id for row in rows if isinstance(row, CoveredRecord)])
    minutes = minutes_with(session, [row.of_id for row in rows if isinstance(row, CoveredMinutes)])
    found: list[Line | OwnLine] = [*entries, *minutes]
    return {line.entry_id: line for line in found}


def covered_rows(
    session: Session, *, request_id: UUID | None = None, record_id: UUID | None = None, lock: bool = False
) -> list[CoveredRow]:
    """The rows of all that a request covers, or of one record."""
    asked, found = {"request_id": request_id, "id": record_id}, list[CoveredRow]()
    for kind in KINDS:
        wanted: Select[Any] = select(kind).filter_by(**{name: id for name, id in asked.items() if id is not None})
        found += session.scalars(wanted.with_for_update() if lock else wanted)
    return found


def _covered(
    session: Session, row: CoveredRow, line: Line | OwnLine, made: Mapping[UUID, MadeRecord] = NONE_READ
) -> Covered:
    marks = marks_of(session, row)
    if not row.handed_out:
        return Covered(row, line, marks)
    reviewed, now = kept_of(session, row).says, _says(session, row, made)
    return Covered(row, line, marks, reviewed=reviewed, moved=bool(now) and now != reviewed)


def covered_one(session: Session, request_id: UUID, record_id: UUID) -> Covered | None:
    """One of them."""
    row = next(iter(covered_rows(session, request_id=request_id, record_id=record_id)), None)
    if row is None:
        return None
    (line,) = _lines_of(session, [row]).values()
    return replace(_covered(session, row, line), looked=looked_of(session, row))


def marks_of(session: Session, row: CoveredRow) -> tuple[Mark, ...]:
    """The marks of a record, opened."""
    key = key_for(session, row) if row.marks_sealed is not None else None
    if key is None or row.marks_sealed is None:
        return ()
    return tuple(marks_in(key.open_text(marks_place(row.id), row.marks_sealed)))


def looked_of(session: Session, row: CoveredRow) -> Looked:
    """What the machine suggests of a record, and which pages are approved. Where the record says something else since, of
    what it says now nobody has looked at anything: its marks alone are left, to be tried anew."""
    kept, now = kept_of(session, row), _says(session, row)
    return kept if kept.says == now else Looked(says=now)


def kept_of(session: Session, row: CoveredRow) -> Looked:
    """The same as it was when somebody last looked, whatever the record says now."""
    key = key_for(session, row) if row.looked_sealed is not None else None
    if key is None or row.looked_sealed is None:
        return Looked()
    return looked_in(key.open_text(looked_place(row.id), row.looked_sealed))


def _says(session: Session, row: CoveredRow, made: Mapping[UUID, MadeRecord] = NONE_READ) -> str:
    record = record_for(session, row)
    return "" if record is None else says_now(session, record, made)


def record_for(session: Session, row: CoveredRow) -> Record | None:
    """What it covers: a line of the register, or minutes."""
    return session.get(CaseRecord, row.of_id) if isinstance(row, CoveredMinutes) else entry_of(session, row.of_id)


@dataclass(frozen=True, slots=True)
class AuthoritysKey:
    """Seals and opens as an application's key does, under that of whoever is controller."""

    session: Session
    controller_id: UUID

    def seal_text(self, place: str, text: str) -> bytes:
        """See `ApplicationKey`."""
        return seal_for_controller(self.session, self.controller_id, text, place=place)

    def open_text(self, place: str, sealed: bytes) -> str:
        """See `ApplicationKey`."""
        return open_for_controller(self.session, self.controller_id, sealed, place=place)


def key_for(session: Session, row: CoveredRow) -> ApplicationKey | AuthoritysKey | None:
    """The key of the application that a record is of, None once it is destroyed; of minutes the authority's."""
    if isinstance(row, CoveredMinutes):
        return AuthoritysKey(session, row.controller_id)
    application = session.get(Application, row.application_id)
    return key_of(session, application) if application is not None else None


def chosen(session: Session, request_id: UUID) -> Sequence[UUID]:
    """The lines of the register that a request covers already, and the minutes."""
    entries = select(CoveredRecord.entry_id).where(CoveredRecord.request_id == request_id)
    minutes = select(CoveredMinutes.case_record_id).where(CoveredMinutes.request_id == request_id)
    return session.scalars(entries.union_all(minutes)).all()
