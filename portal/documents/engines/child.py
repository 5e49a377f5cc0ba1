"""The program in the limited child: reads one file from its standard input, answers in frames on its standard output.

The `nursery` forks it for each file. Jobs: ``text`` (pdfminer reads the words of a PDF), ``look`` (page pictures first to
last, page count, words), ``draw`` (pictures only), ``suggest`` (boxes over what tells who wrote it) and ``burn`` (pictures
with boxes burnt in, and the text beside them), both told by what and where before the file, ``cells`` (of a workbook) and
``set`` (our own papers, order after order: see `stayer`). Kinds: the files', ``letter`` for a text typed into the form, and
``lines`` for one of our papers that is to be looked at. Not a byte is read before the walls are up.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import astuple
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO

from portal.documents.engines import frames, limits
from portal.documents.engines.layout import LINES, MAX_SET, PAGE
from portal.documents.kinds import MAX_BYTES, Kind, clean_text, decode_text
from portal.documents.masking import Known, Seek
from portal.documents.masks import Box, Doubt
from portal.documents.reading import DocumentRefused, Verdict
from portal.refusal import N_

if TYPE_CHECKING:
    from portal.documents.engines.xml_events import Line

# Address space, 65 MB of it the libraries that all share. The first two run side by side: with the nursery and the web
# process that asks they take less than 512 MB together.
MEMORY_MB = {"text": 180, "look": 288, "draw": 384, "suggest": 384, "burn": 384, "cells": 180}
OF_OUR_PAPERS_MB = 512
MASKS, SET = ("suggest", "burn"), "set"
CAREFUL_PAGES = 20  # pdfminer needs 0.1 s a page; PDFium reads what comes after
LETTER = "letter"
_MARKS = {
    Kind.DOCX: N_("Textvisning av Word-fil"),
    Kind.ODT: N_("Textvisning av ODT-fil"),
    Kind.TXT: N_("Textvisning av textfil"),
}


def main(job: str, kind: str, first: int, last: int) -> None:
    """One file, one answer; ends with an end frame where nothing went wrong in an unforeseen way."""
    limits.close_in(OF_OUR_PAPERS_MB if job == SET else MEMORY_MB[job])
    out = sys.stdout.buffer
    if job == SET:
        _set_papers(sys.stdin.buffer, out)
        return
    order = frames.order_on(sys.stdin.buffer) if job in MASKS else {}
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        if kind == LINES:
            data, kind = _paper(PAGE, data.decode()), Kind.PDF
        if job == "text":
            _read(out, data)
        elif job == "cells":
            _tell_cells(out, data)
        elif job in MASKS:
            _mask(out, order, kind, data, first, last)
        else:
            _show(out, job, data if kind == Kind.PDF else _as_pdf(out, kind, data), first, last, words=kind == Kind.PDF)
    except DocumentRefused as refused:
        frames.tell(out, verdict=refused.verdict)
    frames.send(out, frames.END)


def _set_papers(orders: BinaryIO, out: BinaryIO) -> None:
    """Order after order, each answered under its own number; one that cannot be set is the last."""
    for number, order in frames.orders_on(orders):
        for sheet, words, standards in json.loads(order):
            frames.send(out, frames.PAPER, _paper(sheet.encode(), words, standards))
        frames.send(out, frames.END, number)


def _read(out: BinaryIO, data: bytes) -> None:
    from portal.documents.engines import pdf_text

    for number, text in enumerate(pdf_text.page_texts(data, CAREFUL_PAGES), 1):
        frames.tell(out, page=number, text=text)


def _tell_cells(out: BinaryIO, data: bytes) -> None:
    from portal.documents.engines import sheet_cells

    for facts in sheet_cells.sheet_rows(data):
        frames.tell(out, **facts)


def _show(out: BinaryIO, job: str, pdf_bytes: bytes, first: int, last: int, *, words: bool) -> None:
    from portal.documents.engines import pdf_pages

    pdf = pdf_pages.opened(pdf_bytes)
    frames.tell(out, pages=len(pdf))
    for number in range(first, min(last, len(pdf)) + 1):
        frames.send(out, frames.PICTURE, pdf_pages.picture(pdf, number))
    if words and job == "look":
        for number, text in enumerate(pdf_pages.page_texts(pdf), 1):
            frames.tell(out, page=number, text=text)


def _mask(out: BinaryIO, order: dict[str, Any], kind: str, data: bytes, first: int, last: int) -> None:
    from portal.documents.engines import mask_jobs, pdf_pages

    lines = _lines(kind, data) if kind != Kind.PDF else None
    blank = lines is not None and not any(map(str.isalpha, "".join(text for _style, text in lines)))
    pdf = pdf_pages.opened(data if lines is None else _set(kind, lines))
    frames.tell(out, pages=len(pdf))
    known = _known(order["known"]) if "known" in order else None
    for number in range(first, min(last, len(pdf)) + 1):
        if known is not None:
            boxes, doubts = mask_jobs.suggest(pdf, number, known, Seek(order["seek"]))
            told = sorted(doubts | {Doubt.UNREADABLE} if blank else doubts)
            frames.tell(out, page=number, boxes=[astuple(box) for box in boxes], doubts=told)
        elif str(number) in order["boxes"]:
            approved = [Box(*box) for box in order["boxes"][str(number)]]
            picture, text = mask_jobs.burn(pdf, number, approved, order["most"])
            bare = sha256(pdf_pages.picture(pdf, number)).hexdigest() if lines is not None else ""
            frames.tell(out, page=number, text=text, bare=bare)
            frames.send(out, frames.PICTURE, picture)


def _known(told: list[Any]) -> Known:
    name, email, phone, others, ways = told
    return Known(name, email, phone, tuple(others), tuple(ways))


def _paper(sheet: bytes, data: str, standards: Sequence[str] = ()) -> bytes:
    from portal.documents.engines import typeset

    return typeset.paper(sheet, data, standards)


def _as_pdf(out: BinaryIO, kind: str, data: bytes) -> bytes:
    """A file of words as pages; its text is told first, whole, as that of page 1."""
    lines = _lines(kind, data)
    frames.tell(out, page=1, text="\n".join(text for _style, text in lines))
    return _set(kind, lines)


def _set(kind: str, lines: "list[Line]") -> bytes:
    from portal.documents.engines import typeset

    return typeset.pdf_of(lines, mark=_MARKS[Kind(kind)] if kind != LETTER else "")


def _lines(kind: str, data: bytes) -> "list[Line]":
    """The words of a file as clean lines; a file of more than may be set is refused before they are told."""
    from portal.documents.engines import typeset

    lines = _lines_in(kind, data)
    if typeset.is_too_long(lines):
        raise DocumentRefused(Verdict.too_many_pages)
    return [(style, clean_text(text)) for style, text in lines]


def _lines_in(kind: str, data: bytes) -> "list[Line]":
    from portal.documents.engines import odt, typeset, word

    if kind == Kind.DOCX:
        return word.word_lines(data)
    if kind == Kind.ODT:
        return odt.odt_lines(data)
    text = decode_text(data)
    if len(text) > MAX_SET:  # before ten million characters are looked at one by one
        raise DocumentRefused(Verdict.too_many_pages)
    return typeset.lines_of(clean_text(text).strip("\n"))
