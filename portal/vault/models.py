"""The controllers' keys, each wrapped by the installation's. They tell nothing of any person."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class ControllerKey(Base):
    """The key of one controller (a party or an authority), which wraps the keys of its applications."""

    __tablename__ = "controller_key"
    __table_args__ = (UniqueConstraint("controller_id", "generation"),)

    controller_id: Mapped[UUID]
    generation: Mapped[int] = mapped_column(default=1)
    wrapped: Mapped[bytes]
    created_at: Mapped[datetime]
