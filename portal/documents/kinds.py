"""Which kind of file a stranger has sent, what it may be called on a page, and which characters its text may hold."""

import re
import unicodedata
from enum import StrEnum

from portal.documents.reading import DocumentRefused, Verdict

MAX_BYTES = 10 * 1024 * 1024  # a file
MAX_PAGES = 100
MAX_CHARACTERS = 500_000  # of text kept of one file
MAX_NAME = 150  # characters of a shown name, extension included
HEAD = 1024  # a PDF may have this many bytes of other things before its own first bytes (ISO 32000-1, annex H)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the box of old Word files, and of DOCX files saved with a password
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NOT_TEXT = frozenset(range(32)) - {8, 9, 10, 12, 13, 26, 27}
_DIRECTION = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")


class Kind(StrEnum):
    """A kind of file that is taken in; the value is its extension."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    TXT = "txt"


ACCEPT = ",".join(f".{kind}" for kind in Kind)  # for the file field


def kind_of(name: str, data: bytes) -> Kind:
    """The kind by extension **and** first bytes; what the browser claims is not asked.

    Raises `DocumentRefused` with the verdict `empty`, `too_big`, `wrong_kind`, `encrypted` or `not_what_it_says`.
    """
    shown = shown_name(name)
    extension = shown.rpartition(".")[2].casefold()
    if not data:
        raise DocumentRefused(Verdict.empty, name=shown)
    if len(data) > MAX_BYTES:
        raise DocumentRefused(Verdict.too_big, name=shown)
    if extension not in set(Kind):
        raise DocumentRefused(Verdict.wrong_kind, name=shown)
    kind = Kind(extension)
    if kind is Kind.DOCX and data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise DocumentRefused(Verdict.encrypted, name=shown)
    if not _begins_as(kind, data):
        raise DocumentRefused(Verdict.not_what_it_says, name=shown)
    return kind


def _begins_as(kind: Kind, data: bytes) -> bool:
    if kind is Kind.PDF:
        return b"%PDF-" in data[:HEAD]
    if kind is Kind.TXT:
        return data.startswith(_UTF16) or not (data.startswith(b"%PDF-") or _NOT_TEXT & set(data[: 8 * HEAD]))
    return data.startswith(b"PK\x03\x04")


def decode_text(data: bytes) -> str:
    """The text of a text file: UTF-16 where it says so by its first two bytes, else UTF-8, else Windows' cp1252."""
    if data.startswith(_UTF16):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def clean_text(text: str) -> str:
    """NFC, one kind of line end, no U+0000 or other control character but newline and tab, no half surrogate."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def shown_name(name: str) -> str:
    """The file's name as it may stand on a page and in a download: no path, no control or direction marks, NFC.

    At most 150 characters, the extension kept; å, ä, ö and other letters stay. Never empty.
    """
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = _DIRECTION.sub("", name)
    name = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in name)
    name = re.sub(r'[<>:"|?*]', "_", re.sub(r" +", " ", name)).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[:MAX_NAME] if name and name.casefold() not in set(Kind) else f"dokument.{name.casefold() or 'pdf'}"
    extension = extension[:10]
    return f"{(stem[: MAX_NAME - len(extension) - 1]).strip(' .') or 'dokument'}.{extension}"
