"""What the worker does for documents: reads those that waited, and draws the pages that the upload did not."""

from datetime import datetime
from uuid import UUID

from flask import current_app

from portal.db import db, unit_of_work
from portal.documents.models import Document
from portal.documents.queries import all_documents_of, pictures_of
from portal.documents.reading import Verdict
from portal.documents.services import (
    READY,
    WAITING,
    all_or_none,
    delete_blobs,
    draw_rest,
    note_pictures,
    note_reading,
    read_again,
)
from portal.jobs.models import Event
from portal.jobs.services import Busy, LeftForNext, announce, handles, is_ending
from portal.vault.keystore import KeyGone
from portal.vault.services import ApplicationKey, open_application_key


@handles("document.waiting")
def read_waiting(event: Event, at: datetime) -> None:
    """Read the file that nobody had time for when it came, and draw all its pages."""
    assert event.subject_id is not None
    document = db.session.get(Document, event.subject_id)
    if document is not None:
        _read(document, at)
        _draw(event.subject_id)


@handles("application.changed")
@handles("application.sent")
def draw_all_pages(event: Event, at: datetime) -> None:
    """Draw every page of what was sent. Doing it again draws only what is missing."""
    assert event.subject_id is not None
    ids = [document.id for document in all_documents_of(db.session, event.subject_id)]
    for document_id in ids:
        if is_ending(current_app):
            raise LeftForNext
        _draw(document_id)


def _key(document: Document) -> ApplicationKey | None:
    try:
        return open_application_key(
            db.session, application_id=document.application_id, controller_id=document.controller_id
        )
    except KeyGone:
        return None


def _read(document: Document, at: datetime) -> None:
    key = _key(document)
    if key is None or document.state != WAITING:
        return
    document_id = document.id
    reading = read_again(document, key)
    if reading.verdict is Verdict.waiting:
        raise Busy
    new_text = reading.text if document.text_blob is None else ""  # a typed letter's text lies there already
    with all_or_none(key) as keep:
        text = keep("document.text", new_text.encode()).name if new_text else None
        pictures = [keep("page", picture).name for picture in reading.pictures]
    with unit_of_work() as session:
        kept = note_reading(session, document_id, reading, (text, pictures))
        if kept and not reading.verdict.accepted:
            announce(session, "document.refused", subject_id=document_id, at=at)
    if not kept:
        delete_blobs([*pictures, *([text] if text else [])])


def _draw(document_id: UUID) -> None:
    document = db.session.get(Document, document_id)
    if document is None or document.state != READY:
        return
    drawn = len(pictures_of(db.session, [document_id]))
    key = _key(document) if drawn < document.page_count else None
    if key is None:
        return
    reading = draw_rest(document, key, drawn=drawn)
    with all_or_none(key) as keep:
        pictures = [keep("page", picture).name for picture in reading.pictures]
    with unit_of_work() as session:
        kept = note_pictures(session, document_id, drawn + 1, pictures)
    if not kept:
        delete_blobs(pictures)
    elif reading.verdict is Verdict.waiting:
        raise Busy
