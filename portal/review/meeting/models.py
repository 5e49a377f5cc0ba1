"""The meeting's rows. What is written of a candidate is sealed under that application's key, so that one who is erased
takes their part of the minutes along and leaves the rest."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, column
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, PartyRow

_NOT_OVER = column("left_at").is_(None)
_OF_MEETING = (["party_id", "meeting_id"], ["meeting.party_id", "meeting.id"])
_OF_APPLICATION = (["party_id", "application_id"], ["application.party_id", "application.id"])


class Meeting(PartyRow, Base):
    """One recruitment's meeting: how it stands, and how its order was reached."""

    __tablename__ = "meeting"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            UniqueConstraint("party_id", "id"),
            UniqueConstraint("party_id", "ad_id"),
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            CheckConstraint("state IN ('open', 'paused', 'ended')", name="known_state"),
            CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended_has_its_time"),
            CheckConstraint("basis IS NULL OR basis IN ('enad', 'rostad')", name="known_basis"),
        )

    ad_id: Mapped[UUID]
    state: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    basis: Mapped[str | None]  # how the order was reached: enad or rostad
    order_version: Mapped[int] = mapped_column(default=0)


class MeetingEvent(PartyRow, Base):
    """A step of the meeting with its time and person. Reopening has a line of reason, sealed for the controller."""

    __tablename__ = "meeting_event"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(*_OF_MEETING),
            CheckConstraint("step <> 'oppna-igen' OR reason_sealed IS NOT NULL", name="reopened_with_a_reason"),
        )

    meeting_id: Mapped[UUID] = mapped_column(index=True)
    step: Mapped[str]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    reason_sealed: Mapped[bytes | None]


class MeetingPresence(PartyRow, Base):
    """A stay of a person: from when, and until when if they left. Whoever comes back has another."""

    __tablename__ = "meeting_presence"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(*_OF_MEETING),
            Index(
                "one_stay_that_is_not_over",
                "party_id",
                "meeting_id",
                "person_id",
                unique=True,
                sqlite_where=_NOT_OVER,
                postgresql_where=_NOT_OVER,
            ),
        )

    meeting_id: Mapped[UUID] = mapped_column(index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    came_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class MeetingPoint(PartyRow, Base):
    """One point of the agenda as it stood when the meeting began."""

    __tablename__ = "meeting_point"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(*_OF_MEETING),
            ForeignKeyConstraint(*_OF_APPLICATION),
            ForeignKeyConstraint(["party_id", "criterion_id"], ["ad_criterion.party_id", "ad_criterion.id"]),
            UniqueConstraint("party_id", "meeting_id", "position"),
        )

    meeting_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID]
    criterion_id: Mapped[UUID | None]
    position: Mapped[int]
    steps: Mapped[int]


class JointText(PartyRow, Base):
    """What the panel says together of one candidate. ``version`` goes up with each change, so that none is lost."""

    __tablename__ = "joint_text"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(*_OF_MEETING),
            ForeignKeyConstraint(*_OF_APPLICATION),
            UniqueConstraint("party_id", "meeting_id", "application_id"),
            CheckConstraint("version >= 1", name="versions_from_one"),
        )

    meeting_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID]
    text_sealed: Mapped[bytes]
    version: Mapped[int]
    written_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]


class MeetingPlace(PartyRow, Base):
    """The place of one candidate in the order the meeting set. Equal places are ties."""

    __tablename__ = "meeting_place"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(*_OF_MEETING),
            ForeignKeyConstraint(*_OF_APPLICATION),
            UniqueConstraint("party_id", "meeting_id", "application_id"),
            CheckConstraint("place >= 1", name="places_from_one"),
        )

    meeting_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID]
    place: Mapped[int]


class MeetingVote(PartyRow, Base):
    """A vote between two candidates. What each member voted stands in `MeetingBallot`."""

    __tablename__ = "meeting_vote"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            UniqueConstraint("party_id", "id"),
            ForeignKeyConstraint(*_OF_MEETING),
            ForeignKeyConstraint(["party_id", "first_id"], ["application.party_id", "application.id"]),
            ForeignKeyConstraint(["party_id", "second_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("party_id", "meeting_id", "first_id", "second_id"),
            CheckConstraint("first_id <> second_id", name="between_two"),
        )

    meeting_id: Mapped[UUID] = mapped_column(index=True)
    first_id: Mapped[UUID]
    second_id: Mapped[UUID]
    at: Mapped[datetime]


class MeetingBallot(PartyRow, Base):
    """One member's vote."""

    __tablename__ = "meeting_ballot"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "vote_id"], ["meeting_vote.party_id", "meeting_vote.id"]),
            ForeignKeyConstraint(["party_id", "panel_member_id"], ["panel_member.party_id", "panel_member.id"]),
            UniqueConstraint("party_id", "vote_id", "panel_member_id"),
            CheckConstraint("choice IN ('a', 'b', 'avstar')", name="known_choice"),
        )

    vote_id: Mapped[UUID] = mapped_column(index=True)
    panel_member_id: Mapped[UUID]
    choice: Mapped[str]
