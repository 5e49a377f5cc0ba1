"""The post of whoever has turned permanent by their last day (LAS 5 a §): held until something ends the employment."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.contracts.acts.kinds import was_ended
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.queries.rows import acts_of_many
from portal.contracts.models import Employment
from portal.contracts.renewal.queries import lasts_from, renewals_of, turned_since, with_formers, with_renewals
from portal.posts.employer_model import Employer
from portal.posts.services.claiming import hold_to


def hold_what_lasts(session: Session, *rows: Employment) -> None:
    """Let what employments claim, what they go on from and what goes on from them, last as long as these do. Asks for no
    room: it was asked for to the last day on paper, and nobody leaves for want of it."""
    of_party = [row for row in rows if row.employer == Employer.PARTY]
    _hold(session, [*_renewed(session, of_party), *with_renewals(session, of_party)])


def hold_former(session: Session, *rows: Employment) -> None:
    """Let what the former employments claim last as long as these do: each lets go of its post where one of ``rows`` goes on
    from it, and has it again where that one is called off."""
    _hold(session, _renewed(session, [row for row in rows if row.employer == Employer.PARTY]))


def _renewed(session: Session, rows: Collection[Employment]) -> Collection[Employment]:
    """What each of them goes on from, but not what that did."""
    held = [row.renews_id for row in rows if row.renews_id is not None]
    return session.scalars(select(Employment).where(Employment.id.in_(held))).all() if held else []


def _hold(session: Session, rows: Collection[Employment]) -> None:
    """As many statements for many as for one, but for one for each time that they have been renewed."""
    rows = [row for row in rows if not row.never_began]
    if not rows:
        return
    known = with_formers(session, rows)
    acts = acts_of_many(session, known)
    after = {id: row for id, row in renewals_of(session, [row.id for row in rows]).items() if not row.never_began}
    hold_to(session, {row.id: _until(row, after.get(row.id), known, acts) for row in rows})


def _until(
    row: Employment,
    renewal: Employment | None,
    known: Mapping[UUID, Employment],
    acts: Mapping[UUID, Sequence[EmploymentAct]],
) -> date | None:
    """None while it lasts, else its last day; where it had turned permanent and is renewed later, the day before that: they
    are there meanwhile."""
    if renewal is None:
        return None if lasts_from(row, known, acts) is not None else row.ends_on
    turned = None if was_ended(acts.get(row.id, ())) else turned_since(row, known, acts)
    if row.ends_on is None or turned is None:
        return row.ends_on
    return max(row.ends_on, renewal.starts_on - timedelta(days=1))
