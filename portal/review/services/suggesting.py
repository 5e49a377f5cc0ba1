"""The machine's look at a candidate's papers: which places on the pages, and which words of the typed texts, to cover.

Opens files in the limited child and touches no row; `blinding.note_suggestions` writes down what came of it.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.documents.engines.masker import suggest_masks
from portal.documents.engines.places import WAIT_IN_WORKER
from portal.documents.masking import Known, masked
from portal.documents.models import Document
from portal.documents.queries import documents_of
from portal.documents.reading import Verdict
from portal.documents.services import READY, WAITING
from portal.jobs.services import Busy
from portal.review.blind.mask_boxes import Drawn
from portal.review.queries.masked import LETTER
from portal.review.queries.papers import answers_in, opened_column
from portal.review.services.blinding import Suggested, machine_drawn, print_of_what_came
from portal.vault.blobs import BlobGone
from portal.vault.services import ApplicationKey

Pages = dict[tuple[UUID, int], tuple[Sequence[Drawn], Sequence[str]]]


def suggested_for(session: Session, application_id: UUID, key: ApplicationKey) -> Suggested:
    """What to cover of one application. Raises Busy while a file of it is still to be read, or no child is free.

    A file that the machine cannot look at is no hindrance: each of its pages then says that a human must read it.
    """
    came = print_of_what_came(session, application_id)
    documents = [row for row in documents_of(session, application_id) if row.state in (READY, WAITING)]
    if any(row.state == WAITING for row in documents):
        raise Busy
    known, letter = _known(session, application_id, key)
    texts = {str(id): said.text for id, said in answers_in(session, application_id, key).items() if said.text}
    pages: Pages = {}
    for document in documents:
        pages |= _pages(document, known, key)
    return Suggested(
        name=known.name,
        of=came,
        pages=pages,
        texts={place: masked(text, known) for place, text in {**texts, LETTER: letter}.items()},
    )


def _known(session: Session, application_id: UUID, key: ApplicationKey) -> tuple[Known, str]:
    """What the portal knows of the candidate, and the typed letter."""
    names = ("name", "email", "phone", "letter")
    columns = [getattr(Application, f"{name}_sealed") for name in names]
    row = session.execute(select(*columns).where(Application.id == application_id)).one()
    name, email, phone, letter = (opened_column(key, at, sealed) for at, sealed in zip(names, row, strict=True))
    return Known(name, email, phone), letter


def _pages(document: Document, known: Known, key: ApplicationKey) -> Pages:
    try:
        data = key.open_document("document", document.blob)
    except BlobGone:
        return {}
    found = suggest_masks(data, document.kind, known, patience=WAIT_IN_WORKER)
    if found.verdict is Verdict.waiting:
        raise Busy
    return {
        (document.id, page.number): (machine_drawn(page.boxes), [doubt.value for doubt in page.doubts])
        for page in found.pages
    }
