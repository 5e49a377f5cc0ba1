"""Employments that end with the term, and those that follow on them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.contracts.models import Employment
from portal.contracts.queries import Employed, employments_of
from portal.contracts.renewal.term import Term, ends_into


@dataclass(frozen=True, slots=True)
class Ending:
    """An employment that can be renewed for a term, and its renewal where there is one."""

    one: Employed
    renewed: Employment | None


def ending_before(session: Session, term: Term) -> list[Ending]:
    """Those of the scope that end so that a renewal is for this term, the first to end first."""
    everybody = employments_of(session)
    after = {one.row.renews_id: one.row for one in everybody if one.row.renews_id}
    return [
        Ending(one, after.get(one.row.id)) for one in everybody if not one.row.never_began and ends_into(one.row, term)
    ]


def renewals_of(session: Session, ids: Collection[UUID]) -> dict[UUID, Employment]:
    """The renewals that are there, by what they renew."""
    rows = session.scalars(select(Employment).where(Employment.renews_id.in_(ids)))
    return {row.renews_id: row for row in rows if row.renews_id}


def last_days_of(session: Session, rows: Sequence[Employment]) -> dict[UUID, date | None]:
    """By employment: its last day, or that of the last that renewed it; None where that goes on until further notice. One
    that was called off renewed nothing. In one statement, whatever number there is of them."""
    if not rows:
        return {}
    renewing = select(Employment).where(Employment.renews_id.is_not(None), Employment.never_began.is_(False))
    after = {row.renews_id: row for row in session.scalars(renewing)}
    return {row.id: _last(row, after).ends_on for row in rows}


def _last(row: Employment, after: Mapping[UUID | None, Employment]) -> Employment:
    while row.id in after:  # the law of the table: nobody is renewed twice, and no row renews itself
        row = after[row.id]
    return row
