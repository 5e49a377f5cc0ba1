"""A paper on personal data as a tagged PDF."""

from typing import Final

from portal.documents.engines.tagged import tagged_pdf
from portal.organisations.papers import lines_of

_SHEET: Final = b"""
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, author: (), date: none)
#set page("a4", margin: (x: 25mm, top: 26mm, bottom: 24mm),
  footer: context { align(right, text(size: 9pt, fill: luma(80), {
    counter(page).display(); " / "; str(counter(page).final().first()) })) })
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), size: 11pt, lang: data.language)
#set par(leading: 0.66em, spacing: 0.9em)
#show heading: set block(above: 1.5em, below: 0.7em, sticky: true)
#for (style, body) in data.lines {
  if style == "title" { heading(level: 1, body) }
  else if style == "heading" { heading(level: 2, body) }
  else if style == "item" { list.item(body) }
  else { par(body) }
}
"""


def pdf_of(text: str, *, language: str) -> bytes:
    """PDF/UA-1 with title, language, headings and lists. Raises `TooMuchToSet`."""
    lines = lines_of(text)
    return tagged_pdf(_SHEET, {"title": lines[0][1], "language": language, "lines": lines})
