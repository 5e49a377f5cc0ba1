"""What the outbox holds."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.mail.models import OutgoingMail

_AT_ONCE = 500  # databases take only so many values in one question


def posted(session: Session, names: Sequence[str]) -> set[str]:
    """Which of these letters (`OutgoingMail.once`) have ever been put in the outbox, sent or not."""
    found: set[str] = set()
    for first in range(0, len(names), _AT_ONCE):
        wanted = OutgoingMail.once.in_(names[first : first + _AT_ONCE])
        found.update(session.scalars(select(OutgoingMail.once).where(wanted)))
    return found


def what_became_of(session: Session, names: Sequence[str]) -> dict[str, tuple[datetime | None, datetime | None]]:
    """When each of these letters was taken by the mail server, and when it was given up; neither while it waits."""
    found = {}
    for first in range(0, len(names), _AT_ONCE):
        columns = (OutgoingMail.once, OutgoingMail.sent_at, OutgoingMail.given_up_at)
        rows = session.execute(select(*columns).where(OutgoingMail.once.in_(names[first : first + _AT_ONCE])))
        found.update({row.once: (row.sent_at, row.given_up_at) for row in rows})
    return found
