"""The post of whoever has turned permanent by their last day (LAS 5 a §): held until something ends the employment."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from portal.contracts.acts.kinds import was_ended
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.queries.rows import acts_of
from portal.contracts.models import Employment
from portal.contracts.pictures import turned_on
from portal.contracts.renewal.queries import lasts_since, permanent_since, renewals_after, renewals_of
from portal.posts.employer_model import Employer
from portal.posts.services.claiming import hold_to


def hold_what_lasts(session: Session, row: Employment) -> None:
    """Let what an employment claims, what it goes on from and what goes on from it, last as long as these do. Asks for no
    room: it was asked for to the last day on paper, and nobody leaves for want of it."""
    hold_former(session, row)
    for id in (row.id, *renewals_after(session, row.id)):
        _hold(session, id)


def hold_former(session: Session, row: Employment) -> None:
    """The same of what it goes on from, which lets go of its post there and has it again where that is called off."""
    if row.renews_id is not None:
        _hold(session, row.renews_id)


def _hold(session: Session, id: UUID) -> None:
    row = session.get_one(Employment, id)
    if row.employer == Employer.PARTY and not row.never_began:
        acts = acts_of(session, id)
        lasts = lasts_since(session, row, acts) is not None
        hold_to(session, id, None if lasts else _until_renewed(session, row, acts))


def _until_renewed(session: Session, row: Employment, acts: Sequence[EmploymentAct]) -> date | None:
    """Its last day; where it had turned permanent and is renewed later, the day before that: they are there meanwhile."""
    renewal = renewals_of(session, [row.id]).get(row.id)
    turned = None if was_ended(acts) else permanent_since(session, row) or turned_on(row)
    if row.ends_on is None or turned is None or renewal is None or renewal.never_began:
        return row.ends_on
    return max(row.ends_on, renewal.starts_on - timedelta(days=1))
