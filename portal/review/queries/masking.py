"""How far the masking of a blind review has come: for each candidate, each of their files, and each page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applications.models import MaskedText
from portal.applications.queries import masked_texts_of
from portal.documents.models import Document, MaskedPage
from portal.documents.queries import documents_of, masked_pages_of
from portal.documents.services import WAITING
from portal.review.access import may_mask_application
from portal.review.blind.models import Masking
from portal.review.models import ConflictAnswer, PanelMember
from portal.review.queries.case import Case, Listed
from portal.review.queries.masked import LETTER, text_place
from portal.review.queries.papers import OPEN, answers_in, key_of, letter_of, names_of
from portal.review.queries.readers import office_people
from portal.vault.services import ApplicationKey

REFUSED: Final = "refused"  # the state of a document that could never be opened


@dataclass(frozen=True, slots=True)
class Progress:
    """One candidate's: how many parts (pages and the typed texts) there are, and how many are approved and burnt."""

    application: Listed
    name: str
    looked_at: bool
    parts: int
    approved: int
    burnt: int
    trouble: bool

    @property
    def state(self) -> str:
        """looking, trouble, left, burning or ready."""
        if self.application.masked_at is not None:
            return "ready"
        if not self.looked_at:
            return "looking"
        if self.trouble:
            return "trouble"
        return "burning" if self.approved == self.parts else "left"


def progress_of_masking(session: Session, case: Case) -> list[Progress]:
    """Every candidate whom the case's person may mask, by name."""
    rows = {row.id: row for row in case.applications if may_mask_application(case.standing, row.id)}
    looked_at = set(
        session.scalars(
            select(Masking.application_id).where(Masking.ad_id == case.ad.id, Masking.suggested_at.is_not(None))
        )
    )
    parts: dict[UUID, list[tuple[bool, bool, str]]] = defaultdict(list)
    pages = select(MaskedPage.application_id, MaskedPage.approved_at, MaskedPage.blob, MaskedPage.trouble)
    mine = select(Masking.application_id).where(Masking.ad_id == case.ad.id)
    for application, approved_at, blob, trouble in session.execute(pages.where(MaskedPage.application_id.in_(mine))):
        parts[application].append((approved_at is not None, blob is not None, trouble))
    texts = select(MaskedText.application_id, MaskedText.approved_at).where(MaskedText.application_id.in_(mine))
    typed: dict[UUID, bool] = {}
    for application, approved_at in session.execute(texts):
        typed[application] = typed.get(application, True) and approved_at is not None
    for application, approved in typed.items():
        parts[application].append((approved, approved, ""))
    return [
        Progress(
            application=rows[id],
            name=name,
            looked_at=id in looked_at,
            parts=len(parts[id]),
            approved=sum(approved for approved, _, _ in parts[id]),
            burnt=sum(burnt for _, burnt, _ in parts[id]),
            trouble=any(trouble for _, _, trouble in parts[id]),
        )
        for id, name in names_of(session, rows.values()).items()
    ]


def latecomers(session: Session, case: Case) -> frozenset[UUID]:
    """The applications that came after somebody had answered about jäv for the others.

    Both lists grow by one then, that of names and that of code names, and whoever remembers them can tell which belong
    together. That cannot be hidden: the office is told before it approves, and the log says that it did.
    """
    rows = session.execute(
        select(ConflictAnswer.panel_member_id, ConflictAnswer.application_id, ConflictAnswer.answered_at)
        .join(PanelMember, PanelMember.id == ConflictAnswer.panel_member_id)
        .where(PanelMember.ad_id == case.ad.id)
    )
    answers: dict[UUID, dict[UUID, datetime]] = defaultdict(dict)
    for member, application, answered_at in rows:
        answers[member][application] = answered_at
    first = {member: min(own.values()) for member, own in answers.items()}
    return frozenset(
        row.id
        for row in case.applications
        if any(_came_later(row, own.get(row.id), first[member]) for member, own in answers.items())
    )


def _came_later(row: Listed, answered_at: datetime | None, first: datetime) -> bool:
    """Not answered for in a member's first answer. A "no" that became jäv was answered anew, so when it was sent counts."""
    return answered_at is None or (answered_at > first and row.submitted_at > first)


def has_more_to_look_at(session: Session, application_id: UUID, key: ApplicationKey) -> bool:
    """Whether something has come that the machine has not looked at: a file still to be read, a page, a typed text."""
    documents = documents_of(session, application_id)
    opened = [row for row in documents if row.state in OPEN]
    looked_at = {(page.document_id, page.number) for page in masked_pages_of(session, [row.id for row in opened])}
    pages = {(row.id, number) for row in opened for number in range(1, row.page_count + 1)}
    typed = {LETTER, *(str(id) for id, said in answers_in(session, application_id, key).items() if said.text)}
    texts = {row.place for row in masked_texts_of(session, application_id)}
    return any(row.state == WAITING for row in documents) or not (pages <= looked_at and typed <= texts)


@dataclass(frozen=True, slots=True)
class Sheets:
    """One candidate's files to mask, each with its pages; those that could not be opened are only counted."""

    looked_at: bool
    files: Sequence[tuple[Document, Sequence[MaskedPage]]]
    refused: int

    def pages(self) -> list[MaskedPage]:
        """All pages of all files, in the order they are gone through."""
        return [page for _, pages in self.files for page in pages]


def sheets_of(session: Session, application: Listed) -> Sheets:
    """The files of one candidate: CV, letter, attachments."""
    documents = documents_of(session, application.id)
    pages: dict[UUID, list[MaskedPage]] = defaultdict(list)
    for page in masked_pages_of(session, [row.id for row in documents]):
        pages[page.document_id].append(page)
    done = select(Masking.id).where(Masking.application_id == application.id, Masking.suggested_at.is_not(None))
    return Sheets(
        looked_at=session.scalar(done) is not None,
        files=[(row, pages[row.id]) for row in documents if row.state in OPEN],
        refused=sum(row.state == REFUSED for row in documents),
    )


@dataclass(frozen=True, slots=True)
class Typed:
    """One typed text: as it was written, and as it is to be read blind. ``place`` is *letter* or a criterion's id."""

    place: str
    original: str
    masked: str


@dataclass(frozen=True, slots=True)
class TypedTexts:
    """All typed texts of one candidate, and whether they are approved."""

    texts: Sequence[Typed]
    approved: bool

    @property
    def by_place(self) -> dict[str, str]:
        """The masked ones: what the print of a form is made of."""
        return {one.place: one.masked for one in self.texts}


def typed_texts_of(session: Session, application: Listed) -> TypedTexts | None:
    """The typed letter and answers of one candidate; None where there is nothing to read any more."""
    key = key_of(session, application)
    if key is None:
        return None
    rows = masked_texts_of(session, application.id)
    originals = {str(id): said.text for id, said in answers_in(session, application.id, key).items()}
    originals[LETTER] = letter_of(session, application, key)
    texts = [_typed(row, originals, key) for row in sorted(rows, key=lambda row: (row.place != LETTER, row.place))]
    return TypedTexts(texts, bool(rows) and all(row.approved_at is not None for row in rows))


def _typed(row: MaskedText, originals: dict[str, str], key: ApplicationKey) -> Typed:
    return Typed(row.place, originals.get(row.place, ""), key.open_text(text_place(row.place), row.text_sealed))


def masking_assessors(session: Session, members: Sequence[PanelMember]) -> list[str]:
    """Names of those of the own party's office who assess too: they see whole papers while they mask."""
    found = {person.id for party_id in {one.party_id for one in members} for person in office_people(session, party_id)}
    return [member.person.name for member in members if member.person_id in found]
