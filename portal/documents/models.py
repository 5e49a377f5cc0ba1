"""A candidate's documents, their page pictures, the pages as who assesses blind sees them, and the papers of an employer's
own files. What tells anything is sealed in the vault."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, CandidateRow, PartyRow

ATTACHMENT_KINDS = "attachment_kind IN ('', 'intyg', 'betyg', 'arbetsprov', 'annat')"


class Document(CandidateRow, Base):
    """One file, or a typed letter made into pages. ``slot`` is cv, letter or attachment."""

    __tablename__ = "document"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            UniqueConstraint("party_id", "id"),
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            CheckConstraint("slot IN ('cv', 'letter', 'attachment')", name="known_slot"),
            CheckConstraint(ATTACHMENT_KINDS, name="known_attachment_kind"),
        )

    slot: Mapped[str]
    state: Mapped[str]  # ready, waiting (still to be read), refused (read later, and not to be opened)
    verdict: Mapped[str] = mapped_column(default="ok")  # documents.reading.Verdict
    note: Mapped[str] = mapped_column(default="")  # documents.reading.Note values, with blanks between
    kind: Mapped[str]
    size: Mapped[int]  # bytes of the file as it came
    page_count: Mapped[int] = mapped_column(default=0)
    name_sealed: Mapped[bytes]
    checksum_sealed: Mapped[bytes]  # SHA-256 of the file as it came
    blob: Mapped[str]
    cipher_sha256: Mapped[str]
    text_blob: Mapped[str | None]
    has_words: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    attachment_kind: Mapped[str] = mapped_column(
        default=""
    )  # documents.attachments.AttachmentKind; of another slot empty
    replaced_at: Mapped[datetime | None]  # a newer one came, or it was taken away: kept where an authority was sent it


class PagePicture(CandidateRow, Base):
    """The picture of one page, as a PNG in the vault."""

    __tablename__ = "page_picture"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "document_id"], ["document.party_id", "document.id"]),
            UniqueConstraint("party_id", "document_id", "number"),
        )

    document_id: Mapped[UUID] = mapped_column(index=True)
    number: Mapped[int]  # from 1
    blob: Mapped[str]


class MaskedPage(CandidateRow, Base):
    """One page with what tells who sent it covered: the boxes, who approved them, and what was burnt of them.

    The candidate's own row, as the document is: whoever takes the document away takes this too.
    """

    __tablename__ = "masked_page"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "document_id"], ["document.party_id", "document.id"]),
            UniqueConstraint("party_id", "document_id", "number"),
            CheckConstraint("number >= 1", name="pages_from_one"),
            CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", name="approved_by_somebody"),
            CheckConstraint("blob IS NULL OR approved_at IS NOT NULL", name="burnt_as_approved"),
            CheckConstraint("text_blob IS NULL OR blob IS NOT NULL", name="text_with_its_picture"),
        )

    document_id: Mapped[UUID] = mapped_column(index=True)
    number: Mapped[int]  # from 1
    boxes: Mapped[list[Any]] = mapped_column(JSON)  # review.blind.mask_boxes keeps and reads them
    doubts: Mapped[list[str]] = mapped_column(JSON)  # documents.masks.Doubt values
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    trouble: Mapped[str] = mapped_column(default="")  # documents.reading.Verdict of a burning that came to nothing
    blob: Mapped[str | None]  # the picture with the boxes burnt in
    text_blob: Mapped[str | None]  # the page's words without those that the boxes cover


class FiledDocument(PartyRow, Base):
    """A paper of the employer's own (a contract, a signed copy of it), which outlives the application: sealed under the
    controller's key, its bytes never changed. No candidate reaches it."""

    __tablename__ = "filed_document"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id"], ["party.id"]),
            UniqueConstraint("party_id", "id"),
            CheckConstraint("size > 0", name="holds_something"),
        )

    kind: Mapped[str]
    size: Mapped[int]  # bytes of the file as it came
    page_count: Mapped[int]
    name_sealed: Mapped[bytes]
    checksum_sealed: Mapped[bytes]  # SHA-256 of the file as it came
    blob: Mapped[str]
    cipher_sha256: Mapped[str]
    created_at: Mapped[datetime]
