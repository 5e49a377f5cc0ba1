"""The machine looks for what of a record may have to be masked, and suggests it. Nothing is masked by that.

The same words and the same child as for a blind review (`documents.masking`): here how a person is reached, their number,
and whom they name as references; of a protected identity all that tells who it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.disclosure.looking import Page
from portal.disclosure.models import CoveredMinutes, CoveredRow, DisclosureRequest
from portal.disclosure.queries.covered import covered_rows, kept_of, key_for, looked_of, looked_place, record_for
from portal.disclosure.queries.records import Source, source_of
from portal.disclosure.requests import State
from portal.documents.engines.masker import suggest_masks
from portal.documents.engines.places import WAIT_IN_WORKER
from portal.documents.masking import Known, Seek
from portal.documents.reading import Verdict
from portal.jobs.services import Busy
from portal.review.queries.papers import key_of, opened_column

COVERED = "record.covered"  # the event that has the machine look at a record that a request covers


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """A record's bytes, what the portal knows of its candidate, and what is sought."""

    record_id: UUID
    source: Source
    known: Known
    seek: Seek
    says: str  # the print of what the record said


def to_look_at(session: Session, record_id: UUID) -> ToLookAt | None:
    """What the machine has still to look at; None where it has, nothing is left of the record, or the request is decided."""
    row = next(iter(covered_rows(session, record_id=record_id)), None)
    request = session.get(DisclosureRequest, row.request_id) if row is not None else None
    if row is None or request is None or request.state != State.RECEIVED or looked_of(session, row).done:
        return None
    record, known = record_for(session, row), _known(session, row)
    source = source_of(session, record) if record is not None else None
    if known is None or source is None:
        return None
    seek = Seek.WRITER if row.protected else Seek.CONTACTS
    return ToLookAt(row.id, source, known, seek, looked_of(session, row).says)


def _known(session: Session, row: CoveredRow) -> Known | None:
    """Of the candidate; None where the key is gone. Minutes call candidates by number, and are of nobody."""
    if isinstance(row, CoveredMinutes):
        return Known("")
    application = session.get(Application, row.application_id)
    key = key_of(session, application) if application is not None else None
    if application is None or key is None:
        return None
    columns = ((name, getattr(application, f"{name}_sealed")) for name in ("name", "email", "phone"))
    name, email, phone = (opened_column(key, name, sealed) for name, sealed in columns)
    return Known(name, email, phone)


def suggested_for(one: ToLookAt) -> Mapping[int, Page]:
    """What to mask of each page. Opens the file in the limited child and touches no row. Raises Busy where none is free."""
    found = suggest_masks(one.source.data, one.source.kind, one.known, seek=one.seek, patience=WAIT_IN_WORKER)
    if found.verdict is Verdict.waiting:
        raise Busy
    return {page.number: Page(page.boxes, page.doubts) for page in found.pages}


def note_suggestions(session: Session, *, record_id: UUID, pages: Mapping[int, Page], says: str) -> None:
    """Write them down beside what a person has done meanwhile. A second time changes nothing. Raises Busy where the record
    does not say what it ``says`` any more: they are of other pages. A review of what it said before is none of what it says
    now, and falls."""
    row = next(iter(covered_rows(session, record_id=record_id, lock=True)), None)
    key = key_for(session, row) if row is not None else None
    looked = looked_of(session, row) if row is not None else None
    if row is None or key is None or looked is None or looked.done:
        return
    if looked.says != says:
        raise Busy
    if kept_of(session, row).says != says:
        row.fall()
    row.looked_sealed = key.seal_text(looked_place(row.id), looked.with_suggestions(pages).as_text())
    session.flush()
