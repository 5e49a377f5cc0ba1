"""The reader covers what tells who it is on the CV, and hands the covered pages over: then, and not before, there is a CV for
those who assess. What they get is a paper of its own, of pictures alone, under the application's key."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import scope
from portal.applications.models import Application, ProtectedIdentity
from portal.applications.states import COUNTS
from portal.audit.services import person_actor, record
from portal.documents.engines.layout import layout
from portal.documents.engines.masker import burn_masks, suggest_masks
from portal.documents.engines.picture_pdf import NotAPlainPicture, picture_pdf
from portal.documents.kinds import MAX_BYTES, Kind, kind_of
from portal.documents.masking import Known
from portal.documents.masks import Box
from portal.documents.reading import DocumentRefused, Verdict
from portal.documents.services import Sealed, add_document, read_and_seal, remove_document
from portal.jobs.services import announce
from portal.organisations.access import Actor
from portal.protection.given_away import ways_to_reach
from portal.protection.paper_masks import (
    PageMasks,
    as_text,
    boxes_by_page,
    doubts_of,
    print_of_pages,
    with_box,
    without_box,
)
from portal.protection.queries import handed_over, identity_key, masks_of, place_of
from portal.protection.refusals import CoveredTooLarge, HandedOver, IdentityGone, NotDrawn, PaperUnreadable
from portal.review.blind.mask_boxes import all_doubts_seen
from portal.review.refusals import DoubtsUnseen, MasksChanged
from portal.review.services.blinding import look_again, machine_drawn
from portal.review.services.masking import settle
from portal.vault.services import ApplicationKey

NAME = "CV, maskerat.pdf"
_AROUND_A_PICTURE = 4096  # bytes of a page of the PDF, beside those of its picture


class Paper(NamedTuple):
    """A candidate's CV as it is, with the name that it is to lose, and the ways in which they are reached."""

    name: str
    data: bytes
    who: str
    ways: tuple[str, ...] = ()


def opened_paper(session: Session, identity: ProtectedIdentity, *, reader_id: UUID) -> Paper | None:
    """For its reader alone; None where there is none."""
    if identity.paper_sealed is None or identity.paper_name_sealed is None:
        return None
    key = identity_key(session, identity, reader_id=reader_id)
    address = key.open_text(place_of("address"), identity.address_sealed) if identity.address_sealed else ""
    contact = key.open_text(place_of("contact"), identity.contact_sealed)
    return Paper(
        key.open_text(place_of("paper_name"), identity.paper_name_sealed),
        key.open_bytes(place_of("paper"), identity.paper_sealed),
        key.open_text(place_of("name"), identity.name_sealed),
        ways_to_reach(f"{address}\n{contact}"),
    )


def look_through(paper: Paper) -> list[PageMasks]:
    """What the machine would cover. Touches no row. Raises `NotDrawn` and `PaperUnreadable`."""
    kind = _kind(paper)
    setting = "" if kind == Kind.PDF else layout()
    found = suggest_masks(paper.data, kind, Known(paper.who, ways=paper.ways))
    if found.verdict is Verdict.waiting:
        raise NotDrawn
    if not found.pages:
        raise PaperUnreadable
    return [
        PageMasks(page.number, tuple(machine_drawn(page.boxes)), tuple(doubt.value for doubt in page.doubts), setting)
        for page in found.pages
    ]


def picture_of(paper: Paper, number: int) -> bytes:
    """The PNG of one page (from 1) as it is. Raises `NotDrawn`."""
    return _burnt(paper, [PageMasks(number)])[0]


def covered(paper: Paper, pages: Sequence[PageMasks], *, key: ApplicationKey) -> Sealed:
    """The paper with its boxes burnt in, sealed under the application's key. Touches no row. Raises `NotDrawn` and
    `CoveredTooLarge`.

    A scan is small as it came, and large as the pictures of its pages: those that take most get fewer colours then.
    """
    try:
        pictures = _burnt(paper, pages)
        if (most := _most(pictures)) is not None:
            large = [page for page, picture in zip(pages, pictures, strict=True) if len(picture) > most]
            smaller = dict(zip((page.number for page in large), _burnt(paper, large, most), strict=True))
            pictures = [smaller.get(page.number, picture) for page, picture in zip(pages, pictures, strict=True)]
        return read_and_seal(picture_pdf(pictures), name=NAME, key=key)
    except DocumentRefused as refused:
        raise (CoveredTooLarge if refused.verdict is Verdict.too_big else NotDrawn) from None
    except NotAPlainPicture:
        raise NotDrawn from None


def _most(pictures: Sequence[bytes]) -> int | None:
    """The bytes that each picture may take for all of them to be a file; None where they are one as they are."""
    left = MAX_BYTES - _AROUND_A_PICTURE * len(pictures)
    for place, size in enumerate(sorted(map(len, pictures))):
        share = left // (len(pictures) - place)
        if size > share:
            return share
        left -= size
    return None


def _burnt(paper: Paper, pages: Sequence[PageMasks], most: int | None = None) -> list[bytes]:
    done = burn_masks(paper.data, _kind(paper), boxes_by_page(pages), most=most)
    if done.verdict is not Verdict.ok or len(done.pages) != len(pages):
        raise NotDrawn
    return [page.picture for page in done.pages]


def _kind(paper: Paper) -> Kind:
    try:
        return kind_of(paper.name, paper.data)
    except DocumentRefused:
        raise PaperUnreadable from None


def keep_found(
    session: Session, *, identity: ProtectedIdentity, actor: Actor, pages: Sequence[PageMasks], at: datetime
) -> None:
    """Keep what the machine would cover, which has read the paper for it; what covers it as it is set now stays as it is.
    Raises `IdentityGone` and `HandedOver`."""
    held, _ = _held(session, identity)
    if not masks_of(session, held, reader_id=actor.person_id):
        _keep_masks(session, held, actor, pages)
    _log(session, held, actor, "identity.paper_looked_through", at)


def add_box(
    session: Session, *, identity: ProtectedIdentity, actor: Actor, number: int, box: Box, shown: str, at: datetime
) -> None:  # fmt: skip
    """Cover one more place. ``shown`` is the print of the pages as they were shown. Raises a Refusal."""
    held, _ = _held(session, identity)
    _keep_masks(session, held, actor, with_box(_as_shown(session, held, actor, shown), number, box))
    _log(session, held, actor, "identity.masks_changed", at)


def remove_box(
    session: Session, *, identity: ProtectedIdentity, actor: Actor, number: int, which: int, shown: str, at: datetime
) -> None:  # fmt: skip
    """Let a place be seen: the box number ``which`` of the page, from 1. Raises a Refusal."""
    held, _ = _held(session, identity)
    _keep_masks(session, held, actor, without_box(_as_shown(session, held, actor, shown), number, which))
    _log(session, held, actor, "identity.masks_changed", at)


def _keep_masks(session: Session, held: ProtectedIdentity, actor: Actor, pages: Sequence[PageMasks]) -> None:
    if handed_over(session, held.application_id):
        raise HandedOver
    key = identity_key(session, held, reader_id=actor.person_id)
    held.masks_sealed = key.seal_text(place_of("masks"), as_text(pages))
    session.flush()


def _held(session: Session, identity: ProtectedIdentity) -> tuple[ProtectedIdentity, Application]:
    """The application locked, and the identity read again under that lock: of two who press at once, one sees what the
    other has done. Raises `IdentityGone`."""
    application = session.get(Application, identity.application_id, with_for_update=True)
    again = select(ProtectedIdentity).where(ProtectedIdentity.application_id == identity.application_id)
    held = session.scalars(again.execution_options(populate_existing=True)).one_or_none()
    if application is None or held is None or application.state not in COUNTS:
        raise IdentityGone
    return held, application


def require_seen(pages: Sequence[PageMasks], *, shown: str, seen: Collection[str]) -> None:
    """What is handed over is what was shown, with every doubt looked at. Raises MasksChanged and DoubtsUnseen."""
    if not pages or print_of_pages(pages) != shown:
        raise MasksChanged
    if not all_doubts_seen(doubts_of(pages), seen):
        raise DoubtsUnseen


def hand_over(
    session: Session, *, identity: ProtectedIdentity, actor: Actor, sealed: Sealed, shown: str, at: datetime
) -> None:
    """Let those who assess have the covered paper. Raises `IdentityGone`, MasksChanged and `HandedOver`."""
    held, application = _held(session, identity)
    _as_shown(session, held, actor, shown)
    if handed_over(session, held.application_id):
        raise HandedOver
    add_document(session, owner=application, slot="attachment", sealed=sealed, at=at)
    party = scope.party(application.party_id)
    announce(session, "application.changed", subject_id=application.id, at=at, scope=party)  # its pages are drawn
    look_again(session, application_id=application.id, at=at)
    _log(session, held, actor, "identity.paper_handed_over", at)


def take_back(session: Session, *, identity: ProtectedIdentity, actor: Actor, at: datetime) -> None:
    """Take the covered paper away from everybody: what was not covered in it may say who it is. Its number stays with an
    authority, and what came in lies where it lay, under the identity's own key. Raises `IdentityGone`."""
    held, _ = _held(session, identity)
    for document in handed_over(session, held.application_id):
        remove_document(session, document)
        _log(session, held, actor, "identity.paper_taken_back", at)
    session.flush()
    settle(session, application_id=held.application_id, at=at)  # a blind review waited for it alone, perhaps


def _as_shown(session: Session, identity: ProtectedIdentity, actor: Actor, shown: str) -> list[PageMasks]:
    pages = masks_of(session, identity, reader_id=actor.person_id)
    if print_of_pages(pages) != shown:
        raise MasksChanged
    return pages


def _log(session: Session, identity: ProtectedIdentity, actor: Actor, verb: str, at: datetime) -> None:
    who, about = person_actor(actor.person_id), identity.application_id
    record(session, chain=identity.party_id, at=at, actor=who, verb=verb, object_id=about)
