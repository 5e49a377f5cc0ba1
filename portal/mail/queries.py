"""What the outbox holds."""

from collections.abc import Sequence

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
