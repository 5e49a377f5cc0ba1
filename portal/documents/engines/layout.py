"""How words are set as pages, and a mark of it: places on a page are kept, and the page is set anew each time."""

import json
import re
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from typing import Final

from portal.documents.engines.writing import with_few_marks
from portal.register.lines import SetLine

LINES: Final = "lines"  # the kind of what `data_of` gives, beside the kinds of files
MAX_SET = 250_000  # characters; about the hundred pages a document may have
_LONG_WORD = re.compile(r"(\S{50})(?=\S)")
READERS = 1  # raised with whatever changes the lines that `word`, `odt` or `typeset` make of a file
PAGE = b"""
#let data = json(bytes(sys.inputs.data))
#let grey = luma(95)
#set page(
  "a4", margin: (x: 25mm, top: 28mm, bottom: 24mm), header-ascent: 9mm,
  header: if data.mark != "" { block(width: 100%, stroke: (bottom: 0.5pt + grey), inset: (bottom: 3pt),
    text(size: 9pt, fill: grey, data.mark)) },
  footer: context { align(right, text(size: 9pt, fill: grey, {
    counter(page).display(); [ av ]; str(counter(page).final().first()) })) },
)
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), size: 11.5pt, lang: "sv")
#set par(leading: 0.68em, spacing: 0.95em)
#for (style, body) in data.lines {
  if style == "heading" { block(above: 1.5em, below: 0.7em, sticky: true, text(size: 13pt, weight: "bold", body)) }
  else if style == "item" { list(body) }
  else if style == "row" {
    let cells = body.split("\\t")
    let widths = if cells.len() == 2 { (1fr, 2.6fr) } else { cells.map(c => 1fr) }
    block(grid(columns: widths, column-gutter: 5mm, ..cells))
  }
  else if style == "gap" { v(0.5em) }
  else { par(body) }
}
"""


@cache
def layout() -> str:
    """Changes with what may move a word on a page that is set anew: the sheet, its setter, and the readers of files."""
    return sha256(f"{READERS}|{version('typst')}|{version('pypdfium2')}|".encode() + PAGE).hexdigest()[:16]


def data_of(lines: Sequence[SetLine], *, mark: str = "") -> str:
    """What the sheet is given: these lines, with `mark` at the head of each page. The first 250,000 characters are set."""
    return json.dumps({"mark": mark, "lines": _settable(lines)})


def _settable(lines: Sequence[SetLine]) -> list[SetLine]:
    """Lines without line breaks in them, long words made breakable, no row of more than eight cells."""
    ready: list[SetLine] = []
    left = MAX_SET
    for style, text in lines:
        if style == "gap":
            ready.append((style, ""))
        if style == "row" and text.count("\t") > 7:
            style = "plain"
        for piece in text.split("\n"):
            piece = _LONG_WORD.sub("\\1\u200b", with_few_marks(piece[:left]))
            left -= len(piece)
            if piece.strip():
                ready.append((style, piece if style == "row" else piece.replace("\t", "    ")))
        if left <= 0:
            break
    return ready
