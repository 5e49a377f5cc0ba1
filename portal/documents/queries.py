"""A candidate's documents and their pages, in whatever scope the session acts for."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.documents.models import Document, PagePicture


def documents_of(session: Session, application_id: UUID) -> Sequence[Document]:
    """The documents of one application: CV, letter, attachments, each in order of arrival."""
    wanted = select(Document).where(Document.application_id == application_id)
    order = {"cv": 0, "letter": 1, "attachment": 2}
    rows = session.scalars(wanted.order_by(Document.created_at, Document.id)).all()
    return sorted(rows, key=lambda row: order[row.slot])


def pictures_of(session: Session, document_ids: Iterable[UUID]) -> Sequence[PagePicture]:
    """The page pictures of these documents, by document and page."""
    wanted = select(PagePicture).where(PagePicture.document_id.in_(list(document_ids)))
    return session.scalars(wanted.order_by(PagePicture.document_id, PagePicture.number)).all()


def blob_names(session: Session) -> Iterator[str]:
    """Every blob that a document or a page picture in this scope names."""
    for blob, text_blob in session.execute(select(Document.blob, Document.text_blob)):
        yield blob
        if text_blob:
            yield text_blob
    yield from session.scalars(select(PagePicture.blob))
