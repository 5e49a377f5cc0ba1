"""The office covers and approves, page by page; what is approved can be taken back until somebody has handed in on it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applications.models import MaskedText
from portal.applications.queries import masked_texts_of
from portal.audit.services import person_actor, record
from portal.db import after_commit
from portal.documents.masks import Box, Origin
from portal.documents.models import Document, MaskedPage
from portal.documents.queries import documents_of, masked_pages_of
from portal.documents.services import WAITING, delete_blobs
from portal.jobs.services import announce
from portal.organisations.access import Actor
from portal.review.access import may_mask_application
from portal.review.blind.mask_boxes import Drawn, all_doubts_seen, drawn_of, kept, print_of
from portal.review.blind.models import Masking
from portal.review.queries.case import Case, Listed
from portal.review.queries.masked import text_place
from portal.review.queries.masking import latecomers
from portal.review.queries.panel import members_of
from portal.review.queries.papers import OPEN
from portal.review.queries.seats import seats_of
from portal.review.refusals import (
    ApprovedAlready,
    BoxUnknown,
    CaseOver,
    DoubtsUnseen,
    MaskingHandedIn,
    MasksChanged,
    NotOpenToYou,
)
from portal.review.services.naming import hold_panel
from portal.vault.services import open_application_key

APPROVED = "review.masks_approved"  # the event that has a document's approved pages burnt
READABLE = "review.readable"  # the event that those who assess can read an application
LONGEST_TEXT = 20_000


def page_print(page: MaskedPage) -> str:
    """Changes with the page's boxes and doubts."""
    return print_of(page.boxes, page.doubts)


def document_print(pages: Iterable[MaskedPage]) -> str:
    """Changes with any of the pages."""
    return print_of(*(page_print(page) for page in pages))


def maskable(case: Case, application_id: UUID) -> Listed:
    """The application, if the case's person may mask it now. Raises a Refusal."""
    application = case.application(application_id)
    if application is None or not may_mask_application(case.standing, application_id):
        raise NotOpenToYou
    if case.over:
        raise CaseOver
    return application


def page_of(session: Session, application_id: UUID, document_id: UUID, number: int) -> MaskedPage:
    """One page of the application's, locked. Raises NotOpenToYou where it has no such page."""
    found = select(MaskedPage).where(
        MaskedPage.application_id == application_id,
        MaskedPage.document_id == document_id,
        MaskedPage.number == number,
    )
    page = session.scalars(found.with_for_update()).one_or_none()
    if page is None:
        raise NotOpenToYou
    return page


def add_box(
    session: Session, *, case: Case, application_id: UUID, document_id: UUID, number: int, box: Box, shown: str
) -> None:
    """Cover one more place. ``shown`` is the print of the page as it was shown. Raises a Refusal."""
    page = _changeable(session, case, application_id, document_id, number, shown)
    boxes = [*page.boxes, *kept([Drawn(box, Origin.hand)])]
    drawn_of(boxes)  # raises where a page may not have so many
    page.boxes = boxes
    session.flush()


def remove_box(
    session: Session, *, case: Case, application_id: UUID, document_id: UUID, number: int, which: int, shown: str
) -> None:
    """Let a place be seen: the box number ``which`` of the page, from 1. Raises a Refusal."""
    page = _changeable(session, case, application_id, document_id, number, shown)
    drawn = drawn_of(page.boxes)
    if not 1 <= which <= len(drawn):
        raise BoxUnknown
    page.boxes = kept([*drawn[: which - 1], *drawn[which:]])
    session.flush()


def _changeable(
    session: Session, case: Case, application_id: UUID, document_id: UUID, number: int, shown: str
) -> MaskedPage:
    maskable(case, application_id)
    page = page_of(session, application_id, document_id, number)
    if page.approved_at is not None:
        raise ApprovedAlready
    if page_print(page) != shown:
        raise MasksChanged
    return page


def approve_page(
    session: Session, *, case: Case, actor: Actor, application_id: UUID, document_id: UUID, number: int, shown: str,
    seen: Collection[str], at: datetime,
) -> None:  # fmt: skip
    """Approve the page as it was shown, with each of its doubts looked at (``seen`` has *page:doubt*).

    Twice changes nothing. Raises a Refusal.
    """
    maskable(case, application_id)
    page = page_of(session, application_id, document_id, number)
    if page_print(page) != shown:
        raise MasksChanged
    _approve(session, case, actor, [page], seen, at)


def approve_document(
    session: Session, *, case: Case, actor: Actor, application_id: UUID, document_id: UUID, shown: str,
    seen: Collection[str], at: datetime,
) -> None:  # fmt: skip
    """Approve all pages of a file as they were shown. Raises a Refusal."""
    maskable(case, application_id)
    rows = select(MaskedPage).where(MaskedPage.application_id == application_id, MaskedPage.document_id == document_id)
    pages = session.scalars(rows.order_by(MaskedPage.number).with_for_update()).all()
    if not pages:
        raise NotOpenToYou
    if document_print(pages) != shown:
        raise MasksChanged
    _approve(session, case, actor, pages, seen, at)


def _approve(
    session: Session, case: Case, actor: Actor, pages: Sequence[MaskedPage], seen: Collection[str], at: datetime
) -> None:
    left = [page for page in pages if page.approved_at is None]
    if not all(all_doubts_seen([f"{page.number}:{doubt}" for doubt in page.doubts], seen) for page in left):
        raise DoubtsUnseen
    for page in left:
        page.approved_at, page.approved_by, page.trouble = at, actor.person_id, ""
        who = person_actor(actor.person_id)
        record(session, chain=case.ad.party_id, at=at, actor=who, verb="masks.approved", object_id=page.id)
    session.flush()
    _record_latecomer(session, case, actor, pages[0].application_id, at)
    if left:
        announce(session, APPROVED, subject_id=left[0].document_id, at=at)


def approve_texts(
    session: Session, *, case: Case, actor: Actor, application_id: UUID, texts: Mapping[str, str], shown: str,
    at: datetime,
) -> None:  # fmt: skip
    """Approve the typed letter and answers as the office has written them. ``shown`` is the print of what it began from.

    A text whose place is not among the application's is passed by. Raises a Refusal.
    """
    application = maskable(case, application_id)
    rows = sorted(_held_texts(session, application_id), key=lambda row: row.place)
    key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
    present = {row.place: key.open_text(text_place(row.place), row.text_sealed) for row in rows}
    if print_of(present) != shown:
        raise MasksChanged
    if any(row.approved_at is not None for row in rows):
        raise ApprovedAlready
    for row in rows:
        text = texts.get(row.place, present[row.place])[:LONGEST_TEXT]
        row.text_sealed = key.seal_text(text_place(row.place), text)
        row.approved_at, row.approved_by = at, actor.person_id
    session.flush()
    who = person_actor(actor.person_id)
    record(session, chain=case.ad.party_id, at=at, actor=who, verb="masked_texts.approved", object_id=application_id)
    _record_latecomer(session, case, actor, application_id, at)
    settle(session, application_id=application_id, at=at)


def _held_texts(session: Session, application_id: UUID) -> Sequence[MaskedText]:
    """Of two who approve at once the second sees what the first has written."""
    rows = select(MaskedText).where(MaskedText.application_id == application_id).order_by(MaskedText.id)
    return session.scalars(rows.with_for_update()).all()


def _held_pages(session: Session, documents: Sequence[UUID]) -> Sequence[MaskedPage]:
    """As they are once whoever burns them at this moment is done."""
    rows = select(MaskedPage).where(MaskedPage.document_id.in_(documents))
    return session.scalars(rows.order_by(MaskedPage.document_id, MaskedPage.number).with_for_update()).all()


def _record_latecomer(session: Session, case: Case, actor: Actor, application_id: UUID, at: datetime) -> None:
    """Whose code name can be told from when it appears: who lets it in all the same has chosen so, and it is kept."""
    if application_id in latecomers(session, case):
        who = person_actor(actor.person_id)
        record(session, chain=case.ad.party_id, at=at, actor=who, verb="masks.latecomer", object_id=application_id)


def take_back(session: Session, *, case: Case, actor: Actor, application_id: UUID, at: datetime) -> None:
    """Take back every approval of one application: it leaves the blind queue, and what was burnt is let go.

    The boxes stay as they are. Raises a Refusal, MaskingHandedIn once somebody has handed in a judgement of it.
    """
    application = maskable(case, application_id)
    hold_panel(session, case.ad.id)  # nobody hands in meanwhile
    seats = seats_of(session, case.ad.id, members_of(session, case.ad.id))
    if application.masked_at is not None and any(
        seats.covers(member, application_id) for member in seats.judging(application_id)
    ):
        raise MaskingHandedIn
    documents = [row.id for row in documents_of(session, application_id)]
    blobs: list[str] = []
    for page in _held_pages(session, documents):
        blobs += [name for name in (page.blob, page.text_blob) if name]
        page.text_blob = page.blob = None
        page.approved_at = page.approved_by = None
    for row in _held_texts(session, application_id):
        row.approved_at = row.approved_by = None
    session.flush()
    after_commit(session, lambda: delete_blobs(blobs))
    settle(session, application_id=application_id, at=at)
    who = person_actor(actor.person_id)
    record(session, chain=case.ad.party_id, at=at, actor=who, verb="masks.taken_back", object_id=application_id)


def settle(session: Session, *, application_id: UUID, at: datetime) -> bool:
    """Let an application into the blind queue when everything of it is approved and burnt, and out when it is not."""
    rows = select(Masking).where(Masking.application_id == application_id).with_for_update()
    masking = session.scalars(rows).one_or_none()
    if masking is None:
        return False
    documents = documents_of(session, application_id)
    pages = masked_pages_of(session, [row.id for row in documents if row.state in OPEN])
    parts: list[MaskedPage | MaskedText] = [*pages, *masked_texts_of(session, application_id)]
    whole = masking.suggested_at is not None and _is_whole(documents, pages)
    if whole and all(part.approved_at is not None for part in parts):
        last = max(parts, key=lambda part: part.approved_at or at)
        if masking.approved_at is None:
            announce(session, READABLE, subject_id=application_id, at=at)
        masking.approved_at = masking.approved_at or at
        masking.approved_by = masking.approved_by or last.approved_by
    else:
        masking.approved_at = masking.approved_by = None
    session.flush()
    return masking.approved_at is not None


def _is_whole(documents: Sequence[Document], pages: Sequence[MaskedPage]) -> bool:
    """Whether every page of what may be opened has been burnt, and nothing is still to be read."""
    burnt = {(page.document_id, page.number) for page in pages if page.blob is not None}
    wanted = {(row.id, n) for row in documents if row.state in OPEN for n in range(1, row.page_count + 1)}
    return wanted == burnt and not any(row.state == WAITING for row in documents)
