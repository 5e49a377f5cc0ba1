"""Events: what happened, written in the transaction in which it happened, for later features to act on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Event(Base):
    """One piece of news: ids and times only. The worker acts on it in its own scope until every handler has."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_pending", "handled_at", "due_at"),)

    kind: Mapped[str]
    scope_kind: Mapped[str]
    scope_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    handled_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    handlers_done: Mapped[list[str]] = mapped_column(JSON, default=list)


class LastRound(Base):
    """When a worker last made its round, by a clock that was believed: one row."""

    __tablename__ = "last_round"

    at: Mapped[datetime]
