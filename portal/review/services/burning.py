"""What the office has approved is burnt: a new picture of each page with the boxes in it, and the words outside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.documents.engines.masker import burn_masks
from portal.documents.engines.picture_pdf import picture_pdf
from portal.documents.engines.places import WAIT_IN_WORKER
from portal.documents.kinds import Kind
from portal.documents.models import Document, MaskedPage
from portal.documents.queries import MASKED_PAGE, MASKED_PAGE_TEXT, masked_pages_of
from portal.documents.reading import Verdict
from portal.documents.services import all_or_none
from portal.review.blind.blank_page import blank_page
from portal.review.blind.mask_boxes import boxes_of, covers_page
from portal.review.services.masking import settle
from portal.vault.blobs import BlobGone
from portal.vault.services import ApplicationKey

Boxes = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Burnt:
    """One page burnt with these boxes, its blobs sealed and stored; without blobs, why it could not be."""

    boxes: Boxes
    blob: str = ""
    text_blob: str | None = None
    trouble: str = ""

    @property
    def blobs(self) -> list[str]:
        """What is stored of it."""
        return [name for name in (self.blob, self.text_blob) if name]


def to_burn(session: Session, document_id: UUID) -> dict[int, Boxes]:
    """The boxes of each page of a document that is approved and not burnt."""
    pages = masked_pages_of(session, [document_id])
    return {page.number: page.boxes for page in pages if page.approved_at is not None and page.blob is None}


def burn(
    document: Document, pages: Mapping[int, Boxes], key: ApplicationKey, shown: Mapping[int, str]
) -> dict[int, Burnt]:
    """Burn these pages and store what came of it; those for which no child was free are left out. Touches no row.

    ``shown`` are the blobs of the pictures on which the boxes were approved. A file of words is set anew as pages; where a
    newer program sets it otherwise, the boxes are burnt on the picture that was approved, and it has no words beside it.
    """
    whole = {number: (blank_page(), "") for number, boxes in pages.items() if covers_page(boxes)}
    rest = {number: boxes_of(boxes) for number, boxes in pages.items() if number not in whole}
    verdict, drawn = _in_the_child(document, rest, key, shown) if rest else (Verdict.ok, {})
    if verdict is Verdict.stuck:  # a machine with much to do: once more, for what is left
        verdict, more = _in_the_child(document, {n: one for n, one in rest.items() if n not in drawn}, key, shown)
        drawn |= more
    made = {}
    for number, boxes in pages.items():
        if page := whole.get(number) or drawn.get(number):
            made[number] = _stored(boxes, *page, key)
        elif verdict is not Verdict.waiting:
            made[number] = Burnt(boxes, trouble=_trouble(verdict))
    return made


def _in_the_child(
    document: Document, boxes: Mapping[int, Sequence[Any]], key: ApplicationKey, shown: Mapping[int, str]
) -> tuple[Verdict, dict[int, tuple[bytes, str]]]:
    try:
        data = key.open_document("document", document.blob)
        done = burn_masks(data, document.kind, boxes, patience=WAIT_IN_WORKER)
        approved = {
            page.number: key.open_document("page", shown[page.number])
            for page in done.pages
            if page.bare and page.number in shown
        }
    except BlobGone:
        return Verdict.damaged, {}
    moved = [
        n for page in done.pages if (n := page.number) in approved and page.bare != sha256(approved[n]).hexdigest()
    ]
    made = {page.number: (page.picture, page.text) for page in done.pages if page.number not in moved}
    if not moved:
        return done.verdict, made
    over = picture_pdf([approved[number] for number in moved])
    again = burn_masks(over, Kind.PDF, {n: boxes[of] for n, of in enumerate(moved, 1)}, patience=WAIT_IN_WORKER)
    made |= {moved[page.number - 1]: (page.picture, "") for page in again.pages}
    return done.verdict if again.verdict is Verdict.ok else again.verdict, made


def _trouble(verdict: Verdict) -> str:
    return (Verdict.stuck if verdict.accepted else verdict).value


def _stored(boxes: Boxes, picture: bytes, text: str, key: ApplicationKey) -> Burnt:
    with all_or_none(key) as keep:
        blob = keep(MASKED_PAGE, picture).name
        words = keep(MASKED_PAGE_TEXT, text.encode()).name if text.strip() else None
    return Burnt(boxes, blob, words)


def note_burnt(session: Session, *, document_id: UUID, burnt: Mapping[int, Burnt], at: datetime) -> list[str]:
    """Write down the pages that still stand approved as they were burnt. Returns the blobs that nobody wants any more."""
    rows = select(MaskedPage).where(MaskedPage.document_id == document_id).with_for_update()
    pages = {page.number: page for page in session.scalars(rows)}
    unwanted: list[str] = []
    for number, made in burnt.items():
        page = pages.get(number)
        if page is None or page.approved_at is None or page.blob is not None or page.boxes != list(made.boxes):
            unwanted += made.blobs
        elif made.trouble:
            page.approved_at = page.approved_by = None
            page.trouble = made.trouble
        else:
            page.blob, page.text_blob = made.blob, made.text_blob
    session.flush()
    for application_id in {page.application_id for page in pages.values()}:
        settle(session, application_id=application_id, at=at)
    return unwanted
