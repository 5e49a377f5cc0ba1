"""Recruitments with what they still hold of people, and the day on which it goes. A handful of statements, however many."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.ads.models import Ad
from portal.ads.states import AdState
from portal.applications.models import Application, CandidateRequest, LaterConsent
from portal.applications.queries import TO_BE_ERASED
from portal.applications.states import COUNTS, State
from portal.clock import STOCKHOLM
from portal.contracts.decision.models import EmploymentDecision
from portal.contracts.models import Employment
from portal.contracts.renewal.queries import last_days_of
from portal.disclosure.queries.requests import asked_for
from portal.posts.employer_model import Employer, model_for
from portal.privacy.clocks import Employed, Kept, Recruited, Wait, start_of
from portal.privacy.models import LegalHold, RetentionCase
from portal.privacy.rights.keeping import NOT_FURTHER, PROMISED_ERASURE, kept_until
from portal.privacy.rights.queries.holds import WAITS
from portal.scope import reading_for

_HIDDEN_TOO = {"hidden_too": True}  # what lies sealed; drafts are none


class _Row(NamedTuple):
    id: UUID
    application_id: UUID | None
    employed: Employed
    last_day: date | None  # of the employment or what renewed it last; None: until further notice


@dataclass
class _Gathered:
    """The rows that belong to each recruitment."""

    people: dict[UUID, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    later: dict[UUID, LaterConsent] = field(default_factory=dict)  # by application
    waiting: set[UUID] = field(default_factory=set)  # ads in which somebody has had no word
    sealed: dict[UUID, date] = field(default_factory=dict)  # by ad: the last day of what lies sealed in it
    lie_sealed: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))  # by ad: those
    told_no: dict[UUID, datetime] = field(default_factory=dict)  # by application: when, where a claim keeps it
    employed: dict[UUID | None, list[_Row]] = field(default_factory=lambda: defaultdict(list))
    said: dict[UUID, RetentionCase] = field(default_factory=dict)
    holds: dict[UUID, list[UUID | None]] = field(default_factory=lambda: defaultdict(list))
    asked_for: set[UUID] = field(default_factory=set)


_WAITS_FOR_WORD = select(Application.id).where(
    Application.ad_id == Ad.id, Application.state.in_(COUNTS), Application.decided_at.is_(None)
)
_ALONE = (
    select(LaterConsent.id)
    .join(Application, Application.id == LaterConsent.application_id)
    .where(Application.ad_id == Ad.id, LaterConsent.alone_at.is_not(None))
)
_EMPLOYED = select(Employment.id).where(Employment.ad_id == Ad.id)
_COUNTED = or_(
    Ad.state.in_((AdState.ENDED, AdState.WITHDRAWN)),
    and_(_EMPLOYED.correlate(Ad).exists(), ~_WAITS_FOR_WORD.correlate(Ad).exists()),
    _ALONE.correlate(Ad).exists(),
)


def kept_cases(session: Session, *, counted: bool = False) -> list[Kept]:
    """Every recruitment of the scope that holds something of anybody, the oldest first; or, ``counted``, only those in which
    a time may be counted, or whose day may be asked for."""
    return list(_kept(session, _COUNTED if counted else Ad.published_at.is_not(None)))


def kept_case(session: Session, ad_id: UUID) -> Kept | None:
    """One of them, also where it holds nothing any more; None where there is no such published ad."""
    return next(_kept(session, Ad.id == ad_id, empty=True), None)


def _kept(session: Session, which: ColumnElement[bool], *, empty: bool = False) -> Iterator[Kept]:
    ads = session.scalars(select(Ad).where(which, Ad.published_at.is_not(None)).order_by(Ad.published_at, Ad.id)).all()
    found = _gathered(session, which) if ads else _Gathered()
    for ad in ads:
        if empty or found.people[ad.id]:
            yield _one(ad, found)


def _gathered(session: Session, which: ColumnElement[bool]) -> _Gathered:
    found = _Gathered()
    _gather_people(session, which, found)
    _gather_asked(session, which, found)
    _gather_employed(session, which, found)
    for said in session.scalars(select(RetentionCase).join(Ad, Ad.id == RetentionCase.ad_id).where(which)):
        found.said[said.ad_id] = said
    holds = select(LegalHold.ad_id, LegalHold.application_id).join(Ad, Ad.id == LegalHold.ad_id)
    for held_in, held in session.execute(holds.where(which, LegalHold.lifted_at.is_(None))):
        found.holds[held_in].append(held)
    return found


def _gather_employed(session: Session, which: ColumnElement[bool], found: _Gathered) -> None:
    employed = (
        select(Employment, EmploymentDecision.final_on)
        .join(Ad, Ad.id == Employment.ad_id)
        .outerjoin(EmploymentDecision, EmploymentDecision.employment_id == Employment.id)
        .where(which)
    )
    rows = session.execute(employed).all()
    last_days = last_days_of(session, [row.Employment for row in rows])
    for row, final_on in rows:
        one = Employed(row.decided_on, final_on, row.never_began)
        found.employed[row.ad_id].append(_Row(row.id, row.application_id, one, last_days[row.id]))


def _gather_people(session: Session, which: ColumnElement[bool], found: _Gathered) -> None:
    told = (Application.decided_as, Application.decided_at, Application.consent_version)
    people = (
        select(Application.ad_id, Application.id, Application.state, Application.restricted_until, LaterConsent, *told)
        .join(Ad, Ad.id == Application.ad_id)
        .outerjoin(LaterConsent, LaterConsent.application_id == Application.id)
        .where(which, ~TO_BE_ERASED, Application.state != State.DRAFT)
    )
    rows = session.execute(people.order_by(Application.submitted_at, Application.id), execution_options=_HIDDEN_TOO)
    for ad_id, id, state, sealed, later, decided_as, decided_at, consent in rows:
        if sealed is not None:  # no recruitment's any more
            found.sealed[ad_id] = max(sealed, found.sealed.get(ad_id, sealed))
            found.lie_sealed[ad_id].add(id)
            continue
        found.people[ad_id].append(id)
        if decided_at is None and state in COUNTS:
            found.waiting.add(ad_id)
        if later is not None:
            found.later[id] = later
        if decided_at is not None and decided_as == NOT_FURTHER and consent not in PROMISED_ERASURE:
            found.told_no[id] = decided_at


def _gather_asked(session: Session, which: ColumnElement[bool], found: _Gathered) -> None:
    """Whom a candidate's own request waits for, and whose records somebody has asked an authority for."""
    own_requests = (
        select(CandidateRequest.application_id)
        .join(Application, Application.id == CandidateRequest.application_id)
        .join(Ad, Ad.id == Application.ad_id)
    )
    found.asked_for.update(session.scalars(own_requests.where(which, WAITS), execution_options=_HIDDEN_TOO))
    by_authority = select(Ad.authority_id).where(which, Ad.with_authority).distinct()
    for authority in session.scalars(by_authority).all():
        with reading_for(scope.authority(authority), within=session) as own:
            found.asked_for |= asked_for(own, authority, at=clock.now())


def _promised(people: Sequence[UUID], months: int, found: _Gathered) -> dict[UUID, date]:
    """The last day that each one's own page tells: see `rights.queries.facts`. What was taken back and is kept sealed is no
    recruitment's any more, and goes by its own day."""
    told_no = {id: _day(found.told_no[id]) for id in people if id in found.told_no}
    return {id: kept_until(day, months) for id, day in told_no.items() if day is not None}


def _one(ad: Ad, found: _Gathered) -> Kept:
    model = model_for(Employer(ad.employer or Employer.PARTY))
    said, holds = found.said.get(ad.id), found.holds[ad.id]
    by_authority = model.controller == "authority"
    hired, worked = _employed(found.employed[ad.id], by_authority=by_authority, on=clock.today())
    people, months = found.people[ad.id], ad.retention_months or model.retention_months
    closed_on, employed = _day(ad.ended_at or ad.withdrawn_at), [row.employed for row in found.employed[ad.id]]
    said_on, waiting = said.starts_on if said else None, ad.id in found.waiting
    start = start_of(Recruited(by_authority, ad.posts, employed, closed_on, said_on, waiting))
    return Kept(
        ad_id=ad.id,
        title=ad.title,
        by_authority=by_authority,
        months=months,
        rule=ad.retention_rule,
        start=start,
        left=[id for id in people if id not in hired],
        employed=len(hired.intersection(people)),
        held=frozenset(id for id in holds if id is not None),
        all_held=None in holds,
        asked_for=found.asked_for.intersection(people),
        postponed_to=said.postponed_to if said else None,
        told_of=said.told_of if said else None,
        later={id: row.until for id in people if (row := found.later.get(id)) is not None},
        alone=frozenset(id for id in people if (row := found.later.get(id)) is not None and row.alone_at is not None),
        promised={} if by_authority else _promised(people, months, found),
        worked=worked,
        sealed_until=found.sealed.get(ad.id),
        sealed_waits=not found.lie_sealed[ad.id].isdisjoint(found.asked_for.union(holds)),
        shut_on=closed_on or ad.deadline,
        not_final={
            row.id: row.application_id
            for row in found.employed[ad.id]
            if start is Wait.NOT_FINAL and row.employed.final_on is None and not row.employed.never_began
        },
    )


def _employed(rows: Sequence[_Row], *, by_authority: bool, on: date) -> tuple[set[UUID], dict[UUID, date]]:
    """Whose papers an employment keeps; and of a party those whose employment is over, with its last day."""
    hired = {row.application_id: row for row in rows if row.application_id and not row.employed.never_began}
    over = {id: row.last_day for id, row in hired.items() if row.last_day is not None and row.last_day < on}
    worked = {} if by_authority else over
    return set(hired).difference(worked), worked


def _day(at: datetime | None) -> date | None:
    return at.astimezone(STOCKHOLM).date() if at is not None else None


def holds_of(session: Session, ad_id: UUID) -> Sequence[LegalHold]:
    """The legal holds that stand in a recruitment, the first set first."""
    rows = select(LegalHold).where(LegalHold.ad_id == ad_id, LegalHold.lifted_at.is_(None))
    return session.scalars(rows.order_by(LegalHold.set_at, LegalHold.id)).all()


def said_of(session: Session, ad_id: UUID) -> RetentionCase | None:
    """What people have said of one recruitment."""
    return session.scalars(select(RetentionCase).where(RetentionCase.ad_id == ad_id)).one_or_none()


def let_go_since(session: Session, ad_id: UUID, at: datetime | None) -> bool:
    """Whether anybody in a recruitment has gone, or is kept by their consent alone, since ``at``; None is ever."""
    rows = (
        select(Application.id)
        .outerjoin(LaterConsent, LaterConsent.application_id == Application.id)
        .where(Application.ad_id == ad_id, or_(Application.state == State.DISPOSED, LaterConsent.alone_at.is_not(None)))
    )
    if at is not None:
        went = and_(Application.state == State.DISPOSED, Application.changed_at > at)
        rows = rows.where(or_(went, LaterConsent.alone_at > at))
    return session.scalars(rows.limit(1)).first() is not None


def hold_place(hold_id: UUID) -> str:
    """What the sealed reason of a legal hold is bound to."""
    return f"legal_hold.{hold_id}"


def said_place(column: str, row_id: UUID) -> str:
    """What a sealed column of a recruitment's row is bound to."""
    return f"retention_case.{column}|{row_id}"
