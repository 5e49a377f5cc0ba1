"""Whose protected identities there are, in whose hand their keys open, and how often they were opened."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from portal import scope
from portal.accounts.models import Person
from portal.ads.models import Ad
from portal.applications.models import Application, ProtectedIdentity
from portal.applications.states import COUNTS
from portal.documents.engines.layout import layout
from portal.documents.models import Document
from portal.documents.queries import documents_of
from portal.organisations.models import Party
from portal.protection.access import stands_until
from portal.protection.models import IdentityOpening
from portal.protection.paper_masks import PageMasks, pages_in
from portal.review.queries.person import applied_to, with_conflict
from portal.review.queries.readers import is_read_by, reader_of_ad
from portal.scope import acting_for, reading_for
from portal.vault.services import ApplicationKey, open_application_key


def reader_for(session: Session, *, party_id: UUID, ad_id: UUID) -> UUID | None:
    """Who reads in a recruitment, for a candidate: their own scope must not see the ad's row, so a session of its own that
    acts for the party looks. The request's connection is let go first, for nobody should hold two."""
    session.commit()
    with acting_for(scope.party(party_id)) as own:
        return _reader_of(own, ad_id)


def reader_held(session: Session, *, party_id: UUID, ad_id: UUID) -> UUID | None:
    """The same within the unit of work of what is to be wrapped for them: nobody else can be named before it ends, and
    whoever is named after it finds what it has left."""
    with reading_for(scope.party(party_id), within=session) as own:
        own.get_one(Party, party_id, with_for_update={"read": True})
        own.get_one(Ad, ad_id, with_for_update={"read": True})
        return _reader_of(own, ad_id)


def _reader_of(session: Session, ad_id: UUID) -> UUID | None:
    found = reader_of_ad(session, session.get_one(Ad, ad_id))
    return found.id if found else None


class Protected(NamedTuple):
    """One who has applied under a code name."""

    application_id: UUID
    ad_id: UUID
    title: str
    code_name: str
    controller_id: UUID


def read_by(session: Session, person_id: UUID) -> list[Protected]:
    """Everybody in the scope who has applied under a code name and whom this person reads, the last first; not where the
    person has applied themselves, nor whom they have jäv for. No name is opened."""
    rows = _protected(session, is_read_by(person_id) & ~with_conflict(person_id))
    own = applied_to(session, person_id, {row.ad_id: row.controller_id for row in rows})
    return [row for row in rows if row.ad_id not in own]


def protected_in(session: Session, ad_id: UUID, *, person_id: UUID) -> list[Protected]:
    """The same of one recruitment, whoever reads: but for those of whom it was said that this person has jäv. To them the
    application is gone, also that there is one."""
    return _protected(session, (ProtectedIdentity.ad_id == ad_id) & ~with_conflict(person_id))


def stands_aside(session: Session, ad_id: UUID, *, reader_id: UUID, person_id: UUID) -> bool:
    """Whether whoever reads has jäv for somebody who has applied to this recruitment under a code name, or has applied to it
    themselves and comes to none, as far as this person may know: nobody is told of one whom they have jäv for themselves,
    but whoever has opened that identity."""
    opened = ProtectedIdentity.id.in_(select(IdentityOpening.identity_id).where(IdentityOpening.opened_by == person_id))
    known = (ProtectedIdentity.ad_id == ad_id) & (~with_conflict(person_id) | opened)
    rows = _protected(session, known)
    if not rows:
        return False
    return bool(
        applied_to(session, reader_id, {ad_id: rows[0].controller_id})
        or _protected(session, known & with_conflict(reader_id))
    )


def _protected(session: Session, which: ColumnElement[bool]) -> list[Protected]:
    rows = (
        select(
            ProtectedIdentity.application_id,
            ProtectedIdentity.ad_id,
            Ad.title,
            ProtectedIdentity.code_name,
            Ad.controller_id,
        )
        .join(Ad, Ad.id == ProtectedIdentity.ad_id)
        .join(Application, Application.id == ProtectedIdentity.application_id)
        .where(Application.state.in_(COUNTS), which)
        .order_by(ProtectedIdentity.made_at.desc(), ProtectedIdentity.id)
    )
    return [Protected(*row) for row in session.execute(rows)]


def has_paper(session: Session, application_id: UUID) -> bool:
    """Whether a CV came with an application under a code name; also for the candidate, who opens nothing of it."""
    own = select(ProtectedIdentity.paper_sealed.is_not(None)).where(ProtectedIdentity.application_id == application_id)
    return bool(session.scalar(own))


def identity_of(session: Session, ad_id: UUID, application_id: UUID) -> ProtectedIdentity | None:
    """The identity behind one application of this recruitment, sealed."""
    own = select(ProtectedIdentity).where(
        ProtectedIdentity.ad_id == ad_id, ProtectedIdentity.application_id == application_id
    )
    return session.scalars(own).one_or_none()


def identity_key(session: Session, identity: ProtectedIdentity, *, reader_id: UUID | None) -> ApplicationKey:
    """The key of its own, in the hand of the one person it is wrapped for. Raises `KeyGone` once it is destroyed, and
    `SealBroken` for every other person."""
    outer = _outer_key(session, identity)
    if identity.key_sealed is None:  # left before keys were bound to a reader
        return outer
    return ApplicationKey(identity.id, outer.open_bytes(_key_place(reader_id), identity.key_sealed))


def key_wrapped_for(session: Session, identity: ProtectedIdentity, key: ApplicationKey, reader_id: UUID) -> bytes:
    """The same key, to be opened by this person alone."""
    return _outer_key(session, identity).seal_bytes(_key_place(reader_id), key.raw)


def _outer_key(session: Session, identity: ProtectedIdentity) -> ApplicationKey:
    return open_application_key(session, application_id=identity.id, controller_id=identity.controller_id)


def _key_place(reader_id: UUID | None) -> str:
    return f"protected_identity.key|{reader_id}"


def place_of(column: str) -> str:
    """Where a column of the identity is sealed for."""
    return f"protected_identity.{column}"


def reason_place(opening_id: UUID) -> str:
    """Where the reason of an opening is sealed for."""
    return f"identity_opening.{opening_id}"


class Opened(NamedTuple):
    """One opening, as the reader's page tells it."""

    by: str
    at: datetime
    reason: str


def openings_of(session: Session, identity: ProtectedIdentity, *, reader_id: UUID) -> list[Opened]:
    """Every opening, the last first, with its reason in clear."""
    rows = session.execute(
        select(IdentityOpening, Person.name)
        .join(Person, Person.id == IdentityOpening.opened_by)
        .where(IdentityOpening.identity_id == identity.id)
        .order_by(IdentityOpening.opened_at.desc(), IdentityOpening.id)
    ).all()
    key = identity_key(session, identity, reader_id=reader_id) if rows else None
    return [
        Opened(name, row.opened_at, key.open_text(reason_place(row.id), row.reason_sealed)) for row, name in rows if key
    ]


def has_opened(session: Session, ad_id: UUID, application_id: UUID, *, person_id: UUID) -> bool:
    """Whether this person has ever opened that identity, so that it is no news to them that there is one."""
    identity = identity_of(session, ad_id, application_id)
    if identity is None:
        return False
    own = IdentityOpening.identity_id == identity.id, IdentityOpening.opened_by == person_id
    return session.scalar(select(IdentityOpening.id).where(*own).limit(1)) is not None


def open_until(session: Session, identity: ProtectedIdentity, *, person_id: UUID, at: datetime) -> datetime | None:
    """Until when this person may read the paper, for the reason they last gave; None where they are to give one."""
    last = select(func.max(IdentityOpening.opened_at)).where(
        IdentityOpening.identity_id == identity.id, IdentityOpening.opened_by == person_id
    )
    return stands_until(session.scalar(last), at=at)


def masks_of(session: Session, identity: ProtectedIdentity, *, reader_id: UUID) -> list[PageMasks]:
    """What covers the paper; empty before anybody has looked, and where its pages are set otherwise since."""
    if identity.masks_sealed is None:
        return []
    key = identity_key(session, identity, reader_id=reader_id)
    return pages_in(key.open_text(place_of("masks"), identity.masks_sealed), layout())


def handed_over(session: Session, application_id: UUID) -> list[Document]:
    """The covered paper of one under a code name, who can leave no attachment of their own."""
    return [document for document in documents_of(session, application_id) if document.slot == "attachment"]
