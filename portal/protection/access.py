"""Who may open a protected identity: the one reader whom the party has named. Pure predicates."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from portal.organisations.access import Actor
from portal.review.access import Standing, may_name_panel

OPENING_STANDS: Final = timedelta(
    hours=2
)  # as long as a private page is open: a paper is read and covered in that time


def may_open_identity(actor: Actor, who: Standing, *, reader_id: UUID | None, application_id: UUID) -> bool:
    """The reader alone, of the office and in the case, and not where they have said that they have jäv."""
    named = reader_id is not None and actor.person_id == reader_id
    return named and may_name_panel(who) and application_id not in who.conflicts


def stands_until(opened_at: datetime | None, *, at: datetime) -> datetime | None:
    """Until when what was opened with a reason may be read; None where nothing was, or where that time is over."""
    until = opened_at + OPENING_STANDS if opened_at is not None else None
    return until if until is not None and until > at else None
