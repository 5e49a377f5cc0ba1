"""What those who decide have answered about jäv, the named decider and the office alike."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, PartyRow


class DecidingAnswer(PartyRow, Base):
    """What somebody who decides and is not of the panel answered about one application: has jäv or not.

    Whoever is named to the panel later takes these answers along as `ConflictAnswer` of theirs.
    """

    __tablename__ = "deciding_answer"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("party_id", "person_id", "application_id"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    application_id: Mapped[UUID]
    has_conflict: Mapped[bool]
    ground: Mapped[str] = mapped_column(default="")  # a key of review.conflicts.GROUNDS
    answered_at: Mapped[datetime]
