"""Accounts of people who are in no home any more, and people who never said yes: what nobody needs is not kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.accounts.session import end_sessions
from portal.audit.services import PLATFORM_CHAIN, SYSTEM, record
from portal.locking import HELD
from portal.organisations.models import Membership

# Since the last home was left: whoever comes back after an election has their way in.
CLOSED_AFTER = timedelta(days=365)
# Since an invitation that was never answered was taken back.
FORGOTTEN_AFTER = timedelta(days=90)
MOST = 50  # people in a unit of work: there is one writer on SQLite
_log = structlog.get_logger("accounts")


def closes_at(session: Session, person_id: UUID) -> datetime | None:
    """When the account of somebody who is in no home is closed; None for whoever is in one, or is invited to one."""
    left = session.execute(_homeless().where(Person.id == person_id)).one_or_none()
    return left.last_left + CLOSED_AFTER if left is not None else None


def to_close(session: Session, *, at: datetime) -> Sequence[UUID]:
    """Whose accounts are to be closed by now, a few at a time."""
    return session.scalars(_closable(at).limit(MOST)).all()


def to_forget(session: Session, *, at: datetime) -> Sequence[UUID]:
    """Who has never said yes to anything, and was last invited long enough ago; a few at a time."""
    return session.scalars(_forgettable(at).limit(MOST)).all()


def close_account(session: Session, person_id: UUID, *, at: datetime) -> None:
    """Take away the password and the key of the telephone: invited again they choose new ones. Name and address stay, since
    what they have done stands in their name. Whoever has been invited meanwhile is left alone."""
    person = session.get_one(Person, person_id, with_for_update=HELD)
    if session.execute(_closable(at).where(Person.id == person_id)).first() is None:
        return
    person.password_hash = person.totp_sealed = None
    end_sessions(session, person, at=at)
    record(session, chain=PLATFORM_CHAIN, at=at, actor=SYSTEM, verb="account.closed", object_id=person_id)


def forget_person(session: Session, person_id: UUID, *, at: datetime) -> None:
    """Take away somebody who never said yes, with what was written of them. Whoever stands anywhere else is left."""
    person = session.get_one(Person, person_id, with_for_update=HELD)
    if session.execute(_forgettable(at).where(Person.id == person_id)).first() is None:
        return
    try:
        with session.begin_nested():
            for membership in session.scalars(select(Membership).where(Membership.person_id == person_id)):
                session.delete(membership)
            session.flush()
            session.delete(person)
    except IntegrityError:
        _log.warning("person_stands_elsewhere")
        return
    record(session, chain=PLATFORM_CHAIN, at=at, actor=SYSTEM, verb="person.forgotten", object_id=person_id)


_LAST_LEFT = func.max(Membership.ended_at)


def _homeless() -> Select[UUID, datetime | None]:
    """Everybody all of whose memberships and invitations have ended, and when the last one did."""
    there = select(Membership.person_id).where(Membership.ended_at.is_(None))
    rows = select(Person.id, _LAST_LEFT.label("last_left")).join(Membership, Membership.person_id == Person.id)
    return rows.where(Person.id.not_in(there)).group_by(Person.id).order_by(Person.id)


def _closable(at: datetime) -> Select[UUID, datetime | None]:
    return _homeless().where(Person.password_hash.is_not(None)).having(at - CLOSED_AFTER >= _LAST_LEFT)


def _forgettable(at: datetime) -> Select[UUID, datetime | None]:
    nobody = Person.password_hash.is_(None)
    return _homeless().where(nobody).having(at - FORGOTTEN_AFTER >= _LAST_LEFT, func.count(Membership.accepted_at) == 0)
