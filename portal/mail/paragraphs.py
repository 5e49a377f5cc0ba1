"""A letter's plain text taken apart for its HTML: paragraphs, their lines, and in a line what leads somewhere. PURE."""

import re
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["words", "link", "checksum"]

_LINK: Final = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
_CHECKSUM: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line, or the one link or checksum that stands there."""

    kind: Kind
    text: str


Line = tuple[Piece, ...]


def paragraphs_of(body: str) -> list[tuple[Line, ...]]:
    """The paragraphs of a plain text, in order. Put together again, the pieces are the text with its line ends."""
    parts = re.split(r"\n\s*\n", body.strip())
    return [tuple(_line(line.strip()) for line in part.split("\n") if line.strip()) for part in parts if part.strip()]


def _line(text: str) -> Line:
    if _CHECKSUM.fullmatch(text):
        return (Piece("checksum", text),)
    pieces: list[Piece] = []
    last = 0
    for found in _LINK.finditer(text):
        if found.start() > last:
            pieces.append(Piece("words", text[last : found.start()]))
        pieces.append(Piece("link", found[0]))
        last = found.end()
    if last < len(text):
        pieces.append(Piece("words", text[last:]))
    return tuple(pieces)
