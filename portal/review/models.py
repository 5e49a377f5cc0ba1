"""The panel of a recruitment, their conflicts, scores and orders. Notes are sealed under the application's key."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    and_,
    false,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base, PartyRow


class ReviewCase(PartyRow, Base):
    """How one ad's candidates are reviewed: in which phase the review is, whether blind, and until when to hand in."""

    __tablename__ = "review_case"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            UniqueConstraint("party_id", "ad_id"),
            CheckConstraint("phase IN ('jav', 'blind', 'oppen', 'intervjuer', 'beslut')", name="known_phase"),
            CheckConstraint("blind OR phase <> 'blind'", name="blind_phase_where_chosen"),
        )

    ad_id: Mapped[UUID]
    phase: Mapped[str] = mapped_column(default="jav", server_default="jav")  # phases.Phase
    blind: Mapped[bool] = mapped_column(default=False, server_default=false())
    scores_wait_for_all: Mapped[bool] = mapped_column(default=False, server_default=false())  # visibility.Sharing
    notes_wait_for_all: Mapped[bool] = mapped_column(default=True, server_default=true())
    hand_in_by: Mapped[datetime | None]  # the phase's last minute
    decider_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))  # None: whoever leads decides
    decider_named_at: Mapped[datetime | None]  # None: before that was kept
    created_at: Mapped[datetime]


class PhaseChange(PartyRow, Base):
    """The review moved on: from which phase to which, when, and who did it; nobody where a date did."""

    __tablename__ = "phase_change"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            UniqueConstraint("party_id", "ad_id", "phase"),  # a recruitment comes to each phase once
            CheckConstraint("phase <> former", name="moved"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    former: Mapped[str]
    phase: Mapped[str]
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]

    person: Mapped[Person | None] = relationship()


class PhasePlan(PartyRow, Base):
    """When a phase begins by itself, unless somebody moves on before."""

    __tablename__ = "phase_plan"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            UniqueConstraint("party_id", "ad_id", "phase"),
            CheckConstraint("phase IN ('intervjuer', 'beslut')", name="phase_that_is_planned"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    phase: Mapped[str]
    begins_at: Mapped[datetime]


class PanelMember(PartyRow, Base):
    """One assessor of one recruitment, with what they have got to. A deputy assesses only what they are called in for."""

    __tablename__ = "panel_member"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            UniqueConstraint("party_id", "id"),
            UniqueConstraint("party_id", "ad_id", "person_id"),
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            CheckConstraint("NOT (deputy AND leads)", name="deputy_does_not_lead"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int]  # from 1, among the assessors or among the deputies
    leads: Mapped[bool] = mapped_column(default=False)
    deputy: Mapped[bool] = mapped_column(default=False, server_default=false())
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    introduced_at: Mapped[datetime | None]  # when they went on from the page that says why it is done like this
    nudged_at: Mapped[datetime | None]  # when the office last reminded them
    handed_in_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


_LEADING = and_(PanelMember.leads, PanelMember.removed_at.is_(None))
Index(
    "one_leads", PanelMember.party_id, PanelMember.ad_id, unique=True, sqlite_where=_LEADING, postgresql_where=_LEADING
)


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


class DeputyCall(PartyRow, Base):
    """A deputy called in for one application, in the place of an assessor who has jäv for it."""

    __tablename__ = "deputy_call"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "panel_member_id"], ["panel_member.party_id", "panel_member.id"]),
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("party_id", "panel_member_id", "application_id"),
        )

    panel_member_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID]
    called_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]  # when the deputy first opened the case after that


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
            CheckConstraint("material IS NULL OR material BETWEEN 1 AND 3", name="material_in_three_steps"),
        )

    panel_member_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID] = mapped_column(index=True)
    criterion_id: Mapped[UUID]
    step: Mapped[int | None]
    present: Mapped[str | None]
    material: Mapped[int | None]  # how much there was to go by (review.steps.MATERIAL); never reckoned with
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


class ScoreNote(PartyRow, Base):
    """Why one assessor sees one application so by one criterion: a line of their own, seen by others as the score is."""

    __tablename__ = "score_note"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "panel_member_id"], ["panel_member.party_id", "panel_member.id"]),
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            ForeignKeyConstraint(["party_id", "criterion_id"], ["ad_criterion.party_id", "ad_criterion.id"]),
            UniqueConstraint("party_id", "panel_member_id", "application_id", "criterion_id"),
        )

    panel_member_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID] = mapped_column(index=True)
    criterion_id: Mapped[UUID]
    text_sealed: Mapped[bytes]
    saved_at: Mapped[datetime]


class UnreadablePaper(PartyRow, Base):
    """An assessor has said that a paper of one candidate cannot be read, which is no view of the candidate.

    There is one row a paper and assessor: said once more, it waits again.
    """

    __tablename__ = "unreadable_paper"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "panel_member_id"], ["panel_member.party_id", "panel_member.id"]),
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("party_id", "panel_member_id", "paper_id", name="unreadable_said_once"),
            CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)", name="answered_by_somebody"),
            CheckConstraint("answered_at IS NULL OR answered_at >= reported_at", name="answered_once_reported"),
        )

    panel_member_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID] = mapped_column(index=True)
    paper_id: Mapped[
        UUID
    ]  # a document's, which may be gone since; the application's own where nothing of it can be read
    reported_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]  # when the office said that it can be read now
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    member: Mapped[PanelMember] = relationship()


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
