"""Plain lines as PDF pages by typst. The text comes in as data; Typst source is never built from it."""

import json
import re

import typst

from portal.documents.engines.layout import PAGE
from portal.documents.engines.xml_events import Line
from portal.documents.kinds import MAX_PAGES

MAX_SET = 250_000  # characters; about the hundred pages a document may have
_MOST_LINES = 60 * MAX_PAGES  # of print; a page holds 40 paragraphs of one line, or 45 lines of one paragraph
_LINE_OF_PRINT = 120  # characters, more than a line of the widest page holds
_LONG_WORD = re.compile(r"(\S{50})(?=\S)")
_TIME_STAMP = 0  # the same text gives the same bytes


def pdf_of(lines: list[Line], *, mark: str = "") -> bytes:
    """A4 pages in serif, with `mark` at the head of each where one is given. The first 250,000 characters are set."""
    return bytes(
        typst.compile(
            PAGE,
            format="pdf",
            sys_inputs={"data": json.dumps({"mark": mark, "lines": list(_settable(lines))})},
            ignore_system_fonts=True,
            pdf_tags=False,
            timestamp=_TIME_STAMP,
        )
    )


def is_too_long(lines: list[Line]) -> bool:
    """Whether these lines are more than the pages a document may have, told without setting them: that takes seconds."""
    printed = sum(1 + len(piece) // _LINE_OF_PRINT for _style, text in lines for piece in text.split("\n") if piece)
    return printed > _MOST_LINES or sum(len(text) for _style, text in lines) > MAX_SET


def _settable(lines: list[Line]) -> list[Line]:
    """Lines without line breaks in them, long words made breakable, no row of more than eight cells."""
    ready: list[Line] = []
    left = MAX_SET
    for style, text in lines:
        if style == "gap":
            ready.append((style, ""))
        if style == "row" and text.count("\t") > 7:
            style = "plain"
        for piece in text.split("\n"):
            piece = _LONG_WORD.sub("\\1\u200b", piece[:left])
            left -= len(piece)
            if piece.strip():
                ready.append((style, piece if style == "row" else piece.replace("\t", "    ")))
        if left <= 0:
            break
    return ready


def lines_of(text: str) -> list[Line]:
    """The lines of a plain text: every line a paragraph of its own, empty lines as gaps."""
    return [("plain", line) if line.strip() else ("gap", "") for line in text.split("\n")]
