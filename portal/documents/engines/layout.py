"""How a file of words is set as pages, and a mark of it: places on a page are kept, and the page is set anew each time."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version

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
