"""What a blind review does when others tell it something: the ad has closed, or a late application or a change has come, so
the machine looks for what to cover; the office has approved, so it is burnt in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.db import db, unit_of_work
from portal.documents.models import Document
from portal.documents.queries import pictures_of
from portal.documents.services import READY, delete_blobs
from portal.jobs.models import Event
from portal.jobs.services import Busy, handles
from portal.review.queries.case import case_of
from portal.review.queries.masking import has_more_to_look_at
from portal.review.services.blinding import WANTED, is_wanted, look_again, note_suggestions, want_masks
from portal.review.services.burning import burn, note_burnt, to_burn
from portal.review.services.masking import APPROVED
from portal.review.services.suggesting import suggested_for
from portal.vault.keystore import KeyGone
from portal.vault.services import ApplicationKey, open_application_key


@handles("ad.closed")
@handles("ad.withdrawn")
def want_masks_when_closed(event: Event, at: datetime) -> None:
    """In a blind review, what tells who has applied is looked for from when the ad takes no more."""
    with unit_of_work() as session:
        case = case_of(session, event.subject_id) if event.subject_id else None
        if case is not None and case.blind:
            want_masks(session, case=case, at=at)


@handles("application.sent")
def want_masks_when_late(event: Event, at: datetime) -> None:
    """An application that comes after the ad has closed: a late one, or one that takes another's place."""
    application = db.session.get(Application, event.subject_id) if event.subject_id else None
    if application is None or not _is_judged_blind(db.session, application.ad_id, at):
        return
    with unit_of_work() as session:
        case = case_of(session, application.ad_id)
        if case is not None and case.blind:
            want_masks(session, case=case, at=at)


@handles("application.changed")
def look_at_what_changed(event: Event, at: datetime) -> None:
    """A change counts from its first byte, and may be written when the ad has closed and the machine has looked."""
    application = db.session.get(Application, event.subject_id) if event.subject_id else None
    if application is None or application.state not in COUNTS or is_wanted(db.session, application.id):
        return
    key = _key(application)
    if key is None:
        return
    with unit_of_work() as session:
        if has_more_to_look_at(session, key.application_id, key):
            look_again(session, application_id=key.application_id, at=at)


def _is_judged_blind(session: Session, ad_id: UUID, at: datetime) -> bool:
    case = case_of(session, ad_id)
    return case is not None and case.blind and case.may_be_assessed(at)


@handles(WANTED)
def look_for_masks(event: Event, at: datetime) -> None:
    """Have the machine suggest what to cover of one application. Again, it does nothing that is done.

    Raises Busy while a file waits to be read, and where something has come meanwhile."""
    application = db.session.get(Application, event.subject_id) if event.subject_id else None
    if application is None or application.state not in COUNTS or not is_wanted(db.session, application.id):
        return
    key = _key(application)
    if key is None:
        return
    suggested = suggested_for(db.session, key.application_id, key)
    with unit_of_work() as session:
        note_suggestions(session, application_id=key.application_id, key=key, suggested=suggested, at=at)


@handles(APPROVED)
def burn_approved(event: Event, at: datetime) -> None:
    """Burn the pages of a document that are approved. What was changed or taken back meanwhile is not kept.

    Raises Busy for those that no child was free for."""
    document = db.session.get(Document, event.subject_id) if event.subject_id else None
    pages = to_burn(db.session, document.id) if document is not None and document.state == READY else {}
    key = _key(document) if document is not None and pages else None
    if document is None or key is None:
        return
    document_id = document.id
    shown = {picture.number: picture.blob for picture in pictures_of(db.session, [document_id])}
    burnt = burn(document, pages, key, shown)
    with unit_of_work() as session:
        unwanted = note_burnt(session, document_id=document_id, burnt=burnt, at=at)
    delete_blobs(unwanted)
    if len(burnt) < len(pages):
        raise Busy


def _key(row: Application | Document) -> ApplicationKey | None:
    """The application's key; None once it is destroyed."""
    try:
        return open_application_key(db.session, application_id=row.application_id, controller_id=row.controller_id)
    except KeyGone:
        return None
