"""The candidate's own copy as tagged PDF."""

from collections.abc import Sequence
from typing import Any

from portal.documents.engines.tagged import tagged_pdf

_PAGE = b"""
#let data = json(bytes(sys.inputs.data))
#let grey = luma(85)
#set document(title: data.title)
#set page(
  "a4", margin: (x: 25mm, top: 24mm, bottom: 22mm),
  footer: context { align(right, text(size: 9pt, fill: grey, {
    counter(page).display(); " / "; str(counter(page).final().first()) })) },
)
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), size: 11pt, lang: data.lang)
#set par(leading: 0.64em, spacing: 0.9em)
#show heading.where(level: 1): set text(size: 22pt, weight: "regular")
#show heading.where(level: 2): set text(size: 13pt, weight: "bold")
#show heading: set block(above: 1.6em, below: 0.7em, sticky: true)
#let spoken(part) = if part.swedish { text(lang: "sv", part.text) } else { part.text }
#heading(level: 1, data.title)
#for part in data.blocks {
  if part.kind == "heading" { heading(level: 2, part.text) }
  else if part.kind == "pairs" {
    for (label, value) in part.rows {
      let name = text(fill: grey, label)
      block(above: 0.6em, below: 0.6em, grid(columns: (46mm, 1fr), column-gutter: 5mm, name, spoken(value)))
    }
  }
  else if part.kind == "asked" { block(above: 1em, below: 0.4em, sticky: true, strong(spoken(part))) }
  else { par(spoken(part)) }
}
"""


def receipt_pdf(*, title: str, language: str, blocks: Sequence[dict[str, Any]]) -> bytes:
    """A4 pages with title, language and headings, as PDF/UA-1. ``language`` is sv or en; what is quoted of the ad is
    marked as Swedish either way. Raises `TooMuchToSet`."""
    return tagged_pdf(_PAGE, {"title": title, "lang": language, "blocks": list(blocks)})
