"""A record's pages as pictures, with its marks burnt in: what is marked is in no byte that is handed out. Touches no row."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from portal.disclosure.marks import by_page
from portal.disclosure.queries.covered import Covered, record_for
from portal.disclosure.queries.records import Record, Source, source_of, stored_page
from portal.disclosure.requests import Answer
from portal.documents.engines.masker import Burnt, burn_masks
from portal.documents.engines.picture_pdf import NotAPlainPicture, picture_pdf
from portal.documents.kinds import MAX_PAGES
from portal.documents.masks import Box
from portal.documents.models import Document
from portal.documents.reading import Verdict
from portal.refusal import Refusal
from portal.register.models import CaseRecord, RegisterEntry


class NothingLeft(Refusal):
    """The record has been disposed of, or its file is gone."""

    text = "Det finns inget kvar av handlingen. Den lämnas inte ut: skriv det som grund."
    field = "answer"


class LiesApart(NothingLeft):
    """It tells who a protected person is: nobody here opens it."""

    text = (
        "Handlingen ligger under en egen nyckel och kan inte lämnas ut härifrån. Välj att den inte lämnas ut och skriv "
        "grunden till det, eller vänd dig till partiets kansli."
    )


class NotDrawn(Refusal):
    """The child stopped, or none was free."""

    text = "Sidorna gick inte att rita just nu. Försök igen om en stund."
    status = 503


class ChangedSince(Refusal):
    """The record says something else than when it was reviewed."""

    text = "Handlingen har ändrats sedan den prövades. Pröva den igen, så kan den lämnas ut."
    status = 409


class ChangedSinceDecided(ChangedSince):
    """The same, once the decision is taken."""

    text = (
        "Handlingen har ändrats sedan beslutet togs, och beslutet gäller inte det som står där nu. Anteckna en ny begäran, "
        "pröva handlingen där och ta ett nytt beslut."
    )


class ReviewedBeforePrints(ChangedSince):
    """Reviewed by a program from before it was kept what the record said: nobody can tell whether it says the same."""

    text = (
        "Handlingen prövades innan portalen började spara vad som stod i den då. Anteckna en ny begäran och pröva den där, "
        "så kan den lämnas ut."
    )


def page_count(session: Session, entry: Record) -> int:
    """How many pages the record has as it is drawn now; 0 where nothing is left of it. Raises NotDrawn."""
    row = _paper(session, entry)
    if row is not None and row.page_count and row.kind == "pdf":  # any other is set as pages anew each time
        return row.page_count
    source = source_of(session, entry)
    return _burnt(source, {1: ()})[1] if source is not None else 0


def pages_shown(session: Session, entry: Record) -> int:
    """The same for whoever only reads: as many as it had when it came, where it was drawn then. Raises NotDrawn."""
    row = _paper(session, entry)
    return row.page_count if row is not None and row.page_count else page_count(session, entry)


def _paper(session: Session, entry: Record) -> Document | None:
    if isinstance(entry, CaseRecord) or entry.document_id is None:
        return None
    return session.get(Document, entry.document_id)


def page_as_it_is(session: Session, entry: Record, number: int) -> bytes | None:
    """The PNG of one page with nothing covered; None where there is no such page. Raises NotDrawn."""
    source = source_of(session, entry)
    if source is None or not 1 <= number <= MAX_PAGES:
        return None
    done = burn_masks(source.data, source.kind, {number: ()})
    return None if 0 < done.page_count < number else _pictures(done, 1)[0]


def page_shown(session: Session, entry: RegisterEntry, number: int) -> bytes | None:
    """One of `pages_shown`: as it was drawn when it came, where it was. Raises NotDrawn."""
    if not 1 <= number <= MAX_PAGES:
        return None  # nor has a database whole numbers of any size
    return stored_page(session, entry, number) or page_as_it_is(session, entry, number)


def masked_pdf(session: Session, covered: Covered, *, decided: bool) -> bytes:
    """All pages of the record, burnt: what was reviewed, and nothing that has come since. Raises ChangedSince,
    ReviewedBeforePrints, NothingLeft and NotDrawn."""
    if covered.moved and not covered.reviewed:
        raise ReviewedBeforePrints
    if covered.moved:
        raise ChangedSinceDecided if decided else ChangedSince
    entry = record_for(session, covered.row)
    source = source_of(session, entry) if entry is not None else None
    if entry is None or source is None:
        raise NothingLeft
    boxes = by_page(covered.marks)
    pages = {number: boxes.get(number, ()) for number in range(1, page_count(session, entry) + 1)}
    approved = covered.answer == Answer.MASKED or covered.row.leads_nowhere
    if approved and covered.looked.left(pages):  # nobody has looked at what it has there
        raise ChangedSinceDecided if decided else ChangedSince
    try:
        return picture_pdf(_burnt(source, pages)[0])
    except NotAPlainPicture:
        raise NotDrawn from None


def _burnt(source: Source, boxes: Mapping[int, Sequence[Box]]) -> tuple[list[bytes], int]:
    """The pictures in order of page, and how many pages there are in all."""
    done = burn_masks(source.data, source.kind, boxes)
    return _pictures(done, len(boxes)), done.page_count


def _pictures(done: Burnt, count: int) -> list[bytes]:
    if done.verdict is not Verdict.ok or len(done.pages) != count:
        raise NotDrawn
    return [page.picture for page in done.pages]
