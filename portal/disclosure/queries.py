"""The authority's register of what has arrived or been sent out (OSL 5:1), in order: applications, and the letters about
them. Only where it is the employer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, literal, select, union_all
from sqlalchemy.orm import Session, load_only

from portal.ads.models import Ad
from portal.applications.models import Application
from portal.applications.states import State
from portal.letterbox.models import Message
from portal.letterbox.queries import Opened, messages_of, opened
from portal.organisations.models import Party
from portal.review.queries.papers import key_of, names_of

ON_A_PAGE = 100
HIGHEST = 2**31 - 1  # that the column holds

_LISTED = (
    Application.id, Application.party_id, Application.authority_id, Application.controller_id,
    Application.with_authority, Application.state, Application.submitted_at, Application.arrival_number,
    Application.name_sealed,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register. ``name`` is empty where the application has been erased; ``kind`` is the application
    itself, or which side has written a letter about it."""

    application_id: UUID
    kind: str  # application, candidate, office
    number: int
    arrived_at: datetime
    name: str
    title: str
    party_name: str
    late: bool
    taken_back: bool


_ARRIVED = select(
    Application.id.label("application_id"),
    Application.arrival_number.label("number"),
    Application.submitted_at.label("at"),
    literal("application").label("kind"),
).where(Application.arrival_number.is_not(None), Application.submitted_at.is_not(None))
_WRITTEN = select(Message.application_id, Message.arrival_number, Message.written_at, Message.sender).where(
    Message.arrival_number.is_not(None)
)


def arrived(session: Session, *, before: int | None = None) -> list[Entry]:
    """The newest records, or those with numbers lower than ``before``; at most a page of them."""
    numbered = union_all(_ARRIVED, _WRITTEN).subquery("numbered")
    rows = (
        select(numbered.c.kind, numbered.c.number, numbered.c.at, Application, Ad.title, Party.name)
        .join(Application, Application.id == numbered.c.application_id)
        .join(Ad, Ad.id == Application.ad_id)
        .join(Party, Party.id == Application.party_id)
        .options(load_only(*_LISTED))
        .order_by(numbered.c.number.desc())
        .limit(ON_A_PAGE)
    )
    if before is not None:
        rows = rows.where(numbered.c.number < max(0, min(before, HIGHEST)))
    found = session.execute(rows).all()
    names = names_of(session, [row.Application for row in found])
    return [_entry(row, names.get(row.Application.id, "")) for row in found]


def _entry(row: Row[Any], name: str) -> Entry:
    application, is_application = row.Application, row.kind == "application"
    return Entry(
        application_id=application.id,
        kind=row.kind,
        number=row.number,
        arrived_at=row.at,
        name=name,
        title=row.title,
        party_name=row.name,
        late=is_application and application.state == State.LATE,
        taken_back=is_application and application.state == State.WITHDRAWN,
    )


def letters_of(session: Session, application: Application) -> list[tuple[int, Opened]]:
    """What has been written about the application, by number, the oldest first; nothing once it is erased."""
    key = key_of(session, application)
    written = messages_of(session, application.id) if key is not None else ()
    if key is None or not written:
        return []
    return list(zip((one.arrival_number or 0 for one in written), opened(session, key, written), strict=True))


def record_of(session: Session, application_id: UUID) -> tuple[Application, Ad, Party] | None:
    """One arrived application with its ad and party; None for what the authority may not see or what never arrived."""
    found = session.execute(
        select(Application, Ad, Party)
        .join(Ad, Ad.id == Application.ad_id)
        .join(Party, Party.id == Application.party_id)
        .where(Application.id == application_id, Application.arrival_number.is_not(None))
    ).one_or_none()
    return None if found is None else (found.Application, found.Ad, found.Party)
