"""What a blind review shows of one candidate: the burnt pages, the masked texts, and the code name."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applications.models import Application, MaskedText
from portal.applications.queries import masked_texts_of
from portal.documents.kinds import MAX_PAGES
from portal.documents.models import MaskedPage
from portal.documents.queries import MASKED_PAGE, MASKED_PAGE_TEXT, documents_of, masked_pages_of
from portal.review.access import may_see_name, shown_to
from portal.review.phases import Shown
from portal.review.queries.case import Case, Listed
from portal.review.queries.papers import (
    OPEN,
    Owned,
    Paper,
    Papers,
    Said,
    criteria_and_answers,
    key_of,
    opened_column,
    page_picture,
    papers_of,
    posts_of,
)
from portal.review.queries.requirements import Place, answers_of
from portal.vault.services import open_application_keys

LETTER = "letter"


def text_place(place: str) -> str:
    """What a masked text is sealed for."""
    return f"masked_text.{place}"


def shown_papers(session: Session, case: Case, application: Listed) -> Papers | None:
    """The papers as the case's person may open them; None where there is nothing to open.

    Of a blind review that is what is masked. The office, unless it assesses, knows the name all the same.
    """
    shown = shown_to(case.standing, application.id)
    if shown is Shown.PAPERS:
        return papers_of(session, application)
    by_name = may_see_name(case.standing, application.id)
    if shown is None and not by_name:
        return None
    papers = _masked(session, application) if shown is Shown.MASKED else Papers("", "", "", "", "", {}, (), masked=True)
    return _with_contact(session, application, papers) if papers and by_name else papers


def shown_picture(session: Session, case: Case, application: Listed, document_id: UUID, number: int) -> bytes | None:
    """The PNG of one page as the case's person may see it."""
    shown = shown_to(case.standing, application.id)
    if shown is Shown.PAPERS:
        return page_picture(session, application, document_id, number)
    return _burnt_picture(session, application, document_id, number) if shown is Shown.MASKED else None


def _masked(session: Session, application: Listed) -> Papers | None:
    key = key_of(session, application)
    if key is None:
        return None
    texts = {
        row.place: key.open_text(text_place(row.place), row.text_sealed)
        for row in masked_texts_of(session, application.id)
    }
    criteria, said = criteria_and_answers(session, application.ad_id, application.id, key)
    return Papers(
        name=application.code_name or "",
        email="",
        phone="",
        letter=texts.get(LETTER, ""),
        start="",
        posts=posts_of(session, application, key),
        answers={id: Said(one.choice, texts.get(str(id), "")) for id, one in said.items()},
        documents=_documents(session, application.id),
        masked=True,
        criteria=criteria,
    )


def _documents(session: Session, application_id: UUID) -> tuple[Paper, ...]:
    """Neither the file's name nor what it said of itself goes along."""
    documents = [row for row in documents_of(session, application_id) if row.state in OPEN]
    pages: dict[UUID, list[int]] = {}
    for page in masked_pages_of(session, [row.id for row in documents]):
        if page.blob is not None:
            pages.setdefault(page.document_id, []).append(page.number)
    return tuple(Paper(row, "", tuple(pages.get(row.id, ()))) for row in documents)


def _with_contact(session: Session, application: Listed, papers: Papers) -> Papers | None:
    key = key_of(session, application)
    columns = select(Application.name_sealed, Application.email_sealed, Application.phone_sealed)
    found = session.execute(columns.where(Application.id == application.id)).one_or_none()
    if key is None or found is None:
        return None
    name, email, phone = (
        opened_column(key, column, sealed) for column, sealed in zip(("name", "email", "phone"), found, strict=True)
    )
    return replace(papers, name=name, email=email, phone=phone)


def _burnt_picture(session: Session, application: Owned, document_id: UUID, number: int) -> bytes | None:
    if number > MAX_PAGES:
        return None  # nor has a database whole numbers of any size
    found = select(MaskedPage.blob).where(
        MaskedPage.document_id == document_id,
        MaskedPage.application_id == application.id,
        MaskedPage.number == number,
        MaskedPage.blob.is_not(None),
    )
    blob = session.scalar(found)
    key = key_of(session, application) if blob else None
    return None if key is None or blob is None else key.open_document(MASKED_PAGE, blob)


def shown_answers(
    session: Session, case: Case, applications: Sequence[Listed], criteria: Collection[UUID]
) -> dict[Place, Said]:
    """What these candidates answered to these questions, as the case's person may read it: of what is masked, the masked
    text."""
    shown = {row.id: shown_to(case.standing, row.id) for row in applications}
    readable = [row for row in applications if shown[row.id] in (Shown.PAPERS, Shown.MASKED)]
    masked = {row.id: row for row in readable if shown[row.id] is Shown.MASKED}
    texts = _masked_answers(session, list(masked.values()), criteria) if masked else {}
    return {
        place: Said(said.choice, texts.get(place, "")) if place[0] in masked else said
        for place, said in answers_of(session, readable, criteria).items()
    }


def _masked_answers(session: Session, applications: Sequence[Listed], criteria: Collection[UUID]) -> dict[Place, str]:
    keys = open_application_keys(session, {row.id: row.controller_id for row in applications})
    places = {str(id): id for id in criteria}
    rows = select(MaskedText).where(MaskedText.application_id.in_(list(keys)), MaskedText.place.in_(list(places)))
    return {
        (row.application_id, places[row.place]): keys[row.application_id].open_text(
            text_place(row.place), row.text_sealed
        )
        for row in session.scalars(rows)
    }


def masked_document_text(session: Session, application: Owned, document_id: UUID) -> str:
    """The words of a document without those that its boxes cover."""
    pages = [page for page in masked_pages_of(session, [document_id]) if page.text_blob]
    key = key_of(session, application) if pages else None
    if key is None:
        return ""
    return "\n\n".join(key.open_document(MASKED_PAGE_TEXT, page.text_blob or "").decode() for page in pages)
