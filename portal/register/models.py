"""An authority's register of what has arrived and what it has made: the counter, and a line for each record."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, CandidateRow, PartyRow


class ArrivalCounter(Base):
    """``id`` is the authority's. The row is locked while a number is taken, in the sending's own transaction."""

    __tablename__ = "arrival_counter"

    last_number: Mapped[int] = mapped_column(default=0)


class RegisterEntry(CandidateRow, Base):
    """One record (allmän handling, TF 2:4) with its number in the authority's one series. Never changed, never taken away.

    Written by whoever lets the record arrive, the candidate too. ``document_id`` (a file, a letter of the letterbox, the word
    of the outcome, a request about the candidate's own data, or a `MadeRecord`) has no foreign key: what has been replaced,
    erased or disposed of leaves its number behind.
    """

    __tablename__ = "register_entry"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("party_id", "id"),
            UniqueConstraint("authority_id", "register_number", name="register_number_once"),
            UniqueConstraint("party_id", "document_id"),
            CheckConstraint("register_number >= 1", name="numbered_from_one"),
            CheckConstraint("with_authority", name="only_of_what_the_authority_employs_for"),
            CheckConstraint(
                "kind IN ('application', 'cv', 'letter', 'attachment', 'change', 'message_in', 'message_out', 'assessment')",
                name="known_kind",
            ),
            CheckConstraint(
                "(document_id IS NULL) = (kind IN ('application', 'assessment'))", name="a_file_where_it_is_one"
            ),
        )

    register_number: Mapped[int]
    kind: Mapped[str]  # register.kinds.Kind
    document_id: Mapped[UUID | None]
    entered_at: Mapped[datetime]  # when it arrived (TF 2:9), or was made (TF 2:10)


class MadeRecord(PartyRow, Base):
    """What a record says that the authority has made about one candidate: an assessment frozen when the matter closed (TF
    2:10), for what it was made from is the panel's and never the authority's to see; an answer as it was sent out; and a
    request as it came, once it goes along to another application. Under the application's key, and gone with it."""

    __tablename__ = "made_record"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "entry_id"], ["register_entry.party_id", "register_entry.id"]),
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            UniqueConstraint("party_id", "entry_id"),
            CheckConstraint("with_authority", name="only_of_what_the_authority_employs_for"),
        )

    entry_id: Mapped[UUID]
    application_id: Mapped[UUID] = mapped_column(index=True)
    lines_sealed: Mapped[bytes]  # register.lines


class CaseRecord(PartyRow, Base):
    """A record of a whole case, with its number in the authority's one series: the minutes. It calls candidates by the
    numbers of their applications, so that it can stay when they are disposed of. Under the authority's key."""

    __tablename__ = "case_record"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            UniqueConstraint("authority_id", "register_number", name="case_record_number_once"),
            UniqueConstraint("party_id", "ad_id", "kind"),
            Index("uq_case_record_party_id_id", "party_id", "id", unique=True),
            CheckConstraint("register_number >= 1", name="numbered_from_one"),
            CheckConstraint("with_authority", name="only_of_what_the_authority_employs_for"),
            CheckConstraint("kind IN ('minutes')", name="known_kind"),
        )

    ad_id: Mapped[UUID]
    register_number: Mapped[int]
    kind: Mapped[str]  # register.kinds.Kind
    entered_at: Mapped[datetime]  # when it was made (TF 2:10)
    lines_sealed: Mapped[bytes]  # register.lines
