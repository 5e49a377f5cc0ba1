"""The picture of a page that is covered from edge to edge: made here, so that no file need be opened for it."""

import struct
import zlib
from typing import Final

from portal.documents.masks import A4

(WIDE, HIGH), INK = A4, 38  # as the boxes are drawn
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def blank_page() -> bytes:
    """A PNG of one colour in the proportions of A4."""
    head = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([INK]) * WIDE) * HIGH, 9)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
