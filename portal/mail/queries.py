"""What the outbox holds."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.mail.models import OutgoingMail
from portal.mail.states import MailStatus

One = TypeVar("One")

_STATUS = (
    OutgoingMail.once, OutgoingMail.created_at, OutgoingMail.due_at, OutgoingMail.sent_at, OutgoingMail.given_up_at,
    OutgoingMail.tries, OutgoingMail.last_fault,
)  # fmt: skip
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
    found: dict[str, MailStatus] = {}
    for some in _in_parts(names):
        for values in session.execute(select(*_STATUS).where(OutgoingMail.once.in_(some))):
            found[values.once] = MailStatus(*values)
    return found


def status_beginning(session: Session, beginning: str) -> MailStatus | None:
    """The same of the last letter whose name begins so; None where none was written."""
    rows = select(OutgoingMail.once).where(OutgoingMail.once.startswith(beginning, autoescape=True))
    name = session.scalars(rows.order_by(OutgoingMail.created_at.desc(), OutgoingMail.id).limit(1)).first()
    return statuses(session, [name])[name] if name is not None else None


def statuses_about(session: Session, ids: Sequence[UUID], kinds: Sequence[str]) -> dict[UUID, list[MailStatus]]:
    """What has become of the letters about each of these, of the kinds that names begin with, the first written first."""
    row = OutgoingMail
    found: dict[UUID, list[MailStatus]] = defaultdict(list)
    wanted = or_(*(row.once.startswith(f"{kind}:", autoescape=True) for kind in kinds))
    for some in _in_parts(ids):
        rows = select(*_STATUS).add_columns(row.about_id).where(row.about_id.in_(some), wanted)
        for *status, about_id in session.execute(rows.order_by(row.created_at, row.id)):
            found[about_id].append(MailStatus(*status))
    return dict(found)


def _in_parts(names: Sequence[One]) -> Iterator[Sequence[One]]:
    return (names[first : first + _AT_ONCE] for first in range(0, len(names), _AT_ONCE))
