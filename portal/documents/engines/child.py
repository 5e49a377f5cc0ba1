"""The program in the limited child: reads one file from its standard input, answers in frames on its standard output.

The `nursery` forks it for each file. Jobs: ``text`` (pdfminer reads the words of a PDF), ``look`` (page pictures first to
last, page count, words), ``draw`` (pictures only). Kinds: the files', and ``letter`` for a text typed into the form. Not a
byte is read before the walls are up.
"""

import sys
from typing import TYPE_CHECKING, BinaryIO

from portal.documents.engines import frames, limits
from portal.documents.kinds import MAX_BYTES, Kind, clean_text, decode_text
from portal.documents.reading import DocumentRefused, Verdict
from portal.refusal import N_

if TYPE_CHECKING:
    from portal.documents.engines.xml_events import Line

# Address space, 65 MB of it the libraries that all share. The first two run side by side: with the nursery and the web
# process that asks they take less than 512 MB together.
MEMORY_MB = {"text": 180, "look": 288, "draw": 384}
CAREFUL_PAGES = 20  # pdfminer needs 0.1 s a page; PDFium reads what comes after
LETTER = "letter"
_MARKS = {
    Kind.DOCX: N_("Textvisning av Word-fil"),
    Kind.ODT: N_("Textvisning av ODT-fil"),
    Kind.TXT: N_("Textvisning av textfil"),
}


def main(job: str, kind: str, first: int, last: int) -> None:
    """One file, one answer; ends with an end frame where nothing went wrong in an unforeseen way."""
    limits.close_in(MEMORY_MB[job])
    out = sys.stdout.buffer
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        if job == "text":
            _read(out, data)
        else:
            _show(out, job, data if kind == Kind.PDF else _as_pdf(out, kind, data), first, last, words=kind == Kind.PDF)
    except DocumentRefused as refused:
        frames.tell(out, verdict=refused.verdict)
    frames.send(out, frames.END)


def _read(out: BinaryIO, data: bytes) -> None:
    from portal.documents.engines import pdf_text

    for number, text in enumerate(pdf_text.page_texts(data, CAREFUL_PAGES), 1):
        frames.tell(out, page=number, text=text)


def _show(out: BinaryIO, job: str, pdf_bytes: bytes, first: int, last: int, *, words: bool) -> None:
    from portal.documents.engines import pdf_pages

    pdf = pdf_pages.opened(pdf_bytes)
    frames.tell(out, pages=len(pdf))
    for number in range(first, min(last, len(pdf)) + 1):
        frames.send(out, frames.PICTURE, pdf_pages.picture(pdf, number))
    if words and job == "look":
        for number, text in enumerate(pdf_pages.page_texts(pdf), 1):
            frames.tell(out, page=number, text=text)


def _as_pdf(out: BinaryIO, kind: str, data: bytes) -> bytes:
    """A file of words as pages; its text is told first, whole, as that of page 1."""
    from portal.documents.engines import typeset

    lines = _lines(kind, data)
    if typeset.is_too_long(lines):
        raise DocumentRefused(Verdict.too_many_pages)
    lines = [(style, clean_text(text)) for style, text in lines]
    frames.tell(out, page=1, text="\n".join(text for _style, text in lines))
    return typeset.pdf_of(lines, mark=_MARKS[Kind(kind)] if kind != LETTER else "")


def _lines(kind: str, data: bytes) -> "list[Line]":
    from portal.documents.engines import odt, typeset, word

    if kind == Kind.DOCX:
        return word.word_lines(data)
    if kind == Kind.ODT:
        return odt.odt_lines(data)
    text = decode_text(data)
    if len(text) > typeset.MAX_SET:  # before ten million characters are looked at one by one
        raise DocumentRefused(Verdict.too_many_pages)
    return typeset.lines_of(clean_text(text).strip("\n"))
