"""Text of a DOCX by an event parser of our own (ECMA-376 part 1, 17): text boxes, headers, footers, tables and tracked
insertions are read, tracked deletions and field codes are not. Runs only in a limited child."""

from typing import ClassVar

from portal.documents.engines.archive import Archive
from portal.documents.engines.content_types import kinds_of_parts
from portal.documents.engines.xml_events import Events, Line, Rows
from portal.documents.reading import DocumentRefused, Verdict

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_AROUND = 20  # headers and footers, each; a document has one to three of each a section
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_CHOICE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SIGNS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011", "w:ptab": "\t"}


def word_lines(data: bytes) -> list[Line]:
    """The document's lines in reading order: headers, text, footnotes, endnotes, footers.

    Raises `DocumentRefused`: damaged, encrypted, macros, stuck, not_what_it_says (a zip that is no Word document).
    """
    archive = Archive(data)
    parts = _parts(archive)
    lines: list[Line] = []
    for name in parts:
        words = _Words()
        words.walk(archive.chunks(name))
        lines += words.rows.lines
    return lines


def _parts(archive: Archive) -> list[str]:
    """Names of the parts with text, in reading order, by the package's own list of types."""
    types = kinds_of_parts(archive)

    def of(kind: str) -> list[str]:
        return sorted(name for name, known in types.items() if known == kind and name in archive.names)

    main = of(_MAIN)[:1]
    if not main:
        raise DocumentRefused(Verdict.not_what_it_says)
    notes = of(_PART.format("footnotes"))[:1] + of(_PART.format("endnotes"))[:1]
    return of(_PART.format("header"))[:_AROUND] + main + notes + of(_PART.format("footer"))[:_AROUND]


class _Paragraph:
    def __init__(self) -> None:
        self.style, self.pieces = "plain", list[str]()


class _Words(Events):
    """One part's words. Paragraphs are a stack: a text box stands inside the paragraph it is anchored to."""

    namespaces: ClassVar = {_W: "w", _STRICT: "w", _CHOICE: "mc"}
    gone = frozenset({"w:del", "w:moveFrom", "w:delText", "w:instrText", "w:delInstrText", "w:tabs"})  # stops, no tabs

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows()
        self._open: list[_Paragraph] = []
        self._in_text = False
        self._heard = 0
        self._choices: list[int] = []  # characters heard before each mc:AlternateContent began

    def passes_over(self, name: str) -> bool:
        """Deletions, and the older twin of what has just been read (a text box stands twice in the file)."""
        if name == "mc:Fallback" and self._choices:
            return self._heard > self._choices[-1]
        return super().passes_over(name)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "w:t":
            self._in_text = True
        elif name == "w:p":
            self._open.append(_Paragraph())
        elif name in _SIGNS and self._open:
            self._open[-1].pieces.append(_SIGNS[name])
        elif name in ("w:pStyle", "w:numPr") and self._open:
            self._open[-1].style = _style(name, attributes, self._open[-1].style)
        elif name == "w:tr":
            self.rows.open_row()
        elif name == "w:tc":
            self.rows.open_cell()
        elif name == "mc:AlternateContent":
            self._choices.append(self._heard)

    def end(self, name: str) -> None:
        if name == "w:t":
            self._in_text = False
        elif name == "w:p" and self._open:
            self._close(self._open.pop())
        elif name == "w:tc":
            self.rows.close_cell()
        elif name == "w:tr":
            self.rows.close_row()
        elif name == "mc:AlternateContent" and self._choices:
            self._choices.pop()

    def text(self, text: str) -> None:
        if self._in_text and self._open:
            self._open[-1].pieces.append(text)
            self._heard += len(text)

    def _close(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.pieces).strip(" \n")
        if text:
            self.rows.lines.append((paragraph.style, text))


def _style(name: str, attributes: dict[str, str], before: str) -> str:
    """A heading by its style's name, in English or Swedish Word; an item where the paragraph is numbered."""
    if name == "w:numPr":
        return before if before == "heading" else "item"
    style = attributes.get("w:val", "").casefold()
    if style.startswith(("heading", "rubrik", "title")):
        return "heading"
    return "item" if style.startswith(("list", "punktlista")) else before
