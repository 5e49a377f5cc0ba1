"""The authority's register of applications that have arrived (OSL 5:1), in order: only those it is the employer for."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from portal.ads.models import Ad
from portal.applications.models import Application, ApplicationChange
from portal.applications.states import State
from portal.organisations.models import Party
from portal.review.queries.papers import names_of

ON_A_PAGE = 100
HIGHEST = 2**31 - 1  # that the column holds

_LISTED = (
    Application.id, Application.party_id, Application.authority_id, Application.controller_id,
    Application.with_authority, Application.state, Application.submitted_at, Application.arrival_number,
    Application.name_sealed,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register. ``name`` is empty where the application has been erased."""

    application_id: UUID
    number: int
    arrived_at: datetime
    name: str
    title: str
    party_name: str
    late: bool
    taken_back: bool
    change: int = 0  # a further arrival that changed the application: which, from 1


def arrived(session: Session, *, before: int | None = None) -> list[Entry]:
    """The newest arrivals, or those with numbers lower than ``before``; at most a page of them."""
    rows = (
        select(Application, Ad.title, Party.name)
        .join(Ad, Ad.id == Application.ad_id)
        .join(Party, Party.id == Application.party_id)
        .where(Application.arrival_number.is_not(None), Application.submitted_at.is_not(None))
        .options(load_only(*_LISTED))
        .order_by(Application.arrival_number.desc())
        .limit(ON_A_PAGE)
    )
    further = (
        select(Application, Ad.title, Party.name, ApplicationChange)
        .join(ApplicationChange, ApplicationChange.application_id == Application.id)
        .join(Ad, Ad.id == Application.ad_id)
        .join(Party, Party.id == Application.party_id)
        .where(ApplicationChange.arrival_number.is_not(None))
        .options(load_only(*_LISTED))
        .order_by(ApplicationChange.arrival_number.desc())
        .limit(ON_A_PAGE)
    )
    if before is not None:
        highest = max(0, min(before, HIGHEST))
        rows = rows.where(Application.arrival_number < highest)
        further = further.where(ApplicationChange.arrival_number < highest)
    first, changed = session.execute(rows).all(), session.execute(further).all()
    names = names_of(session, {row.Application.id: row.Application for row in (*first, *changed)}.values())
    entries = [_entry(row.Application, names.get(row.Application.id, ""), row.title, row.name) for row in first]
    entries += [_further(row, names.get(row.Application.id, "")) for row in changed]
    return sorted(entries, key=lambda entry: -entry.number)[:ON_A_PAGE]


def _further(row: Any, name: str) -> Entry:
    """A change is an arrival of its own (TF 2:9)."""
    whole, change = _entry(row.Application, name, row.title, row.name), row.ApplicationChange
    return replace(whole, number=change.arrival_number, arrived_at=change.arrived_at, late=False, change=change.number)


def _entry(row: Application, name: str, title: str, party_name: str) -> Entry:
    assert row.arrival_number is not None
    assert row.submitted_at is not None
    return Entry(
        application_id=row.id,
        number=row.arrival_number,
        arrived_at=row.submitted_at,
        name=name,
        title=title,
        party_name=party_name,
        late=row.state == State.LATE,
        taken_back=row.state == State.WITHDRAWN,
    )


def record_of(session: Session, application_id: UUID) -> tuple[Application, Ad, Party] | None:
    """One arrived application with its ad and party; None for what the authority may not see or what never arrived."""
    found = session.execute(
        select(Application, Ad, Party)
        .join(Ad, Ad.id == Application.ad_id)
        .join(Party, Party.id == Application.party_id)
        .where(Application.id == application_id, Application.arrival_number.is_not(None))
    ).one_or_none()
    return None if found is None else (found.Application, found.Ad, found.Party)
