"""The authority's register of records (OSL 5:1), in order: only of what it is the employer for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, load_only

from portal.accounts.models import Person
from portal.ads.models import Ad
from portal.applications.models import Application
from portal.applications.states import State
from portal.clock import STOCKHOLM
from portal.disclosure.asked import Asked
from portal.disclosure.queries.by_day import lines_by_day
from portal.disclosure.queries.diary import numbers_of_cases
from portal.organisations.access import Role
from portal.organisations.models import Membership, Party
from portal.register.kinds import Kind
from portal.register.models import RegisterEntry
from portal.review.queries.papers import names_of
from portal.swedish_dates import shown_day

ON_A_PAGE = 100

_LISTED = (
    Application.id, Application.party_id, Application.authority_id, Application.controller_id,
    Application.with_authority, Application.state, Application.name_sealed, Application.ad_id,
    Application.protected, Application.changed_at, Application.submitted_at,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One record of the register. ``name`` is empty where the application has been erased."""

    entry_id: UUID
    application_id: UUID
    document_id: UUID | None
    number: int
    kind: Kind
    entered_at: datetime
    name: str
    ad_id: UUID
    title: str
    party_name: str
    diary_number: str
    late: bool
    taken_back: bool
    protected: bool = False  # whoever it is about applied under a code name (OSL 21:3)
    disposed_on: date | None = None  # gallrad
    by_day: bool = False  # of when it came the day alone is known

    @property
    def gone(self) -> str:
        """What stands in place of the name where nothing is left of the record."""
        return f"Gallrad {shown_day(self.disposed_on)}" if self.disposed_on else "Uppgifterna är borttagna"

    @property
    def apart(self) -> bool:
        """Whether it lies under a key of its own, that of the reader of protected identities, where it shows no pages."""
        return self.protected and bool(self.name) and self.kind is Kind.CV


def lines_of(session: Session, asked: Asked, *, most: int | None = None) -> list[Line]:
    """The newest that are asked for, at most so many: a page of them."""
    newest = _asked_for(asked).order_by(RegisterEntry.register_number.desc())
    return _lines(session, newest.limit(most or ON_A_PAGE))


def newer_page(session: Session, ad_id: UUID, number: int, *, most: int) -> int | None:
    """Which number the page of one case that comes just before this one's ``number`` ends before, with so many lines on each;
    None for the first page."""
    own = select(RegisterEntry.register_number).join(Application, Application.id == RegisterEntry.application_id)
    here = own.where(Application.ad_id == ad_id, RegisterEntry.register_number >= number)
    return session.scalars(here.order_by(RegisterEntry.register_number).offset(most).limit(1)).one_or_none()


def entries_of_case(session: Session, ad_id: UUID) -> set[UUID]:
    """Every line of one case, however many."""
    own = select(RegisterEntry.id).join(Application, Application.id == RegisterEntry.application_id)
    return set(session.scalars(own.where(Application.ad_id == ad_id)))


def line_of(session: Session, entry_id: UUID) -> Line | None:
    """One of them; None for what the authority has not."""
    return next(iter(lines_with(session, [entry_id])), None)


def lines_with(session: Session, entry_ids: Sequence[UUID]) -> list[Line]:
    """These, by number."""
    wanted = _every().where(RegisterEntry.id.in_(list(entry_ids)))
    return _lines(session, wanted.order_by(RegisterEntry.register_number))


def lines_about(session: Session, application_id: UUID) -> list[Line]:
    """All of one application, by number."""
    wanted = _every().where(RegisterEntry.application_id == application_id)
    return _lines(session, wanted.order_by(RegisterEntry.register_number))


def _every() -> Select[*tuple[Any, ...]]:
    return (
        select(RegisterEntry, Application, Ad.title, Party.name)
        .join(Application, Application.id == RegisterEntry.application_id)
        .join(Ad, Ad.id == Application.ad_id)
        .join(Party, Party.id == RegisterEntry.party_id)
        .options(load_only(*_LISTED))
    )


def _asked_for(asked: Asked) -> Select[*tuple[Any, ...]]:
    rows = _every()
    if asked.first is not None:
        rows = rows.where(RegisterEntry.entered_at >= asked.first)
    if asked.end is not None:
        rows = rows.where(RegisterEntry.entered_at < asked.end)
    if asked.ad_id is not None:
        rows = rows.where(Application.ad_id == asked.ad_id)
    if asked.below is not None:
        rows = rows.where(RegisterEntry.register_number < asked.below)
    return rows


def _lines(session: Session, wanted: Select[*tuple[Any, ...]]) -> list[Line]:
    found = session.execute(wanted).all()
    names = names_of(session, {row.Application for row in found})
    diary = numbers_of_cases(session) if found else {}
    by_day = lines_by_day(session, [(row.RegisterEntry, row.Application) for row in found])
    return [
        Line(
            entry_id=row.RegisterEntry.id,
            application_id=row.Application.id,
            document_id=row.RegisterEntry.document_id,
            number=row.RegisterEntry.register_number,
            kind=Kind(row.RegisterEntry.kind),
            entered_at=row.RegisterEntry.entered_at,
            name=names.get(row.Application.id, ""),
            ad_id=row.Application.ad_id,
            title=row.title or "",
            party_name=row.name,
            diary_number=diary.get(row.Application.ad_id, ""),
            late=row.Application.state == State.LATE,
            taken_back=row.Application.state == State.WITHDRAWN,
            protected=row.Application.protected,
            disposed_on=disposed_on(row.Application),
            by_day=row.RegisterEntry.id in by_day,
        )
        for row in found
    ]


def disposed_on(application: Application) -> date | None:
    """The day on which it had had its time: nothing is written to it after that."""
    gone = application.state == State.DISPOSED
    return application.changed_at.astimezone(STOCKHOLM).date() if gone else None


@dataclass(frozen=True, slots=True)
class RegisterCase:
    """A case of the register: an ad with something in it."""

    ad_id: UUID
    title: str
    party_name: str
    diary_number: str


def cases_of(session: Session) -> list[RegisterCase]:
    """The cases, by party and title."""
    arrived = select(Application.ad_id).join(RegisterEntry, RegisterEntry.application_id == Application.id)
    rows = (
        select(Ad.id, Ad.title, Party.name)
        .join(Party, Party.id == Ad.party_id)
        .where(Ad.id.in_(arrived))
        .order_by(Party.name, Ad.title, Ad.id)
    )
    diary = numbers_of_cases(session)
    return [RegisterCase(row.id, row.title or "", row.name, diary.get(row.id, "")) for row in session.execute(rows)]


def record_of(session: Session, application_id: UUID) -> tuple[Application, Ad, Party] | None:
    """One arrived application with its ad and party; None for what the authority may not see or what never arrived."""
    found = session.execute(
        select(Application, Ad, Party)
        .join(Ad, Ad.id == Application.ad_id)
        .join(Party, Party.id == Application.party_id)
        .where(Application.id == application_id, Application.arrival_number.is_not(None))
    ).one_or_none()
    return None if found is None else (found.Application, found.Ad, found.Party)


def readers_of(session: Session, authority_id: UUID) -> list[str]:
    """The names of those who may read the register: the authority's own people."""
    rows = (
        select(Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.authority_id == authority_id,
            Membership.role == Role.REGION,
            Membership.accepted_at.is_not(None),
            Membership.ended_at.is_(None),
        )
        .order_by(Person.name)
    )
    return list(session.scalars(rows))
