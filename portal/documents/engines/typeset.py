"""Pages set by typst, in a limited child. The text comes in as data; Typst source is never built from it."""

from collections.abc import Sequence
from typing import Any

import typst

from portal.documents.engines.layout import MAX_SET, PAGE, data_of
from portal.documents.engines.xml_events import Line
from portal.documents.kinds import MAX_PAGES

_MOST_LINES = 60 * MAX_PAGES  # of print; a page holds 40 paragraphs of one line, or 45 lines of one paragraph
_LINE_OF_PRINT = 120  # characters, more than a line of the widest page holds
_TIME_STAMP = 0  # the same text gives the same bytes


def pdf_of(lines: list[Line], *, mark: str = "") -> bytes:
    """A4 pages in serif, with `mark` at the head of each where one is given. The first 250,000 characters are set."""
    return paper(PAGE, data_of(lines, mark=mark))


def paper(sheet: bytes, data: str, standards: Sequence[str] = ()) -> bytes:
    """The pages that a Typst sheet of ours makes of ``data``, by these PDF standards; without tags where there are none.

    The standards want a glyph for every letter. Where people have written some that no font at hand has (an emoji), the
    same pages are set with the same tags and without their mark, rather than not at all.
    """
    how: dict[str, Any] = {
        "format": "pdf",
        "sys_inputs": {"data": data},
        "ignore_system_fonts": True,
        "timestamp": _TIME_STAMP,
    }
    if not standards:
        return _compiled(sheet, pdf_tags=False, **how)
    try:
        return _compiled(sheet, pdf_standards=list(standards), **how)
    except typst.TypstError:
        return _compiled(sheet, pdf_tags=True, **how)


def _compiled(sheet: bytes, **how: Any) -> bytes:
    return bytes(typst.compile(sheet, **how))


def is_too_long(lines: list[Line]) -> bool:
    """Whether these lines are more than the pages a document may have, told without setting them: that takes seconds."""
    printed = sum(1 + len(piece) // _LINE_OF_PRINT for _style, text in lines for piece in text.split("\n") if piece)
    return printed > _MOST_LINES or sum(len(text) for _style, text in lines) > MAX_SET


def lines_of(text: str) -> list[Line]:
    """The lines of a plain text: every line a paragraph of its own, empty lines as gaps."""
    return [("plain", line) if line.strip() else ("gap", "") for line in text.split("\n")]
