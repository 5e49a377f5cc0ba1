"""Requests for records as the registrar notes, reviews and decides them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.disclosure.decision_text import DECIDED_BY
from portal.disclosure.marks import Mark
from portal.disclosure.models import CoveredMinutes, CoveredRecord
from portal.disclosure.queries.covered import covered_of, looked_of, marks_of, record_for
from portal.disclosure.requests import Answer, Outcome
from portal.disclosure.services.burning import page_count
from portal.disclosure.services.closing import enter_what_was_made
from portal.disclosure.services.diary import write_diary_number
from portal.disclosure.services.marking import add_mark, approve_page, page_print, record_print, review_record
from portal.disclosure.services.requesting import cover, decide_request, note_request, reviewed_print
from portal.documents.masks import Box
from portal.organisations.access import Actor, Role
from portal.register.models import CaseRecord, RegisterEntry
from tests.applicants import Sent
from tests.forms import fields_of, submit
from tests.steps import kept
from tests.world import Published, World

UPPER = Box(0.0, 0.0, 1.0, 0.5)
PROTECTED = "osl-21-3"


@dataclass(frozen=True)
class AskedFor:
    """A request with one record reviewed, and another that is decided; the line of that record, and a case's minutes."""

    request: UUID
    record: UUID
    decided: UUID
    entry: UUID
    minutes: UUID


def registrar(world: World) -> Actor:
    """The region's person as the services know them."""
    return Actor(world.region, "Berit Persson", None, Role.REGION, None, world.authority)


def verbs(world: World) -> list[str]:
    """What the authority's log says, in order."""
    with world.acting(scope.authority(world.authority)) as session:
        rows = select(AuditLine).where(AuditLine.chain_id == world.authority).order_by(AuditLine.number)
        return [row.verb for row in session.scalars(rows)]


def entries_of(world: World) -> list[RegisterEntry]:
    """The lines of the authority's register that are about applications, by number."""
    with world.acting(scope.authority(world.authority)) as session:
        return list(session.scalars(select(RegisterEntry).order_by(RegisterEntry.register_number)))


def prepared(world: World, sent: Sent, *kinds: str) -> tuple[UUID, list[UUID]]:
    """A request that covers these records of an application."""
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world)
        return request, covering(session, world, request, sent, *kinds)


def note(session: Session, world: World, *, asked: str = "Ansökningarna", came_at: datetime | None = None) -> UUID:
    """A request that has just come by telephone, from nobody knows whom."""
    id, at = uuid4(), clock.now()
    note_request(
        session, request_id=id, actor=registrar(world), came_at=came_at or at, came_by="telefon", asked=asked, asker="",
        at=at,
    )  # fmt: skip
    return id


def covering(session: Session, world: World, request: UUID, sent: Sent, *kinds: str) -> list[UUID]:
    """The request covers these records of an application; their ids in order of number."""
    rows = select(RegisterEntry.id).where(RegisterEntry.application_id == sent.id, RegisterEntry.kind.in_(kinds))
    entries = set(session.scalars(rows))
    cover(session, actor=registrar(world), request_id=request, offered=entries, wanted=entries, at=clock.now())
    found = (
        select(CoveredRecord.id)
        .join(RegisterEntry, RegisterEntry.id == CoveredRecord.entry_id)
        .where(CoveredRecord.request_id == request)
        .order_by(RegisterEntry.register_number)
    )
    return list(session.scalars(found))


def mark(session: Session, world: World, request: UUID, record: UUID, *, box: Box = UPPER, page: int = 1) -> None:
    """A box on a page, for a protected identity."""
    add_mark(
        session,
        actor=registrar(world),
        request_id=request,
        record_id=record,
        mark=Mark(page, box, PROTECTED, "Hotbild"),
        at=clock.now(),
    )


def approve(session: Session, world: World, request: UUID, record: UUID, *, page: int = 1, ground: str = "") -> None:
    """A page as it stands now."""
    row = session.get_one(CoveredRecord, record)
    shown = page_print(marks_of(session, row), looked_of(session, row), page)
    approve_page(
        session, actor=registrar(world), request_id=request, record_id=record, page=page, shown=shown, ground=ground,
        reason="", at=clock.now(),
    )  # fmt: skip


def review(
    session: Session, world: World, request: UUID, record: UUID, answer: Answer, *, protected: bool = False,
    ground: str = "", pages: int = 1,
) -> None:  # fmt: skip
    """What becomes of a record; one that is handed out masked has its first page approved first."""
    if answer is Answer.MASKED:
        approve(session, world, request, record)
    review_record(
        session, actor=registrar(world), request_id=request, record_id=record, shown=shown(session, record),
        answer=answer, protected=protected, ground=ground, reason="", pages=pages, at=clock.now(),
    )  # fmt: skip


def shown(session: Session, record: UUID) -> str:
    """What a page that is opened now says that has been said of a record."""
    row = session.get(CoveredRecord, record) or session.get_one(CoveredMinutes, record)
    return record_print(row, marks_of(session, row), looked_of(session, row))


def decide(session: Session, world: World, request: UUID, text: str, seen: Outcome) -> None:
    """Take a decision on the records as they are now."""
    decide_request(
        session, actor=registrar(world), request_id=request, text=text, seen=seen,
        records=reviewed_print(covered_of(session, request)), at=clock.now(),
    )  # fmt: skip


def take_decision(browser: FlaskClient, request: UUID | str) -> TestResponse:
    """Take it in the browser, as it is proposed and with who takes it."""
    page = f"/arbete/utlamnande/{request}/beslut"
    (proposed,) = fields_of(browser.get(page))["text"]
    filled = proposed.replace(DECIDED_BY, "Beslutat av kanslichefen, med stöd av delegationsordningen 3.1.")
    assert filled != proposed
    return submit(browser, page, {"text": filled}, "Ta beslutet")


@kept
def ask_for_records(world: World, ad: Published, sent: Sent, met: Published) -> AskedFor:
    """The stage's: a case with its diary number, the form reviewed with a mark, a request for what is not there; and of
    the case that has ``met`` what was made in it."""
    with world.writing(scope.party(world.party)) as session:
        enter_what_was_made(session, ad_id=met.id, at=clock.now())
    with world.writing(scope.authority(world.authority)) as session:
        write_diary_number(session, ad_id=ad.id, number="RS/2026/1", person_id=world.region, at=clock.now())
        request = note(session, world)
        (record,) = covering(session, world, request, sent, "application")
        mark(session, world, request, record)
        review(session, world, request, record, Answer.MASKED, protected=True)
        other = note(session, world, asked="Ett avtal")
        decide(session, world, other, "Finns inte.", Outcome.REFUSED)
        entry = session.get_one(CoveredRecord, record).entry_id
        minutes = session.scalars(select(CaseRecord.id).where(CaseRecord.ad_id == met.id)).one()
        both = {entry, minutes}
        cover(session, actor=registrar(world), request_id=request, offered=both, wanted=both, at=clock.now())
        withhold_minutes(session, world, request)
    return AskedFor(request, record, other, entry, minutes)


def withhold_minutes(session: Session, world: World, request: UUID) -> None:
    """What becomes of the minutes that a request covers."""
    wanted = select(CoveredMinutes.id).where(CoveredMinutes.request_id == request)
    review(session, world, request, session.scalars(wanted).one(), Answer.WITHHELD, ground="osl-39-5a")


def review_anew(world: World, asked: AskedFor) -> None:
    """The stage's records, once they say something else, and on more pages, than when they were reviewed: what the machine
    sees is marked."""
    with world.writing(scope.authority(world.authority)) as session:
        withhold_minutes(session, world, asked.request)
        entry = record_for(session, session.get_one(CoveredRecord, asked.record))
        assert entry is not None
        pages = page_count(session, entry)
        for page in range(1, pages + 1):
            approve(session, world, asked.request, asked.record, page=page, ground=PROTECTED)
        review_record(
            session, actor=registrar(world), request_id=asked.request, record_id=asked.record,
            shown=shown(session, asked.record), answer=Answer.MASKED, protected=True, ground="", reason="", pages=pages,
            at=clock.now(),
        )  # fmt: skip
