"""Text of an ODT by an event parser of our own (OpenDocument 1.3 part 3). Runs only in a limited child."""

from typing import ClassVar

from portal.documents.engines.archive import Archive
from portal.documents.engines.xml_events import Events, Line, Rows
from portal.documents.reading import DocumentRefused, Verdict

_MIME = b"application/vnd.oasis.opendocument.text"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_WHITE = {"text:tab": "\t", "text:line-break": "\n"}


def odt_lines(data: bytes) -> list[Line]:
    """The document's lines: page headers and footers, then the text, tracked deletions left out.

    Raises `DocumentRefused`: damaged, encrypted, macros, stuck, not_what_it_says.
    """
    archive = Archive(data)
    if not {"mimetype", "content.xml"} <= set(archive.names) or not b"".join(archive.chunks("mimetype")).startswith(
        _MIME
    ):
        raise DocumentRefused(Verdict.not_what_it_says)
    if "META-INF/manifest.xml" in archive.names:
        manifest = _Manifest()
        manifest.walk(archive.chunks("META-INF/manifest.xml"))
    lines: list[Line] = []
    for name in ("styles.xml", "content.xml"):
        if name in archive.names:
            words = _Words(whole=name == "content.xml")
            words.walk(archive.chunks(name))
            lines += words.rows.lines
    return lines


class _Manifest(Events):
    """Says so where a part is locked with a password."""

    namespaces: ClassVar = {_NAMES + "manifest:1.0": "manifest"}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "manifest:encryption-data":
            raise DocumentRefused(Verdict.encrypted)


class _Words(Events):
    """One part's words; of styles.xml only what stands in page headers and footers."""

    namespaces: ClassVar = {_NAMES + f"{name}:1.0": name for name in ("text", "table", "style", "office")}
    gone = frozenset({"text:tracked-changes", "office:annotation", "text:note-citation"})

    def __init__(self, *, whole: bool) -> None:
        super().__init__()
        self.rows = Rows()
        self._inside = int(whole)
        self._items = 0
        self._open: list[list[str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("text:p", "text:h"):
            self._open.append([])
        elif name in _WHITE and self._open:
            self._open[-1].append(_WHITE[name])
        elif name == "text:s" and self._open:
            count = attributes.get("text:c", "1")
            self._open[-1].append(" " * (int(count) if count.isdecimal() and len(count) < 4 else 1))
        elif name == "text:list-item":
            self._items += 1
        elif name == "table:table-row":
            self.rows.open_row()
        elif name == "table:table-cell":
            self.rows.open_cell()
        elif name in ("style:header", "style:footer"):
            self._inside += 1

    def end(self, name: str) -> None:
        if name in ("text:p", "text:h") and self._open:
            text = "".join(self._open.pop()).strip()
            if text and self._inside:
                style = "heading" if name == "text:h" else "item" if self._items else "plain"
                self.rows.lines.append((style, text))
        elif name == "text:list-item":
            self._items -= 1
        elif name == "table:table-cell":
            self.rows.close_cell()
        elif name == "table:table-row":
            self.rows.close_row()
        elif name in ("style:header", "style:footer"):
            self._inside -= 1

    def text(self, text: str) -> None:
        if self._open:
            self._open[-1].append(text)
