"""XML from a stranger as events: no DTD at all, no depth beyond 200, no tree in memory."""

from collections.abc import Iterable
from typing import ClassVar
from xml.parsers import expat

from portal.documents.reading import DocumentRefused, Verdict

MAX_DEPTH = 200
_MOST_NAMES = 1000  # that are remembered: a stranger may have made up as many as the file has room for
Line = tuple[str, str]  # style ("plain", "heading", "item" or "row", cells parted by tabs) and text


class Events:
    """Walks one part. A subclass names its namespaces; `gone` elements are passed over with all that is in them."""

    namespaces: ClassVar[dict[str, str]] = {}
    gone: ClassVar[frozenset[str]] = frozenset()

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._depth = 0
        self._names: dict[str, str] = {}
        self._gone_at = 0

    def walk(self, chunks: Iterable[bytes]) -> None:
        """Feeds the part. Raises `DocumentRefused`: damaged (no XML, or with a DTD), stuck (too deep)."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_dtd  # a handler, not a byte search: UTF-16 hides "<!DOCTYPE"
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            for chunk in chunks:
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError):  # the last two: a coding that nobody knows
            raise DocumentRefused(Verdict.damaged) from None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; names and attributes come with the subclass's short prefixes."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Characters between tags."""

    def passes_over(self, name: str) -> bool:
        """Whether this element and all in it are left out."""
        return name in self.gone

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise DocumentRefused(Verdict.stuck)
        if self._gone_at:
            return
        name = self._short(tag)
        if self.passes_over(name):
            self._gone_at = self._depth
        else:
            self.start(name, {self._short(key): value for key, value in attributes.items()})

    def _end(self, tag: str) -> None:
        if not self._gone_at:
            self.end(self._short(tag))
        elif self._gone_at == self._depth:
            self._gone_at = 0
        self._depth -= 1

    def _text(self, text: str) -> None:
        if not self._gone_at:
            self.text(text)

    def _short(self, tag: str) -> str:
        known = self._names.get(tag)
        if known is None:
            address, _, name = tag.rpartition(" ")
            known = f"{self.namespaces.get(address, '')}:{name}"
            if len(self._names) < _MOST_NAMES:
                self._names[tag] = known
        return known


class Rows:
    """Lines on their way: paragraphs, and table cells that become one row where each cell is one line."""

    def __init__(self) -> None:
        self._places: list[list[Line]] = [[]]
        self._rows: list[list[list[Line]]] = []

    @property
    def lines(self) -> list[Line]:
        """What has been gathered so far in the innermost place."""
        return self._places[-1]

    def open_row(self) -> None:
        """A table row begins."""
        self._rows.append([])

    def open_cell(self) -> None:
        """A table cell begins."""
        self._places.append([])

    def close_cell(self) -> None:
        """A table cell ends."""
        if len(self._places) > 1:
            cell = self._places.pop()
            (self._rows[-1] if self._rows else self._places).append(cell)

    def close_row(self) -> None:
        """A table row ends: lines with tabs where only the last cell holds more than one, else cell after cell."""
        cells = self._rows.pop() if self._rows else []
        if any(cells) and all(len(cell) <= 1 for cell in cells[:-1]):
            last = [text for _style, text in cells[-1]] or [""]
            self.lines.append(("row", "\t".join([*(cell[0][1] if cell else "" for cell in cells[:-1]), last[0]])))
            self.lines.extend(("row", "\t" * (len(cells) - 1) + text) for text in last[1:])
        else:
            for cell in cells:
                self.lines.extend(cell)


def _no_dtd(*_declared: object) -> None:
    """Neither Word nor LibreOffice writes a DTD; whoever does wants entities."""
    raise DocumentRefused(Verdict.damaged)
