"""The decision file as tagged PDF."""

from typing import Any

from portal.documents.engines.tagged import tagged_pdf

_PAGE = b"""
#let data = json(bytes(sys.inputs.data))
#let grey = luma(90)
#set document(title: data.title)
#set page(
  "a4", margin: (x: 20mm, top: 22mm, bottom: 20mm),
  footer: context { align(right, text(size: 9pt, fill: grey, {
    counter(page).display(); [ av ]; str(counter(page).final().first()) })) },
)
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), size: 10.5pt, lang: "sv")
#set par(leading: 0.62em, spacing: 0.9em)
#set table(stroke: (x, y) => (bottom: 0.4pt + luma(170)), inset: (x: 4pt, y: 4pt))
#show heading.where(level: 1): set text(size: 20pt, weight: "regular")
#show heading.where(level: 2): set text(size: 14pt)
#show heading.where(level: 3): set text(size: 11.5pt)
#show heading: set block(above: 1.5em, below: 0.7em, sticky: true)
#show figure: set block(breakable: true)
#show figure.caption: it => block(sticky: true, align(left, text(size: 9pt, fill: grey, it.body)))
#show regex("(\\d{1,3} kap\\. )?\\d{1,4}( a)? \xc2\xa7\xc2\xa7?"): it => box(it)
#show table.cell: set text(size: 9.5pt)
#heading(level: 1, data.title)
#for block in data.blocks {
  if block.kind == "heading" { heading(level: block.level, block.text) }
  else if block.kind == "table" {
    figure(
      kind: table, supplement: none, numbering: none, caption: figure.caption(position: top, block.caption),
      table(
        columns: block.head.enumerate().map(((n, _)) => if n == 0 { 1.7fr } else { 1fr }), align: left,
        table.header(..block.head.map(cell => strong(cell))),
        ..block.rows.flatten(),
      ),
    )
  }
  else { par(block.text) }
}
"""


def pdf_of(title: str, blocks: list[dict[str, Any]]) -> bytes:
    """A4 pages with headings, tables whose first row is their head, and the tags that readers aloud go by.

    Raises `TooMuchToSet`.
    """
    return tagged_pdf(_PAGE, {"title": title, "blocks": blocks})
