"""What the outbox holds."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.mail.models import OutgoingMail
from portal.mail.states import MailStatus

_AT_ONCE = 500  # databases take only so many values in one question


def posted(session: Session, names: Sequence[str]) -> set[str]:
    """Which of these letters (`OutgoingMail.once`) have ever been put in the outbox, sent or not."""
    found: set[str] = set()
    for some in _in_parts(names):
        found.update(session.scalars(select(OutgoingMail.once).where(OutgoingMail.once.in_(some))))
    return found


def was_written_since(session: Session, beginning: str, after: datetime) -> bool:
    """Whether a letter whose name begins so has been put in the outbox after an instant."""
    row = OutgoingMail
    rows = select(row.id).where(row.once.startswith(beginning, autoescape=True), row.created_at > after)
    return session.scalar(rows.limit(1)) is not None


def statuses(session: Session, names: Sequence[str]) -> dict[str, MailStatus]:
    """What has become of these letters, by their names (`OutgoingMail.once`). One that was never written is left out."""
    row = OutgoingMail
    columns = (row.once, row.created_at, row.due_at, row.sent_at, row.given_up_at, row.tries, row.last_fault)
    found: dict[str, MailStatus] = {}
    for some in _in_parts(names):
        for values in session.execute(select(*columns).where(row.once.in_(some))):
            found[values.once] = MailStatus(*values)
    return found


def status_beginning(session: Session, beginning: str) -> MailStatus | None:
    """The same of the last letter whose name begins so; None where none was written."""
    rows = select(OutgoingMail.once).where(OutgoingMail.once.startswith(beginning, autoescape=True))
    name = session.scalars(rows.order_by(OutgoingMail.created_at.desc(), OutgoingMail.id).limit(1)).first()
    return statuses(session, [name])[name] if name is not None else None


def _in_parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[first : first + _AT_ONCE] for first in range(0, len(names), _AT_ONCE))
