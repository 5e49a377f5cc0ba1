"""The choice of a blind review, and what the machine suggests to cover once the ad has closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applications.models import Application, MaskedText, ProtectedIdentity
from portal.applications.queries import masked_texts_of
from portal.applications.states import COUNTS
from portal.audit.services import person_actor, record
from portal.documents.masks import Doubt, Origin
from portal.documents.models import MaskedPage
from portal.documents.queries import documents_of, masked_pages_of
from portal.jobs.services import Busy, announce
from portal.organisations.access import Actor
from portal.review.access import may_name_panel
from portal.review.blind.code_names import draw
from portal.review.blind.mask_boxes import Drawn, kept, print_of
from portal.review.blind.models import Masking
from portal.review.phases import Phase
from portal.review.queries.case import Case
from portal.review.queries.masked import text_place
from portal.review.queries.papers import OPEN
from portal.review.refusals import BlindSettled, CaseOver, NotOpenToYou
from portal.review.services.masking import settle
from portal.review.services.naming import review_row
from portal.scope import walls_of
from portal.vault.services import ApplicationKey

WANTED = "review.masks_wanted"  # the event that has the machine look at one application
PROPOSED_FROM = 8  # applications: with fewer, a code name hides little


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the machine says of one application: the pages by document and number, and the typed texts with names covered.

    ``name`` is the candidate's, so that the code name does not tell it; ``of`` is the `print_of_what_came` then.
    """

    name: str
    of: str
    pages: Mapping[tuple[UUID, int], tuple[Sequence[Drawn], Sequence[str]]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


def choose_blind(session: Session, *, case: Case, actor: Actor, blind: bool, at: datetime) -> None:
    """Let the review be blind, or not. Raises CaseOver, and BlindSettled from when papers could be opened."""
    if not may_name_panel(case.standing):
        raise NotOpenToYou
    if case.over:
        raise CaseOver
    review = review_row(session, case, at)
    if review.blind == blind:
        return
    if review.phase != Phase.CONFLICTS:
        raise BlindSettled
    review.blind = blind
    session.flush()
    verb = "review.blind_chosen" if blind else "review.open_chosen"
    record(session, chain=case.ad.party_id, at=at, actor=person_actor(actor.person_id), verb=verb, object_id=case.ad.id)
    if blind and case.may_be_assessed(at):
        want_masks(session, case=case, at=at)


def want_masks(session: Session, *, case: Case, at: datetime) -> None:
    """Have the machine look at every application that it has not looked at."""
    done = set(
        session.scalars(
            select(Masking.application_id).where(Masking.ad_id == case.ad.id, Masking.suggested_at.is_not(None))
        )
    )
    for row in case.applications:
        if row.id not in done:
            announce(session, WANTED, subject_id=row.id, at=at)


def is_wanted(session: Session, application_id: UUID) -> bool:
    """Whether the machine has yet to look at this application."""
    done = select(Masking.id).where(Masking.application_id == application_id, Masking.suggested_at.is_not(None))
    return session.scalar(done) is None


def look_again(session: Session, *, application_id: UUID, at: datetime) -> None:
    """A paper has come to one whose papers the machine has looked at: it waits until that is masked too."""
    own = select(Masking).where(Masking.application_id == application_id)
    masking = session.scalars(own.with_for_update()).one_or_none()
    if masking is not None:
        masking.suggested_at = masking.approved_at = masking.approved_by = None
        session.flush()
        announce(session, WANTED, subject_id=application_id, at=at)


def print_of_what_came(session: Session, application_id: UUID) -> str:
    """Changes with the files and the typed texts that there are of an application to look at."""
    version = session.scalar(select(Application.version).where(Application.id == application_id))
    return print_of(version, sorted(str(row.id) for row in documents_of(session, application_id)))


def note_suggestions(
    session: Session, *, application_id: UUID, key: ApplicationKey, suggested: Suggested, at: datetime
) -> bool:
    """Write down what the machine suggests, beside what is there already. False where the application has gone. Raises Busy
    where something has come that it has not looked at."""
    application = session.get(Application, application_id, with_for_update=True)
    if application is None or application.state not in COUNTS:
        return False
    if print_of_what_came(session, application_id) != suggested.of:
        raise Busy
    masking = _masking(session, application, suggested.name)
    _note_pages(session, application, suggested)
    _note_texts(session, application, key, suggested)
    masking.suggested_at = masking.suggested_at or at
    session.flush()
    settle(session, application_id=application_id, at=at)  # nothing new, perhaps, and all of it approved before
    return True


_PROTECTED = select(ProtectedIdentity.code_name)  # no two in an ad go by one name, whatever they have it for


def _masking(session: Session, application: Application, name: str) -> Masking:
    masking = session.scalars(select(Masking).where(Masking.application_id == application.id)).one_or_none()
    if masking is None:
        taken = set(session.scalars(select(Masking.code_name).where(Masking.ad_id == application.ad_id)))
        taken |= set(session.scalars(_PROTECTED.where(ProtectedIdentity.ad_id == application.ad_id)))
        masking = Masking(
            id=uuid4(), **walls_of(application, with_authority=False), ad_id=application.ad_id, application_id=application.id,
            code_name=draw(taken, name=name),
        )  # fmt: skip
        session.add(masking)
        session.flush()
    return masking


def _note_pages(session: Session, application: Application, suggested: Suggested) -> None:
    """Every page has its row, also one that the machine could not read: then it says so."""
    documents = [row for row in documents_of(session, application.id) if row.state in OPEN]
    present = {(page.document_id, page.number) for page in masked_pages_of(session, [row.id for row in documents])}
    unread: tuple[Sequence[Drawn], Sequence[str]] = ((), (Doubt.UNREADABLE,))
    for document in documents:
        for number in range(1, document.page_count + 1):
            if (document.id, number) in present:
                continue
            boxes, doubts = suggested.pages.get((document.id, number), unread)
            session.add(
                MaskedPage(
                    id=uuid4(), **walls_of(application, with_authority=False), application_id=application.id,
                    document_id=document.id, number=number, boxes=kept(boxes), doubts=[str(doubt) for doubt in doubts],
                )
            )  # fmt: skip
    session.flush()


def _note_texts(session: Session, application: Application, key: ApplicationKey, suggested: Suggested) -> None:
    present = {row.place for row in masked_texts_of(session, application.id)}
    for place, text in suggested.texts.items():
        if place not in present:
            session.add(
                MaskedText(
                    id=uuid4(), **walls_of(application, with_authority=False), application_id=application.id, place=place,
                    text_sealed=key.seal_text(text_place(place), text),
                )
            )  # fmt: skip
    session.flush()


def machine_drawn(boxes: Sequence[object]) -> list[Drawn]:
    """Boxes that the machine suggests."""
    return [Drawn(box, Origin.machine) for box in boxes]  # type: ignore[arg-type]
