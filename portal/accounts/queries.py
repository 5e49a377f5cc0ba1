"""People and their log-in sessions, found."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.address import canonical
from portal.accounts.models import LoginSession, Person
from portal.accounts.session import is_alive


def person_at(session: Session, email: str) -> Person | None:
    """The person with this address, however it is spelt."""
    return session.scalars(select(Person).where(Person.email == canonical(email))).one_or_none()


def has_account(person: Person) -> bool:
    """True when the person has chosen a password and confirmed a one-time code, and is not disabled."""
    return bool(person.password_hash and person.totp_sealed) and person.disabled_at is None


def sessions_of(session: Session, person_id: UUID, *, at: datetime) -> Sequence[LoginSession]:
    """The log-in sessions of a person that are alive, the latest used first."""
    rows = session.scalars(
        select(LoginSession)
        .options(joinedload(LoginSession.person))
        .where(LoginSession.person_id == person_id, LoginSession.ended_at.is_(None))
        .order_by(LoginSession.last_seen_at.desc())
        .limit(50)
    )
    return [row for row in rows if is_alive(row, at)]
