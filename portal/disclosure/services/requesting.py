"""A request for records noted, what it covers chosen, decided, answered or taken back."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.audit.services import Entry, person_actor, record, record_all
from portal.disclosure.marks import as_text
from portal.disclosure.models import CoveredMinutes, CoveredRecord, CoveredRow, DisclosureRequest, RequestRecord
from portal.disclosure.queries.covered import Covered, chosen, covered_of, covered_rows
from portal.disclosure.queries.requests import place, request_row
from portal.disclosure.requests import (
    Answer,
    NumberMoved,
    Outcome,
    ReviewMoved,
    State,
    WrongStep,
    outcome_of,
    require,
)
from portal.disclosure.services.looking import COVERED
from portal.jobs.services import announce
from portal.organisations.access import Actor
from portal.refusal import Refusal
from portal.register.kinds import Kind
from portal.register.models import CaseRecord, RegisterEntry
from portal.register.services import take_arrival_number
from portal.review.blind.mask_boxes import print_of
from portal.scope import walls_of
from portal.vault.services import seal_for_controller

# Of one under a code name: the CV, and the copy that its reader covers and hands over. They leave no other file.
OF_SEALED_PAPER: Final = frozenset({Kind.CV, Kind.ATTACHMENT})


class RequestGone(Refusal):
    """No request made to this authority."""

    status = 404


class CameLater(Refusal):
    """A request that is noted before it has come."""

    text = "Tidpunkten har inte varit än. Skriv när begäran kom."
    field = "came_on"


def note_request(
    session: Session, *, request_id: UUID, actor: Actor, came_at: datetime, came_by: str, asked: str, asker: str,
    at: datetime,
) -> None:  # fmt: skip
    """Write down what somebody has asked for. ``asker`` may be empty: nobody has to say who they are. ``request_id`` is new,
    or that of this same request: doing it twice changes nothing. Raises CameLater."""
    assert actor.authority_id is not None
    if came_at > at:
        raise CameLater
    id, authority = request_id, actor.authority_id
    if request_row(session, authority, id) is not None:
        return
    texts = {
        f"{name}_sealed": seal_for_controller(session, authority, text, place=place(name, id))
        for name, text in (("asked", asked), ("asker", asker))
    }
    row = DisclosureRequest(
        id=id, authority_id=authority, came_at=came_at, came_by=came_by, noted_by=actor.person_id, noted_at=at,
        state=State.RECEIVED, outcome="", **texts,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return  # the other press of the form has just noted it
    _enter(session, row, Kind.REQUEST, came_at)
    log_step(session, row, "request.noted", actor, at)


def _enter(session: Session, row: DisclosureRequest, kind: Kind, at: datetime) -> None:
    """The request and its decision are records themselves, and have numbers in the series that they are about."""
    number = take_arrival_number(session, row.authority_id)
    entry = RequestRecord(
        authority_id=row.authority_id, request_id=row.id, register_number=number, kind=kind, entered_at=at
    )
    session.add(entry)
    session.flush()


def held(session: Session, *, actor: Actor, request_id: UUID, state: State = State.RECEIVED) -> DisclosureRequest:
    """The request, locked, in this state. Raises RequestGone and WrongStep."""
    row = _locked(session, actor, request_id)
    if row.state != state:
        raise WrongStep
    return row


def _locked(session: Session, actor: Actor, request_id: UUID) -> DisclosureRequest:
    """The request in whatever state. Raises RequestGone."""
    assert actor.authority_id is not None
    row = request_row(session, actor.authority_id, request_id, lock=True)
    if row is None:
        raise RequestGone
    return row


def cover(
    session: Session,
    *,
    actor: Actor,
    request_id: UUID,
    offered: Collection[UUID],
    wanted: Collection[UUID],
    at: datetime,
    former: Collection[UUID] | None = None,
) -> None:
    """Of the lines that the page ``offered`` the request covers those that are ``wanted``, and of others what it did.

    ``former`` are those that were ticked when the page was opened: of what was not touched there, what a colleague has chosen
    since holds. What is no longer covered is let go of with its marks. What has been disposed of is withheld as it is chosen.
    Raises RequestGone and WrongStep.
    """
    row = held(session, actor=actor, request_id=request_id)
    already = set(chosen(session, request_id))
    touched = set(offered) if former is None else set(offered) & (set(former) ^ set(wanted))
    new = set(wanted) & touched - already
    disposed = _disposed_among(session, new)
    for covered in _new_among(session, row, new):
        session.add(covered)
        if covered.of_id in disposed:  # there is nothing to weigh: the decision says that it is gone
            covered.handed_out, covered.reviewed_by, covered.reviewed_at = Answer.WITHHELD, actor.person_id, at
        else:
            announce(session, COVERED, subject_id=covered.id, at=at)
    gone = (already & touched) - set(wanted)
    for covered in covered_rows(session, request_id=request_id):
        if covered.of_id in gone:
            session.delete(covered)
    session.flush()
    if new or gone:
        log_step(session, row, "request.covered", actor, at)
    told = [Entry(at, person_actor(actor.person_id), f"record.{Answer.WITHHELD}", id) for id in sorted(disposed)]
    record_all(session, chain=row.authority_id, entries=told)


def _new_among(session: Session, row: DisclosureRequest, ids: Collection[UUID]) -> Iterator[CoveredRow]:
    marked = _protected_among(session, ids)
    for entry in session.scalars(select(RegisterEntry).where(RegisterEntry.id.in_(list(ids)))):
        yield CoveredRecord(
            **walls_of(entry), id=uuid4(), request_id=row.id, entry_id=entry.id, application_id=entry.application_id,
            protected=entry.application_id in marked,
            of_sealed_paper=entry.application_id in marked and entry.kind in OF_SEALED_PAPER,
        )  # fmt: skip
    for minutes in session.scalars(select(CaseRecord).where(CaseRecord.id.in_(list(ids)))):
        yield CoveredMinutes(
            **walls_of(minutes), id=uuid4(), request_id=row.id, case_record_id=minutes.id, protected=False
        )


def _protected_among(session: Session, entry_ids: Collection[UUID]) -> set[UUID]:
    """Whose application was sent under a code name: each of their records is marked by itself (OSL 21:3)."""
    rows = (
        select(Application.id)
        .join(RegisterEntry, RegisterEntry.application_id == Application.id)
        .where(RegisterEntry.id.in_(list(entry_ids)), Application.protected)
    )
    return set(session.scalars(rows))


def _disposed_among(session: Session, entry_ids: Collection[UUID]) -> set[UUID]:
    """Those of an application of which nothing is left."""
    rows = (
        select(RegisterEntry.id)
        .join(Application, Application.id == RegisterEntry.application_id)
        .where(RegisterEntry.id.in_(list(entry_ids)), Application.name_sealed.is_(None))
    )
    return set(session.scalars(rows))


def reviewed_print(covered: Iterable[Covered]) -> str:
    """Changes with which records a request covers, what each says, what is said of it, and its marks."""
    return print_of(*([str(one.row.id), one.answer, one.reviewed, as_text(one.marks)] for one in covered))


def decide_request(
    session: Session, *, actor: Actor, request_id: UUID, text: str, seen: Outcome | None, records: str, at: datetime
) -> None:
    """Take the decision in these words. ``seen`` is what the page said that it comes to, ``records`` the `reviewed_print` of
    what it was written on: nothing is handed out that its author had not before them.

    Raises RequestGone, WrongStep, ReviewMoved and NotAllReviewed.
    """
    row = held(session, actor=actor, request_id=request_id)
    covered = covered_of(session, request_id)
    outcome = outcome_of(one.answer for one in covered)
    if not covered and seen is Outcome.WHOLE:
        outcome = seen  # what is handed out is no record that can be chosen here
    if outcome is not seen or reviewed_print(covered) != records:
        raise ReviewMoved
    require(row.state, State.DECIDED)
    sealed = seal_for_controller(session, row.authority_id, text, place=place("decision", row.id))
    row.state, row.outcome, row.decision_sealed = State.DECIDED, outcome, sealed
    row.decided_by, row.decided_at = actor.person_id, at
    session.flush()
    _enter(session, row, Kind.DECISION, at)
    log_step(session, row, f"request.{outcome.value}", actor, at)


def number_the_request(
    session: Session, *, actor: Actor, request_id: UUID, number: str, at: datetime, seen: str | None = None
) -> None:
    """Write down the authority's own diary number of it, in whatever state. Raises RequestGone, and NumberMoved where it has
    another number than was ``seen``."""
    row = _locked(session, actor, request_id)
    if row.diary_number == number:
        return
    if seen is not None and row.diary_number != seen:
        raise NumberMoved(number=row.diary_number)
    row.diary_number = number
    session.flush()
    log_step(session, row, "request.numbered", actor, at)


def end_request(session: Session, *, actor: Actor, request_id: UUID, then: State, at: datetime) -> None:
    """Whoever asked has had the answer, or asks no more. Doing it twice changes nothing. Raises RequestGone, WrongStep."""
    row = _locked(session, actor, request_id)
    if row.state == then:
        return
    require(row.state, then)
    row.state, row.ended_at = then, at
    session.flush()
    log_step(session, row, f"request.{then.value}", actor, at)


def log_step(session: Session, row: DisclosureRequest, verb: str, actor: Actor, at: datetime, reason: str = "") -> None:
    """What was done with a request, by whom and when; a ``reason`` names nobody."""
    who = person_actor(actor.person_id)
    record(session, chain=row.authority_id, at=at, actor=who, verb=verb, object_id=row.id, reason=reason)
