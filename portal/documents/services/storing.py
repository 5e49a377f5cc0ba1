"""A stranger's file through one door: read in the limited child, sealed, stored safely, and only then a row.

`read_and_seal` and `seal_letter` touch no database and are called outside every unit of work; `add_document` writes the
rows inside one. A blob whose row never came is swept after a day; a row without its blob cannot exist.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal import clock
from portal.db import CandidateRow, after_commit
from portal.documents.engines.child import LETTER
from portal.documents.engines.places import WAIT_IN_WORKER
from portal.documents.engines.reader import BUDGET, draw_pages, letter_pages, read_document
from portal.documents.models import Document, PagePicture
from portal.documents.queries import masked_pages_of, pictures_of
from portal.documents.reading import Reading, Verdict
from portal.jobs.services import announce
from portal.register.kinds import Kind
from portal.register.services import enter_in_register
from portal.scope import walls_of
from portal.vault.blobs import BlobGone
from portal.vault.sealing import SealBroken
from portal.vault.services import (
    ApplicationKey,
    Kept,
    the_vault,
)

READY, WAITING, REFUSED = "ready", "waiting", "refused"
SLOTS = ("cv", "letter", "attachment")

# Rows changed by one statement: what the session holds of them is read anew after the commit.
_UNREAD = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file that has been read and lies sealed in the store, but that no row names yet."""

    kind: str
    verdict: Verdict
    note: str
    size: int
    page_count: int
    has_words: bool
    name_sealed: bytes
    checksum_sealed: bytes
    blob: str
    cipher_sha256: str
    text_blob: str | None
    pictures: tuple[str, ...]

    @property
    def blobs(self) -> tuple[str, ...]:
        """Every blob it is made of."""
        return tuple(name for name in (self.blob, self.text_blob, *self.pictures) if name)


def read_and_seal(data: bytes, *, name: str, key: ApplicationKey, until: float | None = None) -> Sealed:
    """Open an uploaded file in the limited child and seal what came of it. Raises `DocumentRefused`.

    ``until`` is an instant of `clock.monotonic` by which the reading is over; files of one request share it.
    """
    reading = read_document(data, name=name, until=until)
    reading.raise_if_refused()
    return seal_reading(reading, data, key)


def seal_letter(text: str, *, name: str, key: ApplicationKey) -> Sealed:
    """A letter typed into the form, as a document; the worker sets its pages."""
    return seal_reading(Reading(Verdict.waiting, name, LETTER, text), text.encode(), key)


@contextmanager
def all_or_none(key: ApplicationKey) -> Iterator[Callable[[str, bytes], Kept]]:
    """Keep what belongs together: stored on leaving, all of it or nothing, or a disk that is nearly full would be filled by
    the tries. The rows that name it come after."""
    blobs: dict[str, bytes] = {}

    def keep(place: str, plain: bytes) -> Kept:
        kept, sealed = key.seal_document(place, plain, beside=next(iter(blobs), ""))
        blobs[kept.name] = sealed
        return kept

    yield keep
    the_vault().blobs.put_all(blobs)


def seal_reading(reading: Reading, data: bytes, key: ApplicationKey) -> Sealed:
    """Seal a file and what came of reading it, and store it safely: all of it, or nothing."""
    with all_or_none(key) as keep:
        blob = keep("document", data)
        text = keep("document.text", reading.text.encode()).name if reading.text else None
        pictures = tuple(keep("page", picture).name for picture in reading.pictures)
    return Sealed(
        kind=str(reading.kind),
        verdict=reading.verdict,
        note=" ".join(reading.notes),
        size=len(data),
        page_count=reading.page_count,
        has_words=bool(reading.words) or reading.verdict is Verdict.waiting,
        name_sealed=key.seal_text("document.name", reading.name),
        checksum_sealed=key.seal_text("document.checksum", hashlib.sha256(data).hexdigest()),
        blob=blob.name,
        cipher_sha256=blob.sha256,
        text_blob=text,
        pictures=pictures,
    )


def add_document(
    session: Session, *, owner: CandidateRow, slot: str, sealed: Sealed, at: datetime, attachment_kind: str = ""
) -> Document:
    """The rows of a sealed file, in the caller's unit of work. A file still to be read is announced to the worker.

    One added to what the authority has already (a later change) arrives with it, and gets its number in the register.
    """
    document = Document(
        id=uuid4(),
        application_id=owner.application_id,
        **walls_of(owner),
        slot=slot,
        attachment_kind=attachment_kind,
        state=WAITING if sealed.verdict is Verdict.waiting else READY,
        verdict=sealed.verdict.value,
        note=sealed.note,
        kind=sealed.kind,
        size=sealed.size,
        page_count=sealed.page_count,
        name_sealed=sealed.name_sealed,
        checksum_sealed=sealed.checksum_sealed,
        blob=sealed.blob,
        cipher_sha256=sealed.cipher_sha256,
        text_blob=sealed.text_blob,
        has_words=sealed.has_words,
        created_at=at,
    )
    session.add(document)
    if sealed.pictures:
        session.flush()
        _add_pictures(session, document, 1, sealed.pictures)
    if document.with_authority:
        enter_in_register(session, owner=document, records=[(Kind(slot), document.id)], at=at)
    if document.state == WAITING:
        announce(session, "document.waiting", subject_id=document.id, at=at)
    return document


def _add_pictures(session: Session, document: Document, first: int, blobs: Iterable[str]) -> None:
    for number, blob in enumerate(blobs, first):
        session.add(
            PagePicture(
                application_id=document.application_id,
                **walls_of(document),
                document_id=document.id,
                number=number,
                blob=blob,
            )
        )
    session.flush()


def remove_document(session: Session, document: Document) -> None:
    """Take a document away: its rows now, its blobs once that is committed. Held first, so that whoever draws its pages at
    this moment has written them all."""
    session.get(Document, document.id, with_for_update=True)
    pictures = pictures_of(session, [document.id])
    masked = masked_pages_of(session, [document.id])
    burnt = [name for page in masked for name in (page.blob, page.text_blob)]
    blobs = [name for name in (document.blob, document.text_blob, *(p.blob for p in pictures), *burnt) if name]
    for page in (*pictures, *masked):
        session.delete(page)
    session.flush()
    session.delete(document)
    session.flush()
    after_commit(session, lambda: delete_blobs(blobs))


def delete_blobs(names: Iterable[str]) -> None:
    """Delete sealed bytes from the store. Doing it twice is no fault."""
    for name in names:
        the_vault().blobs.delete(name)


def show_to_authority(session: Session, documents: Sequence[Document]) -> None:
    """From here on the authority, as employer, sees these documents of one application, and their pages: they have
    arrived."""
    for document in documents:
        document.with_authority = True
    # The session writes the documents first: whoever draws their pages at this moment holds them, and is done then.
    theirs = PagePicture.document_id.in_([document.id for document in documents])
    session.execute(update(PagePicture).where(theirs).values(with_authority=True), execution_options=_UNREAD)


def is_whole(document: Document, key: ApplicationKey) -> bool:
    """Whether the stored file opens and is, byte for byte, the one that was sent."""
    try:
        data = key.open_document("document", document.blob)
    except (BlobGone, SealBroken):
        return False
    return hashlib.sha256(data).hexdigest() == key.open_text("document.checksum", document.checksum_sealed)


def read_again(document: Document, key: ApplicationKey) -> Reading:
    """Read a document that waited, a letter with all its pages drawn. Nobody looks on: it waits long. Touches no row."""
    until = clock.monotonic() + WAIT_IN_WORKER + BUDGET
    data = key.open_document("document", document.blob)
    if document.kind == LETTER:
        return letter_pages(data.decode(), name="", until=until, patience=WAIT_IN_WORKER)
    return read_document(data, name=f"x.{document.kind}", until=until, patience=WAIT_IN_WORKER)


def draw_rest(document: Document, key: ApplicationKey, *, drawn: int) -> Reading:
    """Pictures of the pages after the first ``drawn`` ones. Touches no row."""
    data = key.open_document("document", document.blob)
    return draw_pages(data, document.kind, drawn + 1, document.page_count)


def note_reading(session: Session, document_id: UUID, reading: Reading, sealed: tuple[str | None, list[str]]) -> bool:
    """Write down what came of reading a document that waited. False where somebody else already did, or it is gone."""
    document = session.get(Document, document_id, with_for_update=True)
    if document is None or document.state != WAITING:
        return False
    document.text_blob, pictures = sealed[0] or document.text_blob, sealed[1]
    document.state = READY if reading.verdict.accepted else REFUSED
    document.verdict, document.note = reading.verdict.value, " ".join(reading.notes)
    document.page_count, document.has_words = reading.page_count, bool(reading.words)
    _add_pictures(session, document, 1, pictures)
    return True


def note_pictures(session: Session, document_id: UUID, first: int, blobs: list[str]) -> bool:
    """Write down the pages drawn since, if nobody else has."""
    document = session.get(Document, document_id, with_for_update=True)
    if document is None or len(pictures_of(session, [document_id])) != first - 1:
        return False
    _add_pictures(session, document, first, blobs)
    return True
