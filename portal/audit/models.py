"""The audit chain's tables: lines that are only ever added, and a head per chain whose row is the chain's lock."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

CANDIDATE = "candidate"  # as actor: whoever holds the private link


class AuditHead(Base):
    """The end of one chain (``id`` is the chain's): a party's, or the platform's. Whoever appends locks this row.

    ``seal`` is rolled on with every line and needs the installation's key, so a head cannot be set back to fit a chain
    whose tail has been cut off. It covers the first ``sealed_count`` lines: all, or all but those that a program from
    before the seal has added.
    """

    __tablename__ = "audit_head"

    count: Mapped[int] = mapped_column(default=0)
    last_hash: Mapped[bytes]
    sealed_count: Mapped[int] = mapped_column(default=0)
    seal: Mapped[bytes]


class AuditLine(Base):
    """One thing done or read: ids and a verb, no names. A trigger refuses every change and deletion."""

    __tablename__ = "audit_line"
    __table_args__ = (UniqueConstraint("chain_id", "number"),)

    chain_id: Mapped[UUID]
    number: Mapped[int]
    at: Mapped[datetime]
    actor: Mapped[str]
    verb: Mapped[str]
    object_id: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(default="")
    previous_hash: Mapped[bytes]
    hash: Mapped[bytes]
