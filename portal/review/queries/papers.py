"""What a candidate has sent, opened: the name for lists, and letter, answers and documents for whoever reads."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from portal.ads.models import AdCriterion
from portal.applications.models import Answer, Application
from portal.documents.kinds import MAX_PAGES
from portal.documents.models import Document, PagePicture
from portal.documents.queries import PAGE_BY_PAGE, with_pages
from portal.swedish_names import alphabetical
from portal.vault.keystore import KeyGone
from portal.vault.services import ApplicationKey, open_application_key, open_texts

_READ = tuple(getattr(Application, f"{name}_sealed") for name in ("name", "email", "phone", "letter", "start", "posts"))
_PAGES = (
    select(*_READ, Document, PagePicture.number)
    .select_from(Application)
    .outerjoin(Document, and_(Document.application_id == Application.id, Document.replaced_at.is_(None)))
    .outerjoin(PagePicture, PagePicture.document_id == Document.id)
    .where(Application.id == bindparam("application"))
    .order_by(*PAGE_BY_PAGE)
)
_ANSWERED = (
    select(AdCriterion, Answer.text_sealed)
    .outerjoin(Answer, and_(Answer.criterion_id == AdCriterion.id, Answer.application_id == bindparam("application")))
    .where(AdCriterion.ad_id == bindparam("ad"))
    .order_by(AdCriterion.position, AdCriterion.id)
)
OPEN = ("ready", "waiting")  # states of a document that may be handed on


class Owned(Protocol):
    """Whatever tells which application it is, and under whose key."""

    @property
    def id(self) -> UUID: ...
    @property
    def controller_id(self) -> UUID: ...


class InAd(Owned, Protocol):
    """The same with whose ad it answers."""

    @property
    def ad_id(self) -> UUID: ...


class Named(Owned, Protocol):
    """The same with the sealed name."""

    @property
    def name_sealed(self) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class Said:
    """An answer to the question made of one criterion. ``choice`` is ja, nej or empty."""

    choice: str
    text: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One document with the numbers of the pages that have been drawn."""

    row: Document
    name: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """All that one candidate has sent but the salary claim; or, where ``masked``, what a blind review shows of it."""

    name: str
    email: str
    phone: str
    letter: str
    start: str
    answers: dict[UUID, Said]
    documents: tuple[Paper, ...]
    masked: bool = False
    posts: str = ""  # how many of the ad's posts are sought: applications.several_posts
    criteria: tuple[AdCriterion, ...] = ()  # the ad's, where the answers were read


def key_of(session: Session, application: Owned) -> ApplicationKey | None:
    """The application's key; None once it is destroyed, for then there is nothing to read."""
    try:
        return open_application_key(session, application_id=application.id, controller_id=application.controller_id)
    except KeyGone:
        return None


def names_of(session: Session, applications: Iterable[Named]) -> dict[UUID, str]:
    """The candidates' names in Swedish alphabetical order. One whose key is gone is left out."""
    return in_alphabet(opened_names(session, applications))


def opened_names(session: Session, applications: Iterable[Named]) -> dict[UUID, str]:
    """The candidates' names in no order, by application. One whose key is gone is left out."""
    sealed = [(row.id, row.controller_id, row.name_sealed) for row in applications if row.name_sealed]
    return open_texts(session, "application.name", sealed)


def in_alphabet(names: Mapping[UUID, str]) -> dict[UUID, str]:
    """Names in Swedish alphabetical order; two alike in that of their ids."""
    return dict(sorted(names.items(), key=lambda item: (*alphabetical(item[1]), item[0])))


def papers_of(session: Session, application: InAd) -> Papers | None:
    """Everything that whoever may read the application may read; None once it or its key is destroyed."""
    key = key_of(session, application)
    if key is None:
        return None
    rows = session.execute(_PAGES, {"application": application.id}).all()
    if not rows:
        return None
    name, email, phone, letter, start, posts, *_ = rows[0]
    documents = with_pages((row.Document, row.number) for row in rows if row.Document is not None)
    criteria, answers = criteria_and_answers(session, application.ad_id, application.id, key)
    return Papers(
        name=opened_column(key, "name", name),
        email=opened_column(key, "email", email),
        phone=opened_column(key, "phone", phone),
        letter=opened_column(key, "letter", letter),
        start=opened_column(key, "start", start),
        posts=opened_column(key, "posts", posts),
        answers=answers,
        criteria=criteria,
        documents=tuple(_paper(row, key, pages) for row, pages in documents.items() if row.state in OPEN),
    )


def opened_column(key: ApplicationKey, column: str, sealed: bytes | None) -> str:
    """One of the application's sealed columns in clear; empty where there is nothing."""
    return key.open_text(f"application.{column}", sealed) if sealed else ""


def _paper(row: Document, key: ApplicationKey, pages: tuple[int, ...]) -> Paper:
    return Paper(row, key.open_text("document.name", row.name_sealed), pages)


def answers_in(session: Session, application_id: UUID, key: ApplicationKey) -> dict[UUID, Said]:
    """The answers by criterion, in clear."""
    rows = session.scalars(select(Answer).where(Answer.application_id == application_id))
    return {row.criterion_id: _said(key, row.criterion_id, row.text_sealed) for row in rows}


def criteria_and_answers(
    session: Session, ad_id: UUID, application_id: UUID, key: ApplicationKey
) -> tuple[tuple[AdCriterion, ...], dict[UUID, Said]]:
    """The ad's krav and merits in their order, and what the application answers to them, in clear; in one statement."""
    rows = session.execute(_ANSWERED, {"ad": ad_id, "application": application_id}).all()
    answers = {row.id: _said(key, row.id, sealed) for row, sealed in rows if sealed is not None}
    return tuple(row for row, _ in rows), answers


def _said(key: ApplicationKey, criterion_id: UUID, sealed: bytes) -> Said:
    said = json.loads(key.open_text(f"answer.{criterion_id}", sealed))
    return Said(said.get("choice", ""), said.get("text", ""))


def letter_of(session: Session, application: Owned, key: ApplicationKey) -> str:
    """The letter as it was typed; empty where it came as a file."""
    sealed = session.scalar(select(Application.letter_sealed).where(Application.id == application.id))
    return opened_column(key, "letter", sealed)


def posts_of(session: Session, application: Owned, key: ApplicationKey) -> str:
    """How many of the ad's posts are sought, which tells nobody who seeks them."""
    sealed = session.scalar(select(Application.posts_sealed).where(Application.id == application.id))
    return opened_column(key, "posts", sealed)


def salary_of(session: Session, application: Owned) -> str:
    """The salary claim in kronor a month at full time, as typed. Ask `access.may_see_salary` first."""
    key = key_of(session, application)
    sealed = session.scalar(select(Application.salary_sealed).where(Application.id == application.id))
    return "" if key is None else opened_column(key, "salary", sealed)


def page_picture(session: Session, application: Owned, document_id: UUID, number: int) -> bytes | None:
    """The PNG of one page of one of the application's documents."""
    if number > MAX_PAGES:
        return None  # nor has a database whole numbers of any size
    row = session.scalars(
        select(PagePicture)
        .join(Document, Document.id == PagePicture.document_id)
        .where(
            Document.id == document_id,
            Document.application_id == application.id,
            Document.state.in_(OPEN),
            Document.replaced_at.is_(None),
            PagePicture.number == number,
        )
    ).one_or_none()
    key = key_of(session, application) if row is not None else None
    return None if row is None or key is None else key.open_document("page", row.blob)


def original(session: Session, application: Owned, document_id: UUID) -> tuple[str, bytes] | None:
    """Name and bytes of the file as it was sent."""
    row = session.get(Document, document_id)
    if row is None or row.application_id != application.id or row.state not in OPEN or row.replaced_at is not None:
        return None
    key = key_of(session, application)
    if key is None:
        return None
    return key.open_text("document.name", row.name_sealed), key.open_document("document", row.blob)


def document_text(session: Session, application: Owned, row: Document) -> str:
    """The words of a document, for whoever reads text rather than pictures; empty where it has none."""
    key = key_of(session, application)
    return "" if key is None or not row.text_blob else key.open_document("document.text", row.text_blob).decode()
