"""Requests for records, and what each covers. Every question names the authority: the table has no walls of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, case, func, or_, select, union_all
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.applications.models import Application
from portal.disclosure.looking import Looked, looked_in
from portal.disclosure.marks import Mark, marks_in
from portal.disclosure.models import CoveredMinutes, CoveredRecord, CoveredRow, DisclosureRequest
from portal.disclosure.queries.cases import OwnLine, minutes_with
from portal.disclosure.queries.records import Record, entry_of, says_now
from portal.disclosure.queries.register import Line, lines_with
from portal.disclosure.requests import APPEALED_WITHIN, ENDED, Clock, Outcome, State, Waiting, clock_of
from portal.register.models import CaseRecord
from portal.review.queries.papers import key_of
from portal.review.queries.person import applied_under
from portal.vault.services import ApplicationKey, open_for_controller, seal_for_controller

KINDS: Final[tuple[type[CoveredRecord] | type[CoveredMinutes], ...]] = (CoveredRecord, CoveredMinutes)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request with its words opened, and its clock."""

    row: DisclosureRequest
    asked: str
    asker: str
    decision: str
    noted_by: str
    clock: Clock

    @property
    def state(self) -> State:
        """Where it stands."""
        return State(self.row.state)


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


def place(column: str, request_id: UUID) -> str:
    """What a sealed column of a request is bound to."""
    return f"disclosure_request.{column}|{request_id}"


def marks_place(record_id: UUID) -> str:
    """What the marks of a record are bound to."""
    return f"covered_record.{record_id}"


def looked_place(record_id: UUID) -> str:
    """What the machine's suggestions for a record are bound to."""
    return f"covered_record.looked|{record_id}"


def request_row(
    session: Session, authority_id: UUID, request_id: UUID, *, lock: bool = False
) -> DisclosureRequest | None:
    """A request made to this authority."""
    wanted = select(DisclosureRequest).where(
        DisclosureRequest.id == request_id, DisclosureRequest.authority_id == authority_id
    )
    return session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()


def asked_for(session: Session, authority_id: UUID, *, at: datetime) -> set[UUID]:
    """The applications of which records are asked for: the request waits, or was refused in whole or in part so lately
    that the refusal can be appealed. Nothing of them is destroyed meanwhile (TF 2:15 and 16). A request that waits and of
    which nobody has chosen any record yet may be for any of them: all are. ``session`` acts for the authority."""
    waits = DisclosureRequest.ended_at.is_(None)
    lately = DisclosureRequest.ended_at > at - APPEALED_WITHIN
    refused = and_(DisclosureRequest.state == State.ANSWERED, DisclosureRequest.outcome != Outcome.WHOLE, lately)
    of_request = CoveredRecord.request_id == DisclosureRequest.id
    made_here = DisclosureRequest.authority_id == authority_id
    covered = select(CoveredRecord.application_id).join(DisclosureRequest, of_request)
    some = [select(kind.id).where(kind.request_id == DisclosureRequest.id).exists() for kind in KINDS]
    unchosen = select(DisclosureRequest.id).where(made_here, waits, ~or_(*some))
    asked = Application.id.in_(covered.where(made_here, or_(waits, refused)))
    rows = select(Application.id).where(Application.controller_id == authority_id, or_(unchosen.exists(), asked))
    return set(session.scalars(rows))


def competed_for(session: Session, authority_id: UUID, person_id: UUID) -> set[UUID]:
    """The requests that cover a record of a recruitment somebody has applied to themselves: for them those are not there."""
    own = applied_under(session, person_id, {authority_id})
    records = (
        select(CoveredRecord.request_id)
        .join(Application, Application.id == CoveredRecord.application_id)
        .where(Application.ad_id.in_(own))
    )
    minutes = (
        select(CoveredMinutes.request_id)
        .join(CaseRecord, CaseRecord.id == CoveredMinutes.case_record_id)
        .where(CaseRecord.ad_id.in_(own))
    )
    return set(session.scalars(records.union_all(minutes))) if own else set()


def requests_of(session: Session, authority_id: UUID, *, on: date) -> list[Asked]:
    """All made to the authority: those that wait, the oldest first, and then those that have ended, the newest first."""
    rows = session.execute(
        select(DisclosureRequest, Person.name)
        .join(Person, Person.id == DisclosureRequest.noted_by)
        .where(DisclosureRequest.authority_id == authority_id)
        .order_by(DisclosureRequest.came_at, DisclosureRequest.id)
    ).all()
    found = [_opened(session, row, name, on) for row, name in rows]
    waiting = [one for one in found if one.state not in ENDED]
    return waiting + [one for one in reversed(found) if one.state in ENDED]


def request_of(session: Session, authority_id: UUID, request_id: UUID, *, on: date) -> Asked | None:
    """One of them."""
    row = request_row(session, authority_id, request_id)
    if row is None:
        return None
    return _opened(session, row, session.get_one(Person, row.noted_by).name, on)


def words_of(session: Session, authority_id: UUID, request_id: UUID, column: str) -> str:
    """What was asked, or decided, in a request made to this authority; empty where there is nothing."""
    row = request_row(session, authority_id, request_id)
    return "" if row is None else _words(session, row, column)


def _words(session: Session, row: DisclosureRequest, column: str) -> str:
    sealed: bytes | None = getattr(row, f"{column}_sealed")
    return "" if sealed is None else open_for_controller(session, row.authority_id, sealed, place=place(column, row.id))


def _opened(session: Session, row: DisclosureRequest, name: str, on: date) -> Asked:
    asked, asker, decision = (_words(session, row, column) for column in ("asked", "asker", "decision"))
    return Asked(row, asked, asker, decision, name, clock_of(row.came_at, row.ended_at, on=on))


def waiting(session: Session, authority_id: UUID, *, on: date) -> list[Waiting]:
    """Those that wait, for the desk; nothing of them is opened."""
    covered = union_all(*(select(kind.request_id, kind.handed_out) for kind in KINDS)).subquery()
    left = func.sum(case((covered.c.handed_out == "", 1), else_=0))
    columns = (DisclosureRequest.id, DisclosureRequest.state, DisclosureRequest.came_at, DisclosureRequest.diary_number)
    rows = (
        select(*columns, func.count(covered.c.request_id).label("records"), left.label("left"))
        .outerjoin(covered, covered.c.request_id == DisclosureRequest.id)
        .where(DisclosureRequest.authority_id == authority_id, DisclosureRequest.state.not_in(ENDED))
        .group_by(*columns)
        .order_by(DisclosureRequest.came_at, DisclosureRequest.id)
    )
    return [
        Waiting(
            row.id,
            State(row.state),
            clock_of(row.came_at, None, on=on),
            row.records,
            row.left or 0,
            bool(row.diary_number),
        )
        for row in session.execute(rows)
    ]


def covered_of(session: Session, request_id: UUID) -> list[Covered]:
    """What a request covers, by number, with its marks."""
    rows = covered_rows(session, request_id=request_id)
    lines = _lines_of(session, rows)
    found = [_covered(session, row, lines[row.of_id]) for row in rows if row.of_id in lines]
    return sorted(found, key=lambda one: one.line.number)


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


def _covered(session: Session, row: CoveredRow, line: Line | OwnLine) -> Covered:
    marks = marks_of(session, row)
    if not row.handed_out:
        return Covered(row, line, marks)
    reviewed, now = kept_of(session, row).says, _says(session, row)
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


def _says(session: Session, row: CoveredRow) -> str:
    record = record_for(session, row)
    return "" if record is None else says_now(session, record)


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
