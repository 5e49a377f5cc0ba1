"""Links made, followed and ended. The token is derived, so a mail can show it again; only its hash is kept."""

import base64
import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.links.models import Link, Purpose
from portal.scope import Scope, ScopeKind
from portal.vault.sealing import fingerprint
from portal.vault.services import the_vault

_TOKEN_BYTES = 18  # 144 bits


def make_link(
    session: Session, *, purpose: Purpose, subject_id: UUID, scope: Scope, at: datetime, expires_at: datetime
) -> str:
    """Make a link (or the next generation of it, ending the former) and return its token."""
    former = session.scalars(select(Link).where(Link.purpose == purpose, Link.subject_id == subject_id)).all()
    for link in former:
        link.ended_at = link.ended_at or at
    generation = max((link.generation for link in former), default=0) + 1
    token = _token(purpose, subject_id, generation)
    session.add(
        Link(
            token_hash=_hash(token),
            purpose=purpose,
            scope_kind=scope.kind,
            scope_id=scope.id,
            subject_id=subject_id,
            generation=generation,
            created_at=at,
            expires_at=expires_at,
        )
    )
    return token


def token_of(session: Session, *, purpose: Purpose, subject_id: UUID) -> str | None:
    """The token of the link that is in force, to be shown again; None when there is none."""
    newest = select(Link.generation).where(
        Link.purpose == purpose, Link.subject_id == subject_id, Link.ended_at.is_(None)
    )
    generation = session.scalar(newest.order_by(Link.generation.desc()).limit(1))
    return None if generation is None else _token(purpose, subject_id, generation)


def follow_link(session: Session, token: str, *, purpose: Purpose, at: datetime) -> Link | None:
    """The link of this token and purpose, if it is in force at ``at``. Changes nothing."""
    link = session.scalars(select(Link).where(Link.token_hash == _hash(token))).one_or_none()
    if link is None or link.purpose != purpose or link.ended_at is not None or link.expires_at <= at:
        return None
    return link


def end_link(session: Session, *, purpose: Purpose, subject_id: UUID, at: datetime) -> None:
    """End every link of this purpose to this subject: a token that was used or withdrawn opens nothing."""
    for link in session.scalars(select(Link).where(Link.purpose == purpose, Link.subject_id == subject_id)):
        link.ended_at = link.ended_at or at


def scope_of_link(link: Link) -> Scope:
    """The scope the link leads to."""
    return Scope(ScopeKind(link.scope_kind), link.scope_id)


def _token(purpose: Purpose, subject_id: UUID, generation: int) -> str:
    key = the_vault().keyring.derive("links")
    digest = fingerprint(key, f"{subject_id}\0{generation}", purpose=purpose)
    return base64.urlsafe_b64encode(digest[:_TOKEN_BYTES]).decode()


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
