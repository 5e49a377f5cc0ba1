"""Who may open identities, whose they are, and how often they were opened."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.ads.models import Ad
from portal.applications.models import Application, ProtectedIdentity
from portal.applications.states import COUNTS
from portal.organisations.access import Role
from portal.organisations.models import Membership, Party
from portal.protection.models import IdentityOpening
from portal.review.queries.panel import belongs
from portal.vault.services import ApplicationKey, open_application_key


def office_of(session: Session, party_id: UUID) -> Sequence[Person]:
    """The people of the party's office, in order of name: whoever can be named the reader."""
    rows = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.party_id == party_id, Membership.role == Role.KANSLI, belongs())
        .order_by(Person.name, Person.id)
        .distinct()
    )
    return session.scalars(rows).all()


def reader_of(session: Session, party_id: UUID) -> Person | None:
    """The reader whom the party has named, as long as they are of its office; in any scope."""
    wanted = session.scalar(select(Party.identity_reader_id).where(Party.id == party_id))
    return next((one for one in office_of(session, party_id) if one.id == wanted), None) if wanted else None


class Protected(NamedTuple):
    """One who has applied under a code name."""

    application_id: UUID
    ad_id: UUID
    title: str
    code_name: str


def protected_in_party(session: Session) -> list[Protected]:
    """Everybody in the scope who has applied under a code name, the last first. No name is opened."""
    rows = (
        select(ProtectedIdentity.application_id, ProtectedIdentity.ad_id, Ad.title, ProtectedIdentity.code_name)
        .join(Ad, Ad.id == ProtectedIdentity.ad_id)
        .join(Application, Application.id == ProtectedIdentity.application_id)
        .where(Application.state.in_(COUNTS))
        .order_by(ProtectedIdentity.made_at.desc(), ProtectedIdentity.id)
    )
    return [Protected(*row) for row in session.execute(rows)]


def identity_of(session: Session, ad_id: UUID, application_id: UUID) -> ProtectedIdentity | None:
    """The identity behind one application of this recruitment, sealed."""
    own = select(ProtectedIdentity).where(
        ProtectedIdentity.ad_id == ad_id, ProtectedIdentity.application_id == application_id
    )
    return session.scalars(own).one_or_none()


def identity_key(session: Session, identity: ProtectedIdentity) -> ApplicationKey:
    """The key of its own. Raises `KeyGone`."""
    return open_application_key(session, application_id=identity.id, controller_id=identity.controller_id)


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


def openings_of(session: Session, identity: ProtectedIdentity) -> list[Opened]:
    """Every opening, the last first, with its reason in clear."""
    rows = session.execute(
        select(IdentityOpening, Person.name)
        .join(Person, Person.id == IdentityOpening.opened_by)
        .where(IdentityOpening.identity_id == identity.id)
        .order_by(IdentityOpening.opened_at.desc(), IdentityOpening.id)
    ).all()
    key = identity_key(session, identity) if rows else None
    return [
        Opened(name, row.opened_at, key.open_text(reason_place(row.id), row.reason_sealed)) for row, name in rows if key
    ]
