"""What is kept of an application in a blind review."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, PartyRow


class Masking(PartyRow, Base):
    """One application in a blind review: its code name, and from when everything of it is masked and approved.

    The row stays when the application is taken back, so that its code name is never given to another.
    """

    __tablename__ = "masking"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("party_id", "application_id"),
            UniqueConstraint("party_id", "ad_id", "code_name"),
            CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", name="approved_by_somebody"),
            CheckConstraint("approved_at IS NULL OR suggested_at IS NOT NULL", name="approved_after_suggested"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID]
    code_name: Mapped[str]  # a pair of review.blind.code_names
    suggested_at: Mapped[datetime | None]  # what the machine suggests is there, for all pages and texts
    approved_at: Mapped[datetime | None]  # in the blind queue from here on
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
