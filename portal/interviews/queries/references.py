"""Whom a candidate has named, and what they have said."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.ads.models import Ad
from portal.applications.models import Application
from portal.interviews.models import Reference, ReferenceWord
from portal.review.queries.case import Listed
from portal.review.queries.person import with_conflict
from portal.review.queries.readers import reader_of_ad
from portal.vault.services import ApplicationKey, open_application_key


@dataclass(frozen=True, slots=True)
class Named:
    """One reference, opened."""

    id: UUID
    name: str
    contact: str
    relation: str
    agreed_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What a reference has said, and who wrote it down when."""

    criterion_id: UUID | None
    text: str
    by: str
    at: datetime


def references_of(session: Session, application: Application | Listed, *, taken_back: bool = False) -> list[Named]:
    """The candidate's references in the order they were given; those that were ``taken_back`` and are kept where they are
    asked for."""
    wanted = select(Reference).where(Reference.application_id == application.id)
    if not taken_back:
        wanted = wanted.where(Reference.taken_back_at.is_(None))
    rows = session.scalars(wanted.order_by(Reference.agreed_at, Reference.id)).all()
    if not rows:
        return []
    key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
    return [_named(key, row) for row in rows]


def opened_texts(key: ApplicationKey, row: Reference) -> dict[str, str]:
    """What the candidate has written of one, by field."""
    return {name: key.open_text(place_of(row.id, name), getattr(row, f"{name}_sealed")) for name in FIELDS}


def _named(key: ApplicationKey, row: Reference) -> Named:
    return Named(id=row.id, agreed_at=row.agreed_at, **opened_texts(key, row))


FIELDS = ("name", "contact", "relation")


def place_of(reference_id: UUID, name: str) -> str:
    """Where one of a reference's texts is sealed for."""
    return f"candidate_reference.{reference_id}.{name}"


def words_of(session: Session, application: Application | Listed) -> dict[UUID, list[Told]]:
    """What has been said of the candidate, by reference, the oldest first."""
    rows = session.execute(
        select(ReferenceWord, Person.name)
        .join(Person, Person.id == ReferenceWord.written_by)
        .where(ReferenceWord.application_id == application.id)
        .order_by(ReferenceWord.written_at, ReferenceWord.id)
    ).all()
    found: dict[UUID, list[Told]] = {}
    if rows:
        key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
        for row, name in rows:
            text = key.open_text(f"reference_word.{row.id}", row.text_sealed)
            found.setdefault(row.reference_id, []).append(Told(row.criterion_id, text, name, row.written_at))
    return found


def who_knows_whom(session: Session, ad: Ad, application_id: UUID) -> Person | None:
    """Who can tell a reference whom a call is about, where the candidate is under a code name: whoever reads in the
    recruitment, unless they have jäv for this one. None where nobody can."""
    reader = reader_of_ad(session, ad)
    if reader is None:
        return None
    aside = select(Application.id).where(Application.id == application_id, with_conflict(reader.id))
    return None if session.scalar(aside) is not None else reader
