"""The outcome (utfall) of a recruitment: a row per candidate, a reason tied to a criterion, and what they will read."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, PartyRow

OFFERED = "offered_at IS NULL OR (result = 'anstalls' AND released_at IS NOT NULL)"
ACCEPTED = "accepted_at IS NULL OR offered_at IS NOT NULL"
DECLINED = "declined_at IS NULL OR (result = 'anstalls' AND released_at IS NOT NULL AND settled_at IS NULL)"
ANSWER = "answer_sealed IS NULL OR declined_at IS NOT NULL"


class Outcome(PartyRow, Base):
    """What became of one candidate. The reason's words are sealed under the application's key."""

    __tablename__ = "outcome"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            ForeignKeyConstraint(["party_id", "criterion_id"], ["ad_criterion.party_id", "ad_criterion.id"]),
            UniqueConstraint("party_id", "application_id"),
            CheckConstraint("result IN ('anstalls', 'gar_inte_vidare')", name="known_result"),
            CheckConstraint("settled_at IS NULL OR result = 'anstalls'", name="only_a_hired_one_is_settled"),
            CheckConstraint(OFFERED, name="only_a_hired_one_is_offered"),
            CheckConstraint(ACCEPTED, name="accepted_after_an_offer"),
            CheckConstraint(DECLINED, name="no_employment_of_one_who_declined"),
            CheckConstraint(ANSWER, name="a_reason_belongs_to_a_no"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID]
    result: Mapped[str]
    criterion_id: Mapped[UUID]
    reason_sealed: Mapped[bytes]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]  # an employment rests on it: the result no longer changes
    called_off_at: Mapped[datetime | None]  # the employment that rested on it never began
    released_at: Mapped[datetime | None]  # from when the candidate sees it
    offered_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    answer_sealed: Mapped[bytes | None]  # why they declined, where they said so; under the application's key


class KeptFile(PartyRow, Base):
    """The decision file as it was when the recruitment ended: its bytes as data, under the controller's key.

    Whoever is erased later is taken out of it: ``document_id`` is then another document, and ``changed_at`` says when.
    """

    __tablename__ = "kept_decision_file"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            ForeignKeyConstraint(["party_id", "document_id"], ["filed_document.party_id", "filed_document.id"]),
            UniqueConstraint("party_id", "ad_id"),
            CheckConstraint("changed_at IS NULL OR changed_at >= kept_at", name="changed_after_it_was_kept"),
        )

    ad_id: Mapped[UUID]
    document_id: Mapped[UUID]
    kept_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]


class ProofreadWord(PartyRow, Base):
    """What one candidate will read, as somebody of the office has read it through. Without a row nobody has.

    The candidate cannot reach it; at the release it is written down as an `applications.models.DecisionWord`.
    """

    __tablename__ = "proofread_word"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "application_id"], ["outcome.party_id", "outcome.application_id"]),
            UniqueConstraint("party_id", "application_id"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID]
    text_sealed: Mapped[bytes]
    read_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    read_at: Mapped[datetime]
