"""Each opening of a protected identity, by whom and why."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, PartyRow


class IdentityOpening(PartyRow, Base):
    """The reader has opened one. It goes with the identity; that it was opened stays in the log."""

    __tablename__ = "identity_opening"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(
                ["party_id", "identity_id"],
                ["protected_identity.party_id", "protected_identity.id"],
                ondelete="CASCADE",
            ),
        )

    identity_id: Mapped[UUID] = mapped_column(index=True)
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    reason_sealed: Mapped[bytes]  # under the identity's own key: it may say who it is
