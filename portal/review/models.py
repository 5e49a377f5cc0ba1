"""The panel of a recruitment, their conflicts, scores and orders. Notes are sealed under the application's key."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base, PartyRow


class ReviewCase(PartyRow, Base):
    """How one ad's candidates are reviewed: until when, and when the criteria's weights were locked."""

    __tablename__ = "review_case"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            UniqueConstraint("party_id", "ad_id"),
        )

    ad_id: Mapped[UUID]
    hand_in_by: Mapped[datetime | None]  # the phase's last minute
    created_at: Mapped[datetime]


class PanelMember(PartyRow, Base):
    """One assessor of one recruitment, with what they have got to."""

    __tablename__ = "panel_member"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            UniqueConstraint("party_id", "id"),
            UniqueConstraint("party_id", "ad_id", "person_id"),
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int]
    leads: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    handed_in_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class ConflictAnswer(PartyRow, Base):
    """What one assessor answered about one application: has jäv or not. Without an answer nothing opens."""

    __tablename__ = "conflict_answer"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "panel_member_id"], ["panel_member.party_id", "panel_member.id"]),
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("party_id", "panel_member_id", "application_id"),
        )

    panel_member_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID]
    has_conflict: Mapped[bool]
    ground: Mapped[str] = mapped_column(default="")  # a key of review.conflicts.GROUNDS
    answered_at: Mapped[datetime]


class Score(PartyRow, Base):
    """One assessor's view of one application by one criterion: a step 0–3, ja/nej, or neither (kan inte bedöma)."""

    __tablename__ = "score"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            UniqueConstraint("party_id", "id"),
            ForeignKeyConstraint(["party_id", "panel_member_id"], ["panel_member.party_id", "panel_member.id"]),
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            ForeignKeyConstraint(["party_id", "criterion_id"], ["ad_criterion.party_id", "ad_criterion.id"]),
            UniqueConstraint("party_id", "panel_member_id", "application_id", "criterion_id"),
            CheckConstraint("step IS NULL OR step BETWEEN 0 AND 3", name="step_on_the_scale"),
            CheckConstraint("present IS NULL OR present IN ('ja', 'nej', 'framgar_inte')", name="known_presence"),
            CheckConstraint("step IS NULL OR present IS NULL", name="scale_or_presence"),
        )

    panel_member_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID] = mapped_column(index=True)
    criterion_id: Mapped[UUID]
    step: Mapped[int | None]
    present: Mapped[str | None]
    saved_at: Mapped[datetime]


class ScoreChange(PartyRow, Base):
    """A change of a score: what it was. After handing in, a change has a line of reason."""

    __tablename__ = "score_change"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (ForeignKeyConstraint(["party_id", "score_id"], ["score.party_id", "score.id"]),)

    score_id: Mapped[UUID] = mapped_column(index=True)
    former_step: Mapped[int | None]
    former_present: Mapped[str | None]
    reason_sealed: Mapped[bytes | None]
    changed_at: Mapped[datetime]


class OwnPlace(PartyRow, Base):
    """The place one assessor gives one application in their own order. Equal places are ties."""

    __tablename__ = "own_place"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "panel_member_id"], ["panel_member.party_id", "panel_member.id"]),
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("party_id", "panel_member_id", "application_id"),
            CheckConstraint("place >= 1", name="places_from_one"),
        )

    panel_member_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID]
    place: Mapped[int]


class InterviewCall(PartyRow, Base):
    """The recorded step *kallas till intervju*. From it on, the application's salary claim may be read."""

    __tablename__ = "interview_call"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("party_id", "application_id"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID]
    called_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    called_at: Mapped[datetime]
