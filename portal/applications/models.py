"""An application from draft to outcome, and its answers. What tells of the person is sealed under its own key."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, synonym

from portal.db import Base, CandidateRow

COUNTS = "state IN ('sent', 'late')"
OPEN, OF_MERITS = "answered_at IS NULL", "kind = 'merits'"


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
            CheckConstraint("(restricted_at IS NULL) = (restricted_until IS NULL)", name="restricted_until_a_day"),
            CheckConstraint(
                "restricted_at IS NULL OR (state = 'withdrawn' AND controller_id = party_id)",
                name="only_a_partys_taken_back_is_restricted",
            ),
            CheckConstraint(
                "NOT protected OR (email_sealed IS NULL AND phone_sealed IS NULL AND address_print IS NULL)",
                name="protected_has_no_address",
            ),
            Index(
                "one_application_per_address",
                "party_id",
                "ad_id",
                "address_print",
                unique=True,
                sqlite_where=text(COUNTS),
                postgresql_where=text(COUNTS),
            ),
            Index("ix_application_party_id_ad_id", "party_id", "ad_id"),
        )

    application_id = synonym("id")

    ad_id: Mapped[UUID] = mapped_column(index=True)
    published_ad_id: Mapped[UUID] = mapped_column(ForeignKey("published_ad.id"))  # the version the candidate saw
    state: Mapped[str] = mapped_column(default="draft")
    language: Mapped[str] = mapped_column(default="sv")
    opened_at: Mapped[datetime]  # when its first page was shown; decides the grace after the last day
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=0)  # how often it has been written to: a second browser is told
    submitted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    copies_erased_at: Mapped[datetime | None]  # what an authority need not keep, as its candidate chose
    restricted_at: Mapped[datetime | None]  # GDPR art. 18: kept sealed, and read by nobody of the staff
    restricted_until: Mapped[date | None]  # the last day it is kept
    consented_at: Mapped[datetime | None]
    consent_version: Mapped[str] = mapped_column(default="")  # see applications.consent
    called_at: Mapped[datetime | None]  # to an interview, as the candidate is told
    decided_at: Mapped[datetime | None]  # from when the candidate reads what follows; written by `decisions`
    decided_as: Mapped[str] = mapped_column(default="")  # anstalls, gar_inte_vidare, erbjuds, tackat_nej
    arrival_number: Mapped[int | None]
    replaces_id: Mapped[UUID | None]  # a second sending from the same address waits as a proposal to replace this one
    address_print: Mapped[bytes | None]  # keyed hash of the e-mail address under the controller's key
    protected: Mapped[bool] = mapped_column(default=False)  # under a code name: see ProtectedIdentity

    name_sealed: Mapped[bytes | None]
    email_sealed: Mapped[bytes | None]
    phone_sealed: Mapped[bytes | None]
    letter_sealed: Mapped[bytes | None]
    salary_sealed: Mapped[bytes | None]
    start_sealed: Mapped[bytes | None]
    posts_sealed: Mapped[bytes | None]  # how many of the ad's posts are sought: applications.several_posts

    @property
    def ran_out(self) -> bool:
        """Whether it lies sealed by a consent that ran out: its candidate has taken nothing back."""
        return self.restricted_at is not None and self.withdrawn_at is None


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


class ApplicationChange(CandidateRow, Base):
    """What was sent anew before the deadline: when it arrived, and which parts it changed.

    Where an authority is controller it is a further arrival with its own number, and the former texts are kept beside
    it; the former files are the `Document` rows with the same ``replaced_at``. A party keeps nothing of them.
    """

    __tablename__ = "application_change"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("party_id", "application_id", "number"),
            UniqueConstraint("authority_id", "arrival_number", name="change_number_once"),
            CheckConstraint("number > 0", name="counted_from_one"),
            CheckConstraint("former_sealed IS NULL OR controller_id = authority_id", name="a_party_keeps_no_former"),
        )

    number: Mapped[int]  # from 1 within the application
    arrived_at: Mapped[datetime]
    parts: Mapped[list[str]] = mapped_column(JSON)  # applications.changes.Part values
    arrival_number: Mapped[int | None]
    former_sealed: Mapped[bytes | None]


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
    opened_at: Mapped[datetime | None]  # when the candidate last opened its page


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


class CandidateRequest(CandidateRow, Base):
    """Something a candidate has asked for about their own data or rights, and what came of it.

    Kinds and results are those of `privacy.rights.kinds`. The texts go when the application is erased; kind and times
    stay for the count.
    """

    __tablename__ = "candidate_request"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            CheckConstraint(
                "kind IN ('contact', 'correction', 'erasure', 'restriction', 'objection', 'copy', 'merits', 'consent')",
                name="known_kind",
            ),
            CheckConstraint("result IN ('', 'done', 'partly', 'refused')", name="known_result"),
            CheckConstraint("(answered_at IS NULL) = (result = '')", name="answered_with_a_result"),
            CheckConstraint("answered_by IS NULL OR answered_at IS NOT NULL", name="answered_by_somebody_at_some_time"),
            CheckConstraint("(extended_at IS NULL) = (extended_to IS NULL)", name="extended_to_a_day"),
            CheckConstraint("extended_to IS NULL OR extended_to > due_on", name="extended_is_later"),
            CheckConstraint("came_by IN ('', 'letter', 'telephone', 'visit')", name="known_way"),
            CheckConstraint("(came_by = '') = (registered_by IS NULL)", name="registered_by_somebody"),
            Index(
                "one_open_request_of_a_kind",
                "party_id",
                "application_id",
                "kind",
                unique=True,
                sqlite_where=text(OPEN),
                postgresql_where=text(OPEN),
            ),
            Index(
                "merits_asked_for_once",
                "party_id",
                "application_id",
                unique=True,
                sqlite_where=text(OF_MERITS),
                postgresql_where=text(OF_MERITS),
            ),
        )

    kind: Mapped[str]
    text_sealed: Mapped[bytes | None]  # what they wrote; of a changed contact detail, what stood there before
    made_at: Mapped[datetime]
    due_on: Mapped[date]  # the last day for an answer
    extended_at: Mapped[datetime | None]
    extended_to: Mapped[date | None]
    extension_sealed: Mapped[bytes | None]  # why it takes longer, as the candidate is told
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))  # None: nobody had to
    result: Mapped[str] = mapped_column(default="")
    answer_sealed: Mapped[bytes | None]  # what the candidate reads; before answered_at a draft that only staff see
    came_by: Mapped[str] = mapped_column(default="")  # empty: by the private link; else the staff registered it
    registered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class LaterConsent(CandidateRow, Base):
    """A candidate lets the party keep their application and ask them about later posts: see `privacy.later`.

    Where it is taken back, or the application ends, the row goes; that there was one stands in the log.
    """

    __tablename__ = "later_consent"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("party_id", "application_id"),
            CheckConstraint("controller_id = party_id", name="only_a_party_keeps_for_later"),
            CheckConstraint("version <> ''", name="of_a_version"),
        )

    consented_at: Mapped[datetime]
    version: Mapped[str]  # see privacy.later.consent
    until: Mapped[date]  # the last day
    alone_at: Mapped[datetime | None]  # from when nothing else keeps it: then only what it covers is left


class ProtectedIdentity(CandidateRow, Base):
    """Who a candidate with protected identity is. The application carries the code name where a name would stand.

    Sealed under a key of its own, which lies in ``key_sealed``: under the row's key in the key store, and bound to the one
    person who reads. What opens the application does not open this, and what another person opens does not either.
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
            CheckConstraint("masks_sealed IS NULL OR paper_sealed IS NOT NULL", name="masks_on_a_paper"),
            CheckConstraint("(key_sealed IS NULL) = (reader_id IS NULL)", name="key_wrapped_for_a_reader"),
            CheckConstraint("NOT with_authority", name="never_with_the_authority"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    code_name: Mapped[str]  # a pair of review.blind.code_names
    name_sealed: Mapped[bytes]
    contact_sealed: Mapped[bytes]
    paper_sealed: Mapped[bytes | None]  # a CV as it is, with name and all
    paper_name_sealed: Mapped[bytes | None]
    address_sealed: Mapped[bytes | None]  # for a mail that says only that something waits; most leave none
    masks_sealed: Mapped[bytes | None]  # what the reader covers of the paper: protection.paper_masks
    key_sealed: Mapped[bytes | None]  # None: from before keys were bound to a reader
    reader_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))  # whom the key is wrapped for
    made_at: Mapped[datetime]
