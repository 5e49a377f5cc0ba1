"""One door for strangers' files: a verdict, the text and the page pictures of a file, within a budget of seconds.

Two children read a PDF side by side: pdfminer for the words, PDFium for the pictures and for the words the first one
did not find. Neither can take the web process with it. What they answer is treated as hostile.
"""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from portal import clock
from portal.documents import kinds
from portal.documents.engines import frames, keeper, places
from portal.documents.engines.child import CAREFUL_PAGES, LETTER
from portal.documents.kinds import Kind
from portal.documents.reading import DocumentRefused, Note, Reading, Verdict

BUDGET = 9.0  # seconds a file, waiting for a free child included
FIRST_READER = 5.0  # seconds of it for pdfminer
LONGEST = 2000  # pixels
_PAGES_A_CHILD = 4
_WORD = re.compile(r"\w{2,}")
_OF_A_CHILD = {
    Verdict.encrypted,
    Verdict.damaged,
    Verdict.macros,
    Verdict.too_many_pages,
    Verdict.stuck,
    Verdict.not_what_it_says,
}


@dataclass
class _Seen:
    """What one child's frames say, checked."""

    ended: bool = False
    verdict: Verdict | None = None
    pages: int = 0
    texts: dict[int, str] = field(default_factory=dict)
    pictures: tuple[bytes, ...] = ()


def read_document(
    data: bytes,
    *,
    name: str,
    pages: int | None = 1,
    until: float | None = None,
    first_reader: float = FIRST_READER,
    patience: float | None = None,
) -> Reading:
    """Opens one uploaded file. Never raises for what the file is: the verdict says it, with a sentence.

    `pages` is how many page pictures are made, from the first (None: all that fit in the budget). `until` is an instant
    of `clock.monotonic` (default: nine seconds from now). `Verdict.waiting`: no child was free for `patience` seconds
    (default: three), read it again later.
    """
    until = clock.monotonic() + BUDGET if until is None else until
    shown = kinds.shown_name(name)
    try:
        kind = kinds.kind_of(name, data)
    except DocumentRefused as refused:
        return Reading(refused.verdict, shown)
    last = kinds.MAX_PAGES if pages is None else pages
    try:
        if kind is Kind.PDF:
            return _pdf(data, shown, last, until, first_reader, patience)
        return _words_as_pages(data, shown, kind, last, until, patience)
    except places.NoChildFree:
        return Reading(Verdict.waiting, shown, kind)


def letter_pages(
    text: str, *, name: str = "Personligt brev", until: float | None = None, patience: float | None = None
) -> Reading:
    """A letter typed into the form, as pages through the same picture pipeline; its kind is ``letter``."""
    until = clock.monotonic() + BUDGET if until is None else until
    text = kinds.clean_text(text)
    if not text.strip():
        return Reading(Verdict.empty, name, LETTER)
    try:
        return _words_as_pages(text.encode(), name, LETTER, kinds.MAX_PAGES, until, patience)
    except places.NoChildFree:
        return Reading(Verdict.waiting, name, LETTER, text, words=_count(text))


def draw_pages(data: bytes, kind: str, first: int, last: int, *, name: str = "", budget: float = BUDGET) -> Reading:
    """Pictures of pages `first` to `last` (from 1, both included), for the worker; `budget` seconds a child.

    Each child draws four pages. The verdict is ok, or says what it stopped at, the pictures before that kept. No text.
    """
    pictures: tuple[bytes, ...] = ()
    count = 0
    for start in range(first, last + 1, _PAGES_A_CHILD):
        end = min(last, start + _PAGES_A_CHILD - 1)
        try:
            with places.place(clock.monotonic() + places.WAIT_IN_WORKER, places.WAIT_IN_WORKER):
                seen = _seen(data, "draw", kind, start, end, clock.monotonic() + budget)
        except places.NoChildFree:
            return Reading(Verdict.waiting, name, kind, "", count, pictures)
        pictures += seen.pictures
        count = seen.pages or count
        if seen.verdict or len(seen.pictures) < min(end, count) - start + 1 or not count:
            return Reading(seen.verdict or Verdict.stuck, name, kind, "", count, pictures)
        if end >= count:
            break
    return Reading(Verdict.ok, name, kind, "", count, pictures)


def _pdf(data: bytes, name: str, last: int, until: float, first_reader: float, patience: float | None) -> Reading:
    stop = threading.Event()
    with ThreadPoolExecutor(1) as side:
        with places.place(until, patience):  # PDFium's first: without it there is no answer
            careful = side.submit(_careful, data, min(until, clock.monotonic() + first_reader), stop)
            look = _seen(data, "look", Kind.PDF, 1, last, until)
        if not look.pictures:
            stop.set()
        first = careful.result()
    refusal = _refusal(look, first)
    if refusal:
        return Reading(refusal, name, Kind.PDF, page_count=look.pages)
    chosen = {page: _better(first.texts.get(page, ""), look.texts.get(page, "")) for page in range(1, look.pages + 1)}
    text = "\n\n".join(text for text, _second in chosen.values() if text)
    second = any(second for page, (_text, second) in chosen.items() if page <= CAREFUL_PAGES)
    return _reading(look, name, Kind.PDF, text, (Note.second_reader,) if second else ())


def _careful(data: bytes, until: float, stop: threading.Event) -> _Seen:
    try:
        with places.place(until):
            return _seen(data, "text", Kind.PDF, 1, CAREFUL_PAGES, until, stop)
    except places.NoChildFree:
        return _Seen()


def _refusal(look: _Seen, first: _Seen) -> Verdict | None:
    """Why the file is refused, or None: it opens, its first page is drawn, and one of the two readers came through."""
    if look.verdict:
        return look.verdict
    if not look.pages or not look.pictures:
        return Verdict.stuck
    read = look.ended or any(first.texts.values()) or any(look.texts.values())
    return None if read else Verdict.stuck


def _better(first: str, second: str) -> tuple[str, bool]:
    """The text of a page, and whether it is the second reader's: pdfminer loses words on turned pages."""
    use_second = _count(second) * 0.9 > _count(first)
    return (second if use_second else first), use_second


def _words_as_pages(data: bytes, name: str, kind: str, last: int, until: float, patience: float | None) -> Reading:
    with places.place(until, patience):
        look = _seen(data, "look", kind, 1, last, until)
    text = look.texts.get(1, "")
    if look.verdict:
        return Reading(look.verdict, name, kind, page_count=look.pages)
    if not look.ended or not look.pictures:
        return Reading(Verdict.stuck, name, kind)
    if not any(map(str.isalpha, text)):  # of these kinds the pages hold the words and nothing else
        if kind in (Kind.DOCX, Kind.ODT):
            return Reading(Verdict.nothing_shown, name, kind)
        if not text.strip():
            return Reading(Verdict.empty, name, kind)
    return _reading(look, name, kind, text, () if kind == LETTER else (Note.text_view,))


def _reading(look: _Seen, name: str, kind: str, text: str, notes: tuple[Note, ...]) -> Reading:
    if len(text) > kinds.MAX_CHARACTERS:
        text, notes = text[: kinds.MAX_CHARACTERS], (*notes, Note.text_cut)
    words = _count(text)
    verdict = Verdict.ok if words else Verdict.no_words
    return Reading(verdict, name, kind, text, look.pages, look.pictures, words, notes)


def _count(text: str) -> int:
    """Words of two characters or more: a turned page read letter by letter has none."""
    return sum(1 for _word in _WORD.finditer(text))


def _seen(
    data: bytes, job: str, kind: str, first: int, last: int, until: float, stop: threading.Event | None = None
) -> _Seen:
    answer = keeper.ask(data, job, kind, first, last, until=until, stop=stop)
    seen = _Seen(ended=answer.ended)
    left = kinds.MAX_CHARACTERS + 1
    for letter, body in answer.frames:
        if letter == frames.PICTURE and len(seen.pictures) <= last - first and frames.is_picture(body, LONGEST):
            seen.pictures += (body,)
        elif letter == frames.WORDS:
            left -= _note(seen, frames.facts_in(body), left)
    return seen


def _note(seen: _Seen, facts: dict[str, Any], left: int) -> int:
    """Takes in one frame's facts, each checked; the number of characters it used."""
    pages, page, text = (facts.get(key) for key in ("pages", "page", "text"))
    seen.verdict = verdict_in(facts) or seen.verdict
    if type(pages) is int and 0 < pages <= kinds.MAX_PAGES:
        seen.pages = pages
    if type(page) is int and 0 < page <= kinds.MAX_PAGES and type(text) is str:
        seen.texts[page] = kinds.clean_text(text[: max(0, left)])
        return len(text)
    return 0


def verdict_in(facts: dict[str, Any]) -> Verdict | None:
    """The verdict a child told, where it is one of those a child may tell."""
    verdict = facts.get("verdict")
    return Verdict(verdict) if type(verdict) is str and verdict in _OF_A_CHILD else None
