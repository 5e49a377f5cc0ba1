"""Interviews of a recruitment: times, who has booked them, the guide, each assessor's card, and references.

What tells of a person is sealed under the application's key.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, CandidateRow, PartyRow
from portal.review.models import PanelMember

TASK = "interview"  # of the candidate's tasks: to choose a time


def _of(column: str, table: str) -> ForeignKeyConstraint:
    """A foreign key that carries the party."""
    return ForeignKeyConstraint(["party_id", column], [f"{table}.party_id", f"{table}.id"])


class InterviewSlot(PartyRow, Base):
    """A time that can be booked. It is never changed: another time is another slot, so that who saw it saw this one."""

    __tablename__ = "interview_slot"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            UniqueConstraint("party_id", "id"),
            _of("ad_id", "ad"),
            CheckConstraint("minutes BETWEEN 15 AND 180", name="minutes_of_a_meeting"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    place: Mapped[str]  # or the address of a video meeting
    made_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class SlotMember(PartyRow, Base):
    """One of the panel who takes part at this time."""

    __tablename__ = "interview_slot_member"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            _of("slot_id", "interview_slot"),
            _of("panel_member_id", "panel_member"),
            UniqueConstraint("party_id", "slot_id", "panel_member_id"),
        )

    slot_id: Mapped[UUID]
    panel_member_id: Mapped[UUID] = mapped_column(index=True)

    member: Mapped[PanelMember] = relationship(viewonly=True)


class InterviewBooking(CandidateRow, Base):
    """One candidate's meeting, with or (once it is called off) without a time. ``sequence`` counts the changes."""

    __tablename__ = "interview_booking"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            _of("application_id", "application"),
            _of("slot_id", "interview_slot"),
            UniqueConstraint("party_id", "application_id"),
            UniqueConstraint("party_id", "slot_id"),
        )

    slot_id: Mapped[UUID | None]
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]


class InterviewWish(CandidateRow, Base):
    """None of the times suits the candidate, who asks for another in words of their own."""

    __tablename__ = "interview_wish"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (_of("application_id", "application"), UniqueConstraint("party_id", "application_id"))

    text_sealed: Mapped[bytes]
    written_at: Mapped[datetime]


class InterviewQuestion(PartyRow, Base):
    """The questions that everybody is asked about one criterion, a line each."""

    __tablename__ = "interview_question"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (_of("criterion_id", "ad_criterion"), UniqueConstraint("party_id", "criterion_id"))

    criterion_id: Mapped[UUID]
    text: Mapped[str]


class InterviewCard(PartyRow, Base):
    """One assessor's card of one candidate's interview."""

    __tablename__ = "interview_card"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            UniqueConstraint("party_id", "id"),
            _of("panel_member_id", "panel_member"),
            _of("application_id", "application"),
            UniqueConstraint("party_id", "panel_member_id", "application_id"),
        )

    panel_member_id: Mapped[UUID]
    application_id: Mapped[UUID] = mapped_column(index=True)
    handed_in_at: Mapped[datetime | None]


class InterviewMark(PartyRow, Base):
    """What a card says by one criterion: a step 0–3, ja/nej, or neither (kan inte bedöma), and a note."""

    __tablename__ = "interview_mark"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            _of("card_id", "interview_card"),
            _of("criterion_id", "ad_criterion"),
            UniqueConstraint("party_id", "card_id", "criterion_id"),
            CheckConstraint("step IS NULL OR step BETWEEN 0 AND 3", name="step_on_the_scale"),
            CheckConstraint("present IS NULL OR present IN ('ja', 'nej', 'framgar_inte')", name="known_presence"),
            CheckConstraint("judged OR (step IS NULL AND present IS NULL)", name="a_value_is_a_judgement"),
        )

    card_id: Mapped[UUID]
    application_id: Mapped[UUID] = mapped_column(index=True)
    criterion_id: Mapped[UUID]
    judged: Mapped[bool] = mapped_column(default=False)  # false where there is a note alone
    step: Mapped[int | None]
    present: Mapped[str | None]
    note_sealed: Mapped[bytes | None]
    saved_at: Mapped[datetime]


class Reference(CandidateRow, Base):
    """Somebody who can tell of the candidate, and has told the candidate that they may be asked."""

    __tablename__ = "candidate_reference"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (UniqueConstraint("party_id", "id"), _of("application_id", "application"))

    name_sealed: Mapped[bytes]
    contact_sealed: Mapped[bytes]
    relation_sealed: Mapped[bytes]
    agreed_at: Mapped[datetime]  # when the candidate said that the person agrees to be asked
    taken_back_at: Mapped[
        datetime | None
    ]  # an authority keeps what has come in (TF 2:9), and asks nobody who was taken back


class ReferenceWord(PartyRow, Base):
    """What a reference has said, as the office or who leads wrote it down; of one criterion where it is about one."""

    __tablename__ = "reference_word"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (_of("reference_id", "candidate_reference"), _of("criterion_id", "ad_criterion"))

    reference_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID] = mapped_column(index=True)
    criterion_id: Mapped[UUID | None]
    text_sealed: Mapped[bytes]
    written_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
