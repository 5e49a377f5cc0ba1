"""What one record of the register is: the file that was sent, or the lines that a paper is set of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from portal.ads.queries import criteria_of
from portal.applications.models import Application, CandidateRequest, DecisionWord
from portal.applications.own_requests import asked_in_words, request_place
from portal.applications.queries import WORD_PLACE
from portal.applications.services.former import as_it_arrived
from portal.applications.several_posts import without_extent as posts_in_words
from portal.db import Base
from portal.disclosure.form_lines import as_set, lines_of_form
from portal.disclosure.queries.cases import lines_of_record
from portal.documents.engines.layout import LINES, data_of, layout
from portal.documents.models import Document, PagePicture
from portal.letterbox.models import Message
from portal.letterbox.queries import place_of
from portal.register.kinds import FILES, MESSAGES, Kind
from portal.register.lines import SetLine, lines_in, made_place
from portal.register.models import CaseRecord, MadeRecord, RegisterEntry
from portal.review.blind.mask_boxes import print_of
from portal.review.queries.papers import OPEN, key_of
from portal.vault.blobs import BlobGone
from portal.vault.services import ApplicationKey

LABELS = {
    "name": "Namn", "email": "E-post", "phone": "Telefon", "salary": "Löneanspråk", "start": "Kan börja", "posts": "Tjänster",
}  # fmt: skip
GONE = "Borttaget"  # of what a change has emptied
Record = RegisterEntry | CaseRecord  # of an application, or of a whole case
SAID_IN: Final = (Message, DecisionWord, MadeRecord, CandidateRequest)  # what a message's document_id is one of
NONE_READ: Final[Mapping[UUID, MadeRecord]] = MappingProxyType({})
ENDINGS = {"letter": "txt", LINES: "pdf"}  # a document that was typed is kept as its words


@dataclass(frozen=True, slots=True)
class Source:
    """A record's bytes, and its kind as `documents` knows it: that of a file, or lines to be set."""

    data: bytes
    kind: str

    @classmethod
    def of_lines(cls, lines: Sequence[SetLine], *, mark: str) -> "Source":
        """What was typed. Whoever draws its pages sets them in the same child."""
        return cls(data_of(lines, mark=mark).encode(), LINES)

    @property
    def ending(self) -> str:
        """What its name ends with."""
        return ENDINGS.get(self.kind, self.kind)


def entry_of(session: Session, entry_id: UUID) -> RegisterEntry | None:
    """The line of the register, within the scope."""
    return session.get(RegisterEntry, entry_id)


def source_of(session: Session, entry: Record) -> Source | None:
    """What the record says; None where nothing is left of it."""
    mark = f"Nummer {entry.register_number}"
    if isinstance(entry, CaseRecord):
        return Source.of_lines(lines_of_record(session, entry), mark=mark)
    opened = _opened(session, entry)
    if opened is None:
        return None
    application, key = opened
    if Kind(entry.kind) in FILES:
        row = _file(session, entry)
        try:
            return None if row is None else Source(key.open_document("document", row.blob), row.kind)
        except BlobGone:
            return None
    if Kind(entry.kind) in MESSAGES:
        said = _message(session, entry, key)
        return None if said is None else Source(said.encode(), "txt")
    lines = _lines(session, entry, application, key)
    return Source.of_lines(as_set(lines), mark=mark) if lines else None


def says_now(session: Session, entry: Record, made: Mapping[UUID, MadeRecord] = NONE_READ) -> str:
    """Changes with what the record says, and with where on its pages it stands where they are set anew: what was reviewed is
    what is handed out. Empty where nothing is left of it. ``made`` is what is read already, by entry."""
    if isinstance(entry, CaseRecord):
        return print_of(lines_of_record(session, entry), layout())
    opened = _opened(session, entry)
    if opened is None:
        return ""
    application, key = opened
    if Kind(entry.kind) in FILES:
        row = _file(session, entry)
        said: object = row.blob if row is not None else None  # a file is never written over: another has another name
        if row is not None and row.kind == "pdf":
            return print_of(said)
    elif Kind(entry.kind) in MESSAGES:
        said = _message(session, entry, key)
    else:
        said = _lines(session, entry, application, key, made)
    return print_of(said, layout()) if said else ""


def _opened(session: Session, entry: RegisterEntry) -> tuple[Application, ApplicationKey] | None:
    application = session.get(Application, entry.application_id)
    key = key_of(session, application) if application is not None else None
    return None if application is None or key is None else (application, key)


def _lines(
    session: Session, entry: RegisterEntry, application: Application, key: ApplicationKey,
    made: Mapping[UUID, MadeRecord] = NONE_READ,
) -> list[SetLine]:  # fmt: skip
    """What a form said, or what was made of one candidate, as it was frozen when the matter closed."""
    if Kind(entry.kind) in (Kind.APPLICATION, Kind.CHANGE):
        return _form(session, entry, application, key)
    row = made.get(entry.id) or session.scalars(select(MadeRecord).where(MadeRecord.entry_id == entry.id)).one_or_none()
    return [] if row is None else lines_in(key.open_text(made_place(entry.id), row.lines_sealed))


def _file(session: Session, entry: RegisterEntry) -> Document | None:
    row = session.get(Document, entry.document_id) if entry.document_id else None
    return None if row is None or row.state not in OPEN else row


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


def _message(session: Session, entry: RegisterEntry, key: ApplicationKey) -> str | None:
    """A letter, the word of what became of the application, or a request about the candidate's own data or its answer."""
    row = _said_in(session, entry.document_id)
    if isinstance(row, Message):
        return key.open_text(place_of(row.id), row.text_sealed)
    if isinstance(row, DecisionWord):
        return key.open_text(WORD_PLACE, row.text_sealed)
    if isinstance(row, MadeRecord):
        return "\n".join(words for _, words in lines_in(key.open_text(made_place(entry.id), row.lines_sealed)))
    if not isinstance(row, CandidateRequest) or row.application_id != entry.application_id:
        return None
    text = key.open_text(request_place(row.id, "text"), row.text_sealed) if row.text_sealed else ""
    return asked_in_words(kind=row.kind, made_at=row.made_at, came_by=row.came_by, text=text)


def _said_in(session: Session, id: UUID | None) -> Base | None:
    """The row with its words. Nothing remembers a miss: one that the session holds is found before others are asked for."""
    held = [kind for kind in SAID_IN if identity_key(kind, id) in session.identity_map]
    return next((row for kind in [*held, *SAID_IN] if (row := session.get(kind, id)) is not None), None)


def _form(session: Session, entry: RegisterEntry, application: Application, key: ApplicationKey) -> list[SetLine]:
    """What the form said when it came, or what one change of it brought: never what has come since."""
    change = Kind(entry.kind) is Kind.CHANGE
    arrived = as_it_arrived(session, application, key, entry.register_number if change else None)
    if arrived is None or application.name_sealed is None:
        return []
    texts = {name: text or (GONE if change else "") for name, text in arrived.texts.items()}
    pairs = [(words, _in_full(name, texts[name])) for name, words in LABELS.items() if texts.get(name)]
    pairs += [("Ny fil", name) for name in arrived.came] + [
        ("Fil som inte längre gäller", name) for name in arrived.went
    ]
    said = [
        (row.text, ". ".join(filter(None, (reply.choice.capitalize(), reply.text))))
        for row in criteria_of(session, application.ad_id)
        if (reply := arrived.answers.get(row.id)) is not None and (reply or change)
    ]
    return lines_of_form(pairs, texts.get("letter", ""), said, heading=Kind(entry.kind).word)


def _in_full(name: str, text: str) -> str:
    if name == "salary" and text.isdecimal():
        return f"{text} kronor per månad"
    return posts_in_words(text) or text if name == "posts" else text
