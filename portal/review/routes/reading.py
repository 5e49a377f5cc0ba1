"""The papers of one candidate as a page shows them: tabs, page pictures or text, and the original on purpose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import url_for

from portal.db import db
from portal.documents.attachments import AttachmentKind
from portal.documents.masks import A4
from portal.documents.models import Document
from portal.documents.reading import Note
from portal.review.marking import Piece
from portal.review.queries.case import Listed
from portal.review.queries.masked import masked_document_text
from portal.review.queries.papers import Paper, Papers, document_text

SLOTS = {"cv": ("CV", "cv"), "letter": ("Personligt brev", "brev"), "attachment": ("Bilaga", "bilaga")}
AS_TEXT = "text"
Address = Callable[..., str]  # of the page itself, with ``visa`` and ``som``


@dataclass
class Reading:
    """What the reading column shows. ``ways``: as pages and as text, where there are both."""

    tabs: list[dict[str, Any]]
    shown: str
    pages: list[dict[str, Any]] = field(default_factory=list)
    paragraphs: Sequence[str | Sequence[Piece]] = field(default_factory=list)
    note: str = ""
    ways: list[dict[str, Any]] = field(default_factory=list)
    original_url: str = ""
    original_name: str = ""
    paper_id: UUID | None = None  # of the document that is shown; None for what was typed
    lacks_paper: bool = False  # of one under a code name, whose CV nobody has covered


def reading_of(ad_id: UUID, application: Listed, papers: Papers, args: Mapping[str, str], address: Address) -> Reading:
    """The tab that ``visa`` names, or the first; as text where ``som`` says so, which the tabs keep."""
    sheets = _sheets(papers)
    wanted, way = args.get("visa", ""), args.get("som") or None
    shown = wanted if wanted in sheets else next(iter(sheets), "")
    tabs = [
        {"text": text, "href": address(visa=key, som=way), "current": key == shown} for key, (text, _) in sheets.items()
    ]
    reading = Reading(tabs if len(tabs) > 1 else [], shown)
    reading.lacks_paper = application.protected and not papers.masked and "bilaga" not in sheets
    if not shown:
        reading.paragraphs = ["Inga handlingar."]
        return reading
    paper = sheets[shown][1]
    if paper is None:
        reading.paragraphs = _paragraphs(papers.letter)
        return reading
    _show_document(reading, ad_id, application, paper, papers, way == AS_TEXT, address)
    return reading


def paper_word(row: Document) -> str:
    """What kind of paper a document is, in a word: "CV", "Intyg"."""
    return AttachmentKind(row.attachment_kind).word if row.attachment_kind else SLOTS[row.slot][0]


def _sheets(papers: Papers) -> dict[str, tuple[str, Paper | None]]:
    """Key of the address, its tab's text and its document (None: the letter as it was typed)."""
    found: dict[str, tuple[str, Paper | None]] = {}
    for paper in papers.documents:
        text, key = paper_word(paper.row), SLOTS[paper.row.slot][1]
        number = sum(1 for known in found if known.split("-")[0] == key) + 1
        same = sum(1 for tab, _ in found.values() if tab.startswith(text)) + 1
        found[key if number == 1 else f"{key}-{number}"] = (text if same == 1 else f"{text} {same}", paper)
    if papers.letter and not (found.get("brev") and found["brev"][1] and found["brev"][1].pages):
        found["brev"] = ("Personligt brev", None)
    return found


def _show_document(
    reading: Reading,
    ad_id: UUID,
    application: Listed,
    paper: Paper,
    papers: Papers,
    as_text: bool,
    address: Address,
) -> None:
    places: dict[str, Any] = {"ad_id": ad_id, "application_id": application.id, "document_id": paper.row.id}
    reading.paper_id = paper.row.id
    if not papers.masked:
        reading.note = " ".join(Note(note).text for note in paper.row.note.split()) if paper.row.note else ""
        reading.original_url, reading.original_name = url_for("review.original", **places), paper.name
    if paper.pages and paper.row.has_words:
        ways = ((None, "Sidor"), (AS_TEXT, "Text"))
        reading.ways = [
            {"text": word, "href": address(visa=reading.shown, som=way), "current": as_text == (way == AS_TEXT)}
            for way, word in ways
        ]
    if as_text or not paper.pages:
        words = _words(application, paper, papers) or (papers.letter if paper.row.slot == "letter" else "")
        reading.paragraphs = _paragraphs(words) or ["Filen har ingen text att visa."]
        return
    reading.pages = [
        {
            "src": url_for("review.page_picture", number=number, **places),
            "number": number,
            "width": A4[0],
            "height": A4[1],
            "alt": f"Sida {number}",
        }
        for number in paper.pages
    ]


def _words(application: Listed, paper: Paper, papers: Papers) -> str:
    if papers.masked:
        return masked_document_text(db.session, application, paper.row.id)
    return document_text(db.session, application, paper.row)


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
