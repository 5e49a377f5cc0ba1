"""The contract as tagged PDF, and the twin of signing that ships: an uploaded copy."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.contracts.written.refusals import CannotBeReadNow, NotAPdf, NotSigned
from portal.contracts.written.signing import Asked, SignedCopy
from portal.documents.engines.reader import read_document
from portal.documents.engines.tagged import READ_ALOUD_AND_KEPT, tagged_pdf
from portal.documents.kinds import Kind
from portal.documents.reading import DocumentRefused, Verdict

_PAGE = b"""
#let data = json(bytes(sys.inputs.data))
#let grey = luma(85)
#set document(title: data.title, date: datetime(year: data.day.at(0), month: data.day.at(1), day: data.day.at(2)))
#set page(
  "a4", margin: (x: 25mm, top: 24mm, bottom: 24mm), header-ascent: 8mm,
  header: if data.mark != "" { align(right, text(size: 9pt, fill: grey, data.mark)) },
  footer: context { grid(columns: (1fr, auto), text(size: 9pt, fill: grey, data.title),
    text(size: 9pt, fill: grey, { counter(page).display(); [ av ]; str(counter(page).final().first()) })) },
)
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), size: 11pt, lang: "sv", hyphenate: false)
#set par(leading: 0.64em, spacing: 0.9em)
#set list(marker: [\xe2\x80\x93], indent: 0pt, body-indent: 0.6em, spacing: 0.55em)
#show heading.where(level: 1): set text(size: 24pt, weight: "regular")
#show heading.where(level: 2): set text(size: 13pt, weight: "bold")
#show heading: set block(above: 1.7em, below: 0.75em, sticky: true)
#show regex("(\\d+ kap\\. )?\\d+( a)? \xc2\xa7\xc2\xa7?"): it => box(it)
#let source(words) = if words != "" { linebreak(); text(size: 9pt, fill: grey, words) }
#let pair(label, value, from) = block(breakable: false, above: 0.62em, below: 0.62em, grid(
  columns: (46mm, 1fr), column-gutter: 5mm, text(fill: grey, label), { value; source(from) },
))
#for block-of in data.blocks {
  if block-of.kind == "head" {
    block(width: 100%, stroke: (bottom: 0.6pt + grey), inset: (bottom: 5pt), grid(columns: (1fr, auto), column-gutter: 5mm,
      text(size: 13pt, block-of.employer), align(right + bottom, text(size: 9.5pt, fill: grey, block-of.about))))
    v(5mm)
    heading(level: 1, block-of.title)
  }
  else if block-of.kind == "heading" { heading(level: 2, block-of.text) }
  else if block-of.kind == "pairs" {
    block(above: 1.1em, below: 1.1em, for (label, value, from) in block-of.rows { pair(label, value, from) })
  }
  else if block-of.kind == "reasoned" {
    block(width: 100%, stroke: (left: 1.2pt + grey), inset: (left: 4mm, y: 1mm), breakable: false, {
      block(below: 1em, for (label, value) in block-of.rows { pair(label, value, "") })
      par({ block-of.text; source(block-of.rule) })
    })
  }
  else if block-of.kind == "list" {
    block(below: 0.5em, sticky: true, { block-of.lead; [:]; source(block-of.source) })
    list(..block-of.items)
  }
  else if block-of.kind == "signatures" {
    for (number, role, name) in block-of.rows {
      block(breakable: false, above: 2.2em, width: 100%, {
        block(below: 14mm, [#number. #role])
        grid(columns: (62mm, 1fr), column-gutter: 6mm, row-gutter: 1.5mm,
          line(length: 100%, stroke: 0.6pt), line(length: 100%, stroke: 0.6pt),
          text(size: 9pt, fill: grey)[Ort och datum], { text(size: 9pt, fill: grey)[Namnteckning]; linebreak(); name },
        )
      })
    }
  }
  else { block(sticky: block-of.at("leads", default: false), { block-of.text; source(block-of.at("source", default: "")) }) }
}
"""


def pdf_of(data: Mapping[str, Any]) -> bytes:
    """A4 pages of a `sheet.data_of`, as PDF/UA-1 and PDF/A-2a at once. Raises TooMuchToSet."""
    return tagged_pdf(_PAGE, data, READ_ALOUD_AND_KEPT)


@dataclass(frozen=True, slots=True)
class UploadedCopy:
    """The copy that somebody has uploaded: goes through the same door as a stranger's file, and is a PDF."""

    data: bytes
    name: str
    too_big: bool = False

    def signed_copy(self, asked: Asked) -> SignedCopy:
        """The copy, opened in the limited child. Raises DocumentRefused, NotAPdf, NotSigned or CannotBeReadNow."""
        if self.too_big:
            raise DocumentRefused(Verdict.too_big, field="file", name=self.name)
        reading = read_document(self.data, name=self.name)
        if not reading.verdict.accepted:
            raise DocumentRefused(reading.verdict, field="file", name=reading.name)
        if reading.kind != Kind.PDF:
            raise NotAPdf(name=reading.name)
        if reading.verdict is Verdict.waiting:
            raise CannotBeReadNow(name=reading.name)
        if hashlib.sha256(self.data).hexdigest() == asked.paper_sha256:
            raise NotSigned(name=reading.name)
        return SignedCopy(reading.name, self.data, reading.page_count)
