"""Requests for records. Every question names the authority: the table has no walls of its own."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Person
from portal.applications.models import Application
from portal.clock import STOCKHOLM
from portal.disclosure.models import KINDS, CoveredMinutes, CoveredRecord, DisclosureRequest
from portal.disclosure.requests import APPEALED_WITHIN, ENDED, Clock, Outcome, State, Waiting, clock_of
from portal.register.models import CaseRecord
from portal.review.queries.person import applied_under
from portal.vault.services import open_for_controller


@dataclass(frozen=True, slots=True)
class Asked:
    """One request with its words opened, and its clock."""

    row: DisclosureRequest
    asked: str
    asker: str
    decision: str
    noted_by: str
    decided_by: str  # who wrote the decision down; empty where there is none
    clock: Clock

    @property
    def state(self) -> State:
        """Where it stands."""
        return State(self.row.state)

    @property
    def appealed(self) -> bool:
        """Whether a court has it."""
        return self.row.appealed_on is not None and self.row.settled_on is None


def place(column: str, request_id: UUID) -> str:
    """What a sealed column of a request is bound to."""
    return f"disclosure_request.{column}|{request_id}"


def request_row(
    session: Session, authority_id: UUID, request_id: UUID, *, lock: bool = False
) -> DisclosureRequest | None:
    """A request made to this authority."""
    wanted = select(DisclosureRequest).where(
        DisclosureRequest.id == request_id, DisclosureRequest.authority_id == authority_id
    )
    return session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()


def asked_for(session: Session, authority_id: UUID, *, at: datetime) -> set[UUID]:
    """The applications of which records are asked for: the request waits, or was refused in whole or in part and is
    appealed, or can be appealed still, also what a court has said. Nothing of them is destroyed meanwhile (TF 2:15 and 16).
    A request that waits and of which nobody has chosen any record yet may be for any of them: all are. ``session`` acts for
    the authority."""
    waits = DisclosureRequest.ended_at.is_(None)
    since = at - APPEALED_WITHIN
    appealed = and_(DisclosureRequest.appealed_on.is_not(None), DisclosureRequest.settled_on.is_(None))
    lately = or_(DisclosureRequest.ended_at > since, DisclosureRequest.settled_on > since.astimezone(STOCKHOLM).date())
    not_whole = and_(DisclosureRequest.state == State.ANSWERED, DisclosureRequest.outcome != Outcome.WHOLE)
    refused = and_(not_whole, or_(lately, appealed))
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
    wanted = _with_names().where(DisclosureRequest.authority_id == authority_id)
    rows = session.execute(wanted.order_by(DisclosureRequest.came_at, DisclosureRequest.id)).all()
    found = [_opened(session, row, noted_by, decided_by or "", on) for row, noted_by, decided_by in rows]
    waiting = [one for one in found if one.state not in ENDED]
    return waiting + [one for one in reversed(found) if one.state in ENDED]


def request_of(session: Session, authority_id: UUID, request_id: UUID, *, on: date) -> Asked | None:
    """One of them."""
    wanted = _with_names().where(DisclosureRequest.id == request_id, DisclosureRequest.authority_id == authority_id)
    found = session.execute(wanted).one_or_none()
    if found is None:
        return None
    row, noted_by, decided_by = found
    return _opened(session, row, noted_by, decided_by or "", on)


def _with_names() -> Select[*tuple[Any, ...]]:
    decider = aliased(Person)
    return (
        select(DisclosureRequest, Person.name, decider.name)
        .join(Person, Person.id == DisclosureRequest.noted_by)
        .outerjoin(decider, decider.id == DisclosureRequest.decided_by)
    )


def words_of(session: Session, authority_id: UUID, request_id: UUID, column: str) -> str:
    """What was asked, or decided, in a request made to this authority; empty where there is nothing."""
    row = request_row(session, authority_id, request_id)
    return "" if row is None else _words(session, row, column)


def _words(session: Session, row: DisclosureRequest, column: str) -> str:
    sealed: bytes | None = getattr(row, f"{column}_sealed")
    return "" if sealed is None else open_for_controller(session, row.authority_id, sealed, place=place(column, row.id))


def _opened(session: Session, row: DisclosureRequest, noted_by: str, decided_by: str, on: date) -> Asked:
    asked, asker, decision = (_words(session, row, column) for column in ("asked", "asker", "decision"))
    return Asked(row, asked, asker, decision, noted_by, decided_by, clock_of(row.came_at, row.ended_at, on=on))


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
