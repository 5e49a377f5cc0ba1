"""Employments that end with the term, and those that follow on them."""

from collections.abc import Collection
from dataclasses import dataclass
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
