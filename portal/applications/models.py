"""An application from draft to outcome, and its answers. What tells of the person is sealed under its own key."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, synonym

from portal.db import Base, CandidateRow

COUNTS = "state IN ('sent', 'late')"


class Application(CandidateRow, Base):
    """One candidate's application to one ad. The states and their table are in `applications.states`."""

    __tablename__ = "application"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            UniqueConstraint("party_id", "id"),
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            UniqueConstraint("authority_id", "arrival_number", name="arrival_number_once"),
            CheckConstraint("state = 'draft' OR submitted_at IS NOT NULL", name="sent_has_its_time"),
            Index(
                "one_application_per_address",
                "party_id",
                "ad_id",
                "address_print",
                unique=True,
                sqlite_where=text(COUNTS),
                postgresql_where=text(COUNTS),
            ),
        )

    application_id = synonym("id")

    ad_id: Mapped[UUID] = mapped_column(index=True)
    published_ad_id: Mapped[UUID] = mapped_column(ForeignKey("published_ad.id"))  # the version the candidate saw
    state: Mapped[str] = mapped_column(default="draft")
    language: Mapped[str] = mapped_column(default="sv")
    opened_at: Mapped[datetime]  # when the form was first posted; decides the grace after the last day
    changed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    consented_at: Mapped[datetime | None]
    consent_version: Mapped[str] = mapped_column(default="")  # see applications.consent
    called_at: Mapped[datetime | None]  # to an interview, as the candidate is told
    decided_at: Mapped[datetime | None]  # from when the candidate reads what follows; written by `decisions`
    decided_as: Mapped[str] = mapped_column(default="")  # anstalls, gar_inte_vidare, erbjuds, tackat_nej
    arrival_number: Mapped[int | None]
    replaces_id: Mapped[UUID | None]  # a second sending from the same address waits as a proposal to replace this one
    address_print: Mapped[bytes | None]  # keyed hash of the e-mail address under the controller's key

    name_sealed: Mapped[bytes | None]
    email_sealed: Mapped[bytes | None]
    phone_sealed: Mapped[bytes | None]
    letter_sealed: Mapped[bytes | None]
    salary_sealed: Mapped[bytes | None]
    start_sealed: Mapped[bytes | None]


class Answer(CandidateRow, Base):
    """The answer to the question made of one criterion of the ad."""

    __tablename__ = "answer"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            ForeignKeyConstraint(["party_id", "criterion_id"], ["ad_criterion.party_id", "ad_criterion.id"]),
            UniqueConstraint("party_id", "application_id", "criterion_id"),
        )

    criterion_id: Mapped[UUID]
    text_sealed: Mapped[bytes]


class MaskedText(CandidateRow, Base):
    """A typed letter or answer as who assesses blind reads it. ``place`` is ``letter`` or the criterion's id."""

    __tablename__ = "masked_text"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("party_id", "application_id", "place"),
            CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", name="approved_by_somebody"),
        )

    place: Mapped[str]
    text_sealed: Mapped[bytes]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class CandidateTask(CandidateRow, Base):
    """Something the candidate is asked to do, as a later feature has written it down. Its page takes the link's token."""

    __tablename__ = "candidate_task"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("party_id", "application_id", "kind"),
        )

    kind: Mapped[str]
    endpoint: Mapped[str]  # of the page, under the private link's address
    text: Mapped[str]  # a marked sentence, translated where it is shown
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]


class DecisionWord(CandidateRow, Base):
    """What the candidate reads of the outcome, written down by `decisions` at the instant it is told. Never changed."""

    __tablename__ = "decision_word"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("party_id", "application_id"),
        )

    text_sealed: Mapped[bytes]
    told_at: Mapped[datetime]


class ProtectedIdentity(CandidateRow, Base):
    """Who a candidate with protected identity is. The application carries the code name where a name would stand.

    Sealed under a key of its own, whose id in the key store is the row's: what opens the application does not open this.
    """

    __tablename__ = "protected_identity"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            UniqueConstraint("party_id", "id"),
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            UniqueConstraint("party_id", "application_id"),
            UniqueConstraint("party_id", "ad_id", "code_name"),
            CheckConstraint("(paper_sealed IS NULL) = (paper_name_sealed IS NULL)", name="paper_with_its_name"),
            CheckConstraint("NOT with_authority", name="never_with_the_authority"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    code_name: Mapped[str]  # a pair of review.blind.code_names
    name_sealed: Mapped[bytes]
    contact_sealed: Mapped[bytes]
    paper_sealed: Mapped[bytes | None]  # a CV as it is, with name and all
    paper_name_sealed: Mapped[bytes | None]
    made_at: Mapped[datetime]
