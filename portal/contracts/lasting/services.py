"""The post of whoever has turned permanent by their last day (LAS 5 a §): held until something ends the employment."""

from uuid import UUID

from sqlalchemy.orm import Session

from portal.contracts.acts.queries.rows import acts_of
from portal.contracts.models import Employment
from portal.contracts.renewal.queries import lasts_since, renewals_after
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
        lasts = lasts_since(session, row, acts_of(session, id)) is not None
        hold_to(session, id, None if lasts else row.ends_on)
