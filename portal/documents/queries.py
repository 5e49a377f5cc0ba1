"""A candidate's documents and their pages, in whatever scope the session acts for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.documents.models import Document, FiledDocument, MaskedPage, PagePicture

MASKED_PAGE, MASKED_PAGE_TEXT = "masked_page", "masked_page.text"  # the places for which these blobs are sealed
FILED = "filed_document"
_OF_ONE = (
    select(Document)
    .where(Document.application_id == bindparam("application"))
    .order_by(Document.created_at, Document.id)
)


def documents_of(session: Session, application_id: UUID) -> Sequence[Document]:
    """The documents of one application as it stands: CV, letter, attachments, each in order of arrival."""
    return [document for document in all_documents_of(session, application_id) if document.replaced_at is None]


def all_documents_of(session: Session, application_id: UUID) -> Sequence[Document]:
    """The same with those that were replaced or taken away since: an authority keeps what it was sent (TF 2:9)."""
    return in_order(session.scalars(_OF_ONE, {"application": application_id}))


def in_order(documents: Iterable[Document]) -> list[Document]:
    """CV, letter, attachments; those of one kind as they are given."""
    order = {"cv": 0, "letter": 1, "attachment": 2}
    return sorted(documents, key=lambda row: order[row.slot])


def pictures_of(session: Session, document_ids: Iterable[UUID]) -> Sequence[PagePicture]:
    """The page pictures of these documents, by document and page."""
    wanted = select(PagePicture).where(PagePicture.document_id.in_(list(document_ids)))
    return session.scalars(wanted.order_by(PagePicture.document_id, PagePicture.number)).all()


def masked_pages_of(session: Session, document_ids: Iterable[UUID]) -> Sequence[MaskedPage]:
    """The masked pages of these documents, by document and page."""
    wanted = select(MaskedPage).where(MaskedPage.document_id.in_(list(document_ids)))
    return session.scalars(wanted.order_by(MaskedPage.document_id, MaskedPage.number)).all()


PAGE_BY_PAGE = (Document.created_at, Document.id, PagePicture.number)


def with_pages(rows: Iterable[tuple[Document, int | None]]) -> dict[Document, tuple[int, ...]]:
    """Documents in their order from rows of a document and a page of it, in the order of `PAGE_BY_PAGE`."""
    pages: dict[Document, list[int]] = {}
    for document, number in rows:
        pages.setdefault(document, []).extend(() if number is None else (number,))
    return {document: tuple(pages[document]) for document in in_order(pages)}


@dataclass(frozen=True, slots=True)
class NamedBlob:
    """A blob that a row names: whose it is, the place it is sealed for, and a file's hash of its sealed bytes.

    ``application_id`` is None for a paper of the employer's own, which the controller's key opens.
    """

    application_id: UUID | None
    controller_id: UUID
    place: str
    name: str
    cipher_sha256: str = ""


def named_blobs(session: Session) -> Iterator[NamedBlob]:
    """Every blob that a document, a page picture, a masked page or a filed document in this scope names."""
    whose = Document.application_id, Document.controller_id
    for application, controller, file, cipher_sha256, text in session.execute(
        select(*whose, Document.blob, Document.cipher_sha256, Document.text_blob)
    ):
        yield NamedBlob(application, controller, "document", file, cipher_sha256)
        if text:
            yield NamedBlob(application, controller, "document.text", text)
    pictures = select(PagePicture.application_id, PagePicture.controller_id, PagePicture.blob)
    for application, controller, picture in session.execute(pictures):
        yield NamedBlob(application, controller, "page", picture)
    whose_page = MaskedPage.application_id, MaskedPage.controller_id
    burnt = select(*whose_page, MaskedPage.blob, MaskedPage.text_blob).where(MaskedPage.blob.is_not(None))
    for application, controller, page, text in session.execute(burnt):
        yield NamedBlob(application, controller, MASKED_PAGE, page or "")
        if text:
            yield NamedBlob(application, controller, MASKED_PAGE_TEXT, text)
    filed = select(FiledDocument.controller_id, FiledDocument.blob, FiledDocument.cipher_sha256)
    for controller, file, cipher_sha256 in session.execute(filed):
        yield NamedBlob(None, controller, FILED, file, cipher_sha256)


def filed_ids(session: Session) -> Sequence[UUID]:
    """Every filed document in this scope: some have a key of their own under that id."""
    return session.scalars(select(FiledDocument.id)).all()


def filed_place(column: str, document_id: UUID) -> str:
    """What a sealed column of a filed document is bound to."""
    return f"{FILED}.{column}|{document_id}"
