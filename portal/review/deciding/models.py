"""What those who decide have answered about jäv, the named decider and the office alike; and who falls on a krav."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, column
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, PartyRow

_NOT_TAKEN_BACK = column("taken_back_at").is_(None)


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


class RequirementDecision(PartyRow, Base):
    """A person's decision of one krav and one candidate: falls on it, or goes on. Taken back, it stays as history."""

    __tablename__ = "requirement_decision"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            ForeignKeyConstraint(["party_id", "criterion_id"], ["ad_criterion.party_id", "ad_criterion.id"]),
            CheckConstraint("result IN ('faller', 'gar_vidare')", name="known_result"),
            CheckConstraint("(taken_back_at IS NULL) = (taken_back_by IS NULL)", name="taken_back_by_somebody"),
            CheckConstraint(
                "taken_back_at IS NULL OR taken_back_reason_sealed IS NOT NULL", name="taken_back_with_reason"
            ),
            Index(
                "one_standing_decision_per_krav",
                "party_id",
                "application_id",
                "criterion_id",
                unique=True,
                sqlite_where=_NOT_TAKEN_BACK,
                postgresql_where=_NOT_TAKEN_BACK,
            ),
            Index("ix_requirement_decision_party_id_application_id", "party_id", "application_id"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID]
    criterion_id: Mapped[UUID]
    result: Mapped[str]  # requirements.Ruling
    reason_sealed: Mapped[bytes]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]
    taken_back_reason_sealed: Mapped[bytes | None]
    taken_back_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    taken_back_at: Mapped[datetime | None]
