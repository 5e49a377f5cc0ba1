"""Authorities and parties made. Each gets its own key before anything can be sealed for it."""

import secrets
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.audit.services import PLATFORM_CHAIN
from portal.organisations.models import Authority, Party
from portal.organisations.names import as_read
from portal.organisations.retention import PARTY_RULE, Retention
from portal.organisations.services.settings import NameTaken, note, require_free, say_rule
from portal.vault.services import create_controller_key


def add_authority(
    session: Session, *, name: str, kind: str, controller_name: str, by: UUID | None, at: datetime
) -> Authority:
    """A new region or municipality, with its key. Raises `NameTaken`."""
    if as_read(name) in map(as_read, session.scalars(select(Authority.name))):
        raise NameTaken(name=name)
    authority = Authority(id=uuid4(), name=name, kind=kind, controller_name=controller_name, created_at=at)
    try:
        with session.begin_nested():
            session.add(authority)
    except IntegrityError:  # somebody else has just taken it
        raise NameTaken(name=name) from None
    create_controller_key(session, authority.id, at=at)
    note(session, PLATFORM_CHAIN, "authority.added", authority.id, by, at)
    return authority


def add_party(
    session: Session, *, authority_id: UUID, name: str, hue: int, controller_name: str, by: UUID | None, at: datetime
) -> Party:
    """A new party in an authority, with a random name for its colours and a key of its own. Raises `NameTaken`."""
    require_free(session, authority_id, name)
    party = Party(
        id=uuid4(),
        authority_id=authority_id,
        name=name,
        key=f"p{secrets.token_hex(6)}",
        hue=hue,
        controller_name=controller_name,
        created_at=at,
    )
    session.add(party)
    session.flush()
    say_rule(session, party, Retention(None, PARTY_RULE, None), by, at)
    create_controller_key(session, party.id, at=at)
    note(session, party.id, "party.added", party.id, by, at)
    return party
