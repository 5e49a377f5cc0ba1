"""The cells of an XLSX by an event parser of our own (ECMA-376 part 1, 18). Formulas are marked, never worked out; links to
other files are not followed. Runs only in a limited child."""

import posixpath
from collections.abc import Iterator
from typing import Any, ClassVar

from portal.documents.engines.archive import Archive
from portal.documents.engines.content_types import kinds_of_parts
from portal.documents.engines.xml_events import Events
from portal.documents.reading import DocumentRefused, Verdict
from portal.documents.tables import LETTERS, MOST_COLUMNS, MOST_ROWS, MOST_TEXT, Kind

_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_TO = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TO_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MOST_STRINGS = 60_000
_MOST_SHARED = 4_000_000  # characters of them all
_KINDS = {
    "n": Kind.NUMBER, "s": Kind.TEXT, "str": Kind.TEXT, "inlineStr": Kind.TEXT, "b": Kind.TRUTH, "e": Kind.FAULT,
    "d": Kind.DAY,
}  # fmt: skip


def sheet_rows(data: bytes) -> Iterator[dict[str, Any]]:
    """Facts: one for each of the first thousand rows with something in it, then one of the whole.

    Raises `DocumentRefused`: damaged, encrypted, macros, stuck, not_what_it_says (a zip that is no workbook).
    """
    archive = Archive(data)
    types = kinds_of_parts(archive)
    book_part = next((name for name, kind in types.items() if kind == _KIND.format("sheet.main")), "")
    book = _walked(_Book(), archive, book_part)
    folder, name = posixpath.split(book_part)
    links = _walked(_Links(), archive, f"{folder}/_rels/{name}.rels".lstrip("/")).targets
    first = next((link for link, hidden in book.sheets if not hidden), "")
    target = links.get(first, "")
    sheet_part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    strings_part = next((part for part, kind in types.items() if kind == _KIND.format("sharedStrings")), None)
    strings = _walked(_Strings(), archive, strings_part).strings if strings_part in archive.names else []
    sheet = _walked(_Sheet(strings), archive, sheet_part)
    yield from ({"row": number, "cells": cells} for number, cells in sheet.rows.items())
    yield {"count": sheet.count, "from_1904": book.from_1904}


def _walked(events: Any, archive: Archive, name: str | None) -> Any:
    if name not in archive.names:
        raise DocumentRefused(Verdict.not_what_it_says)
    events.walk(archive.chunks(name))
    return events


class _Links(Events):
    """Which link leads to which part; those out of the file lead nowhere."""

    namespaces: ClassVar = {_LINKS: "l"}

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "l:Relationship" and attributes.get(":TargetMode") != "External":
            self.targets[attributes.get(":Id", "")] = attributes.get(":Target", "")


class _Book(Events):
    """The sheets in their order, and how days are counted."""

    namespaces: ClassVar = {_SHEET: "s", _STRICT: "s", _TO: "r", _TO_STRICT: "r"}

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, bool]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "s:workbookPr":
            self.from_1904 = attributes.get(":date1904") in ("1", "true")
        elif name == "s:sheet":
            self.sheets.append((attributes.get("r:id", ""), attributes.get(":state", "visible") != "visible"))


class _Strings(Events):
    """The texts that cells share, by number."""

    namespaces: ClassVar = {_SHEET: "s", _STRICT: "s"}
    gone = frozenset({"s:rPh"})

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._in_text, self._heard = False, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "s:si":
            self._pieces = []
        self._in_text = name == "s:t"

    def end(self, name: str) -> None:
        self._in_text = False
        if name == "s:si":
            self.strings.append("".join(self._pieces)[:MOST_TEXT])
            if len(self.strings) > _MOST_STRINGS:
                raise DocumentRefused(Verdict.stuck)

    def text(self, text: str) -> None:
        if self._in_text:
            self._heard += len(text)
            if self._heard > _MOST_SHARED:
                raise DocumentRefused(Verdict.stuck)
            self._pieces.append(text)


class _Sheet(Events):
    """The cells of one sheet. A cell whose text is longer than is kept counts as one that is."""

    namespaces: ClassVar = {_SHEET: "s", _STRICT: "s"}
    gone = frozenset({"s:rPh"})

    def __init__(self, strings: list[str]) -> None:
        super().__init__()
        self.rows: dict[int, list[tuple[int, str, str]]] = {}
        self.count = 0
        self._strings = strings
        self._row, self._column = 0, -1
        self._kind, self._pieces, self._length, self._in_value = "n", list[str](), 0, False
        self._cells: dict[int, tuple[str, str]] = {}
        self._counted = False

    def passes_over(self, name: str) -> bool:
        """Cells of rows that are only counted are not looked at: a table of a million rows is told to be so in time."""
        if name == "s:c" and len(self.rows) >= MOST_ROWS:
            self._counted = True
            return True
        return super().passes_over(name)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "s:row":
            self._counted = False
            told = attributes.get(":r", "")
            self._row = int(told) if told.isascii() and told.isdigit() and len(told) <= 7 else self._row + 1
            self._column, self._cells = -1, {}
        elif name == "s:c":
            self._column = _column(attributes.get(":r", ""), self._column + 1)
            self._kind, self._pieces, self._length = attributes.get(":t", "n"), [], 0
        elif name == "s:f":
            self._kind = "formula"
        self._in_value = name in ("s:v", "s:t")

    def end(self, name: str) -> None:
        self._in_value = False
        if name == "s:c":
            self._close_cell()
        elif name == "s:row" and (self._cells or self._counted):
            self.count += 1
            if not self._counted:
                self.rows[self._row] = [(column, kind, text) for column, (kind, text) in self._cells.items()]

    def text(self, text: str) -> None:
        if self._in_value and self._length <= MOST_TEXT:
            self._length += len(text)
            self._pieces.append(text)

    def _close_cell(self) -> None:
        text = "".join(self._pieces)[: MOST_TEXT + 1]
        if self._kind == "s":
            text = (
                self._strings[int(text)] if text.isdigit() and len(text) < 7 and int(text) < len(self._strings) else ""
            )
        kind = Kind.FORMULA if self._kind == "formula" else _KINDS.get(self._kind, Kind.TEXT)
        if (text.strip() or kind == Kind.FORMULA) and 0 <= self._column < MOST_COLUMNS:
            self._cells[self._column] = (kind, text)


def _column(told: str, otherwise: int) -> int:
    """”D4” is the column 3."""
    letters = told.rstrip("0123456789")
    if not 1 <= len(letters) <= 3 or not set(letters) <= set(LETTERS):
        return otherwise
    number = 0
    for letter in letters:
        number = number * 26 + LETTERS.index(letter) + 1
    return number - 1
