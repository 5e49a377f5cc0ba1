"""What one record of the register is, as the bytes of a file: the one that was sent, or a paper set of what was typed."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.queries import criteria_of
from portal.applications.models import Application
from portal.applications.services.former import former_of
from portal.disclosure.engines import paper_of
from portal.disclosure.form_lines import lines_of_form
from portal.documents.models import Document, PagePicture
from portal.letterbox.models import Message
from portal.letterbox.queries import place_of
from portal.register.kinds import FILES, MESSAGES, Kind
from portal.register.lines import SetLine, lines_in, made_place
from portal.register.models import MadeRecord, RegisterEntry
from portal.review.queries.papers import OPEN, key_of, papers_of, salary_of
from portal.vault.blobs import BlobGone
from portal.vault.services import ApplicationKey

TEXTS = {
    "name": "Namn tidigare", "email": "E-post tidigare", "phone": "Telefon tidigare", "salary": "Löneanspråk tidigare",
    "start": "Kan börja tidigare", "posts": "Tjänster tidigare",
}  # fmt: skip
TYPED = {"letter": "txt"}  # a document that was typed is kept as its words


@dataclass(frozen=True, slots=True)
class Source:
    """A record's bytes, and its kind as `documents` knows it."""

    data: bytes
    kind: str

    @property
    def ending(self) -> str:
        """What its name ends with."""
        return TYPED.get(self.kind, self.kind)


def entry_of(session: Session, entry_id: UUID) -> RegisterEntry | None:
    """The line of the register, within the scope."""
    return session.get(RegisterEntry, entry_id)


def source_of(session: Session, entry: RegisterEntry) -> Source | None:
    """What the record says; None where nothing is left of it."""
    application = session.get(Application, entry.application_id)
    key = key_of(session, application) if application is not None else None
    if application is None or key is None:
        return None
    kind, mark = Kind(entry.kind), f"Nummer {entry.register_number}"
    if kind in FILES:
        return _file(session, entry, key)
    if kind in MESSAGES:
        return _message(session, entry, key)
    if kind is Kind.CHANGE:
        lines = _change(session, entry, application, key)
    elif kind is Kind.APPLICATION:
        lines = _form(session, application)
    else:
        lines = _made(session, entry, key)
    return Source(paper_of(lines, mark=mark), "pdf") if lines else None


def _file(session: Session, entry: RegisterEntry, key: ApplicationKey) -> Source | None:
    row = session.get(Document, entry.document_id) if entry.document_id else None
    if row is None or row.state not in OPEN:
        return None
    try:
        return Source(key.open_document("document", row.blob), row.kind)
    except BlobGone:
        return None


def stored_page(session: Session, entry: RegisterEntry, number: int) -> bytes | None:
    """The picture of a page that was drawn when its file came, of a file that was replaced since too; None where none is."""
    application = session.get(Application, entry.application_id) if entry.document_id else None
    key = key_of(session, application) if application is not None else None
    if key is None:
        return None
    rows = select(PagePicture).where(PagePicture.document_id == entry.document_id, PagePicture.number == number)
    row = session.scalars(rows).one_or_none()
    try:
        return None if row is None else key.open_document("page", row.blob)
    except BlobGone:
        return None


def _message(session: Session, entry: RegisterEntry, key: ApplicationKey) -> Source | None:
    row = session.get(Message, entry.document_id) if entry.document_id else None
    return None if row is None else Source(key.open_text(place_of(row.id), row.text_sealed).encode(), "txt")


def _change(session: Session, entry: RegisterEntry, application: Application, key: ApplicationKey) -> list[SetLine]:
    """What the form said until the change, and which parts came anew; the newest is the form's own record."""
    former = next((one for one in former_of(session, application, key) if one.number == entry.register_number), None)
    if former is None:
        return []
    words = {row.id: row.text for row in criteria_of(session, application.ad_id)}
    said = [(words.get(id, ""), ". ".join(filter(None, (r.choice, r.text)))) for id, r in former.answers.items()]
    pairs = [(TEXTS[name], text) for name, text in former.texts.items() if name != "letter"]
    return lines_of_form(pairs, former.texts.get("letter", ""), said)


def _form(session: Session, application: Application) -> list[SetLine]:
    papers = papers_of(session, application)
    if papers is None or not papers.name:
        return []
    salary = salary_of(session, application)
    pairs = (
        ("Namn", papers.name),
        ("E-post", papers.email),
        ("Telefon", papers.phone),
        ("Löneanspråk", f"{salary} kronor per månad" if salary else ""),
        ("Kan börja", papers.start),
    )
    said = [
        (row.text, ". ".join(filter(None, (papers.answers[row.id].choice.capitalize(), papers.answers[row.id].text))))
        for row in criteria_of(session, application.ad_id)
        if row.id in papers.answers
    ]
    return lines_of_form(pairs, papers.letter, said)


def _made(session: Session, entry: RegisterEntry, key: ApplicationKey) -> list[SetLine]:
    """What was made of one candidate, as it was frozen when the matter closed."""
    row = session.scalars(select(MadeRecord).where(MadeRecord.entry_id == entry.id)).one_or_none()
    return [] if row is None else lines_in(key.open_text(made_place(entry.id), row.lines_sealed))
