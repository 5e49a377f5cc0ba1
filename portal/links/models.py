"""The only way from a token in an address to a scope: a row that keeps the token's hash and what it is for."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Purpose(StrEnum):
    """What a link is for. A link of one purpose opens nothing else."""

    APPLICATION = "application"  # the candidate's private page
    DRAFT = "draft"  # the cookie that finds an unfinished application again
    PROPOSAL = "proposal"  # keep or replace, sent to the address of an application
    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105 the purpose, not a secret


class Link(Base):
    """One link. ``subject_id`` is an application, a proposal, an invitation or a person; nothing of a party or an ad."""

    __tablename__ = "link"
    __table_args__ = (UniqueConstraint("purpose", "subject_id", "generation"),)

    token_hash: Mapped[bytes] = mapped_column(unique=True)
    purpose: Mapped[str]
    scope_kind: Mapped[str]
    scope_id: Mapped[UUID | None]
    subject_id: Mapped[UUID]
    generation: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
