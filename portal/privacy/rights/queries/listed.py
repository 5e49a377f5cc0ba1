"""What candidates of the party have asked for, for the office: the open first, and counts without a word of text."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from portal import clock
from portal.ads.models import Ad
from portal.applications.models import Application, CandidateRequest
from portal.applications.own_requests import is_by_day
from portal.applications.queries import TO_BE_ERASED
from portal.organisations.access import Role
from portal.organisations.models import Membership
from portal.organisations.queries import belongs
from portal.privacy.merits.queries import shows_one_with_conflict
from portal.privacy.rights.kinds import Kind
from portal.review.queries.person import applied_to, with_conflict
from portal.scope import ScopeKind, scope_of

_HIDDEN_TOO = {"hidden_too": True}  # what is kept sealed has requests that are answered all the same
MOST = 200  # answered ones on the page


class Row(NamedTuple):
    """One request in a list: no name, which the page of the request shows to who may see it."""

    id: UUID
    kind: str
    made_at: datetime
    due_on: date
    answered_at: datetime | None
    title: str
    came_by: str
    result: str
    ad_id: UUID
    controller_id: UUID

    @property
    def by_day(self) -> bool:
        """Whether of when it was asked the day alone is told."""
        return is_by_day(self.came_by, self.made_at)


_DUE = func.coalesce(CandidateRequest.extended_to, CandidateRequest.due_on)
_ROWS = (
    select(
        CandidateRequest.id, CandidateRequest.kind, CandidateRequest.made_at, _DUE.label("due_on"),
        CandidateRequest.answered_at, Ad.title, CandidateRequest.came_by, CandidateRequest.result,
        Application.ad_id, Application.controller_id,
    )
    .join(Application, Application.id == CandidateRequest.application_id)
    .join(Ad, Ad.id == Application.ad_id)
    .where(CandidateRequest.kind != Kind.CONTACT)
)  # fmt: skip


class Waiting(NamedTuple):
    """What waits for the person; and whether something waits that nobody there may answer."""

    rows: list[Row]
    for_nobody: bool


def waiting(session: Session, person_id: UUID) -> Waiting:
    """Those without an answer, the first to be answered first. To an authority its own are shown, but for merits, which the
    party's office gives for both employers. None of whose candidate the person may not answer, and none of somebody who is
    erased: there is nothing to answer of, nor anywhere to."""
    rows, hidden = _parted(session, person_id, _unanswered(session))
    return Waiting(rows, bool(hidden and waiting_for_nobody(session, {row.id for row in hidden})))


def waiting_for_nobody(session: Session, among: Collection[UUID] | None = None) -> list[Row]:
    """Those that none of the party's office may answer, and that nobody else can: to what an authority employs for its own
    people answer too, but for merits, while it has any. ``among`` leaves out all others. None for an authority: its
    party's office is told."""
    acting = scope_of(session)
    if acting.kind is not ScopeKind.PARTY:
        return []
    at_authority = Membership.authority_id == Application.controller_id, Membership.role == Role.REGION.value, belongs()
    they_answer = select(Membership.id).join(Membership.person).where(*at_authority).exists()
    wanted = _unanswered(session).where(or_(CandidateRequest.kind == Kind.MERITS, ~they_answer))
    if among is not None:
        wanted = wanted.where(CandidateRequest.id.in_(among))
    office = Membership.party_id == acting.id, Membership.role == Role.KANSLI.value, belongs()
    left: list[Row] | None = None
    for person_id in session.scalars(select(Membership.person_id).join(Membership.person).where(*office)).all():
        if left is None or left:
            hidden = _parted(session, person_id, wanted)[1]
            ids = {row.id for row in hidden}
            left = hidden if left is None else [row for row in left if row.id in ids]
    return left or []


def _unanswered(session: Session) -> Any:
    rows = _rows(session).where(CandidateRequest.answered_at.is_(None), ~TO_BE_ERASED)
    return rows.order_by(_DUE, CandidateRequest.id)


def answered(session: Session, person_id: UUID) -> list[Row]:
    """Those with an answer, the last answered first."""
    rows = _rows(session).where(CandidateRequest.answered_at.is_not(None)).order_by(CandidateRequest.answered_at.desc())
    return _open_to(session, person_id, rows)[:MOST]


def _open_to(session: Session, person_id: UUID, wanted: Any) -> list[Row]:
    return _parted(session, person_id, wanted)[0]


def _parted(session: Session, person_id: UUID, wanted: Any) -> tuple[list[Row], list[Row]]:
    """Those that the person may answer, and those that they may not: of a recruitment that they have applied to, of a
    candidate they have jäv for, or for merits that would show such a one's. See `access.may_answer_for`."""
    of_others = and_(CandidateRequest.kind == Kind.MERITS, shows_one_with_conflict(person_id))
    shut = or_(with_conflict(person_id), of_others).label("shut")
    found = session.execute(wanted.add_columns(shut), execution_options=_HIDDEN_TOO).all()
    rows = [(Row(*row[:-1]), bool(row.shut)) for row in found]
    own = applied_to(session, person_id, {row.ad_id: row.controller_id for row, _ in rows})
    shown = [row for row, shut in rows if not shut and row.ad_id not in own]
    return shown, [row for row, shut in rows if shut or row.ad_id in own]


def _rows(session: Session) -> Any:
    return _ROWS.where(CandidateRequest.kind != Kind.MERITS) if _of_authority(session) else _ROWS


def _of_authority(session: Session) -> bool:
    return scope_of(session).kind is ScopeKind.AUTHORITY


@dataclass(frozen=True, slots=True)
class Asked:
    """One request with its application and ad."""

    row: CandidateRequest
    application: Application
    ad: Ad


def asked(session: Session, request_id: UUID, *, lock: bool = False) -> Asked | None:
    """One of the scope's, its row and before it the application's locked where it is to be answered, as by a candidate who
    takes back what they have sent; a detail that was changed is none."""
    wanted = (
        select(CandidateRequest, Application, Ad)
        .join(Application, Application.id == CandidateRequest.application_id)
        .join(Ad, Ad.id == Application.ad_id)
        .where(CandidateRequest.id == request_id, CandidateRequest.kind != Kind.CONTACT)
    )
    if _of_authority(session):
        wanted = wanted.where(CandidateRequest.kind != Kind.MERITS)
    if lock:
        held = wanted.with_only_columns(Application.id).with_for_update(of=Application)
        session.execute(held, execution_options=_HIDDEN_TOO)
        wanted = wanted.with_for_update(of=CandidateRequest)
    found = session.execute(wanted, execution_options=_HIDDEN_TOO).one_or_none()
    return Asked(*found) if found else None


def shows_to(session: Session, found: Asked, person_id: UUID) -> bool:
    """Whether the text about merits that is asked for is of nobody for whom the person has jäv."""
    shut = select(Application.id).where(Application.id == found.application.id, shows_one_with_conflict(person_id))
    return session.scalar(shut, execution_options=_HIDDEN_TOO) is None


class Count(NamedTuple):
    """How many of a kind were made, answered, and answered in time."""

    kind: str
    made: int
    answered: int
    in_time: int


def counts(session: Session, person_id: UUID) -> list[Count]:
    """By kind, of erased candidates too: nothing but kinds and times is told. Of what the lists leave out for the person
    nothing is counted either: a count that has grown would tell that somebody there has asked for something."""
    rows = _open_to(session, person_id, _rows(session))
    return [
        Count(
            kind,
            sum(row.kind == kind for row in rows),
            sum(row.kind == kind and row.answered_at is not None for row in rows),
            sum(row.kind == kind and _in_time(row.answered_at, row.due_on) for row in rows),
        )
        for kind in Kind
        if any(row.kind == kind for row in rows)
    ]


def _in_time(at: datetime | None, due_on: date) -> bool:
    return at is not None and at.astimezone(clock.STOCKHOLM).date() <= due_on
