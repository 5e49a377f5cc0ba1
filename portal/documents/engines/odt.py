"""Text of an ODT by an event parser of our own (OpenDocument 1.3 part 3). Runs only in a limited child."""

from typing import ClassVar

from portal.documents.engines.archive import Archive
from portal.documents.engines.xml_events import Events, Line, Rows
from portal.documents.reading import DocumentRefused, Verdict

_MIME = b"application/vnd.oasis.opendocument.text"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_AROUND = frozenset(
    f"{of}:{name}{pages}"
    for of in ("style", "loext")
    for name in ("header", "footer")
    for pages in ("", "-left", "-first")
)
_WHITE = {"text:tab": "\t", "text:line-break": "\n"}


def odt_lines(data: bytes) -> list[Line]:
    """The document's lines: headers and footers, of first and of left pages too, then the text, tracked deletions left out.

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

    namespaces: ClassVar = {
        **{_NAMES + f"{name}:1.0": name for name in ("text", "table", "style", "office")},
        _NAMES + "svg-compatible:1.0": "svg",
        "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    }
    gone = frozenset({
        "text:tracked-changes", "office:annotation", "text:note-citation", "text:script",
        "svg:title", "svg:desc", "office:binary-data",  # of a picture, in the middle of a paragraph
    })  # fmt: skip

    def __init__(self, *, whole: bool) -> None:
        super().__init__()
        self.rows = Rows()
        self._whole = whole
        self._around: list[bool] = []  # page headers and footers that are open: whether they show
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
        elif name in _AROUND:
            self._around.append(attributes.get("style:display") != "false")

    def end(self, name: str) -> None:
        if name in ("text:p", "text:h") and self._open:
            text = "".join(self._open.pop()).strip()
            if text and (self._whole or (self._around and all(self._around))):
                style = "heading" if name == "text:h" else "item" if self._items else "plain"
                self.rows.lines.append((style, text))
        elif name == "text:list-item":
            self._items -= 1
        elif name == "table:table-cell":
            self.rows.close_cell()
        elif name == "table:table-row":
            self.rows.close_row()
        elif name in _AROUND:
            self._around.pop()

    def text(self, text: str) -> None:
        if self._open:
            self._open[-1].append(text)
