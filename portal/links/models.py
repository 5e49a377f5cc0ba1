"""The only way from a token in an address to a scope: a row that keeps the token's hash and what it is for. And which
browsers have come in by it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Purpose(StrEnum):
    """What a link is for. A link of one purpose opens nothing else."""

    APPLICATION = "application"  # the candidate's private link: to the draft, then to what was sent
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


class Visit(Base):
    """One browser at the door of a link, known by a cookie. Its code is kept as a keyed hash; ``open_until`` is set when
    the code was right. Nothing of a person, and nothing without its link."""

    __tablename__ = "link_visit"
    __table_args__ = (
        CheckConstraint("tries BETWEEN 0 AND 5", name="five_tries_of_a_code"),
        CheckConstraint("(code_hash IS NULL) = (code_until IS NULL)", name="code_has_its_end"),
    )

    link_id: Mapped[UUID] = mapped_column(ForeignKey("link.id", ondelete="CASCADE"), index=True)
    cookie_hash: Mapped[bytes] = mapped_column(unique=True)
    code_hash: Mapped[bytes | None]
    code_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    open_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
