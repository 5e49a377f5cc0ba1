"""How the child's answer is packed: frames of one letter, a length of four bytes, and that many bytes.

A child that is stopped half-way leaves whole frames behind it, and they count. The reader treats every byte as hostile.
"""

import json
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

_HEAD = struct.Struct(">cI")
WORDS, PICTURE, PAPER, END = b"W", b"P", b"F", b"E"
_ORDER = struct.Struct(">I")
_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def tell(out: BinaryIO, **facts: Any) -> None:
    """One frame of facts, as JSON."""
    send(out, WORDS, json.dumps(facts).encode())


def send(out: BinaryIO, letter: bytes, body: bytes = b"") -> None:
    """One frame, sent at once."""
    out.write(_HEAD.pack(letter, len(body)) + body)
    out.flush()


def with_order(order: dict[str, Any], data: bytes) -> bytes:
    """A file with what is to be done with it before it, for the child's standard input."""
    words = json.dumps(order).encode()
    return _ORDER.pack(len(words)) + words + data


def order_on(stream: BinaryIO) -> dict[str, Any]:
    """What stands before the file, in the child. It comes from whoever started the child, not from a stranger."""
    (length,) = _ORDER.unpack(stream.read(_ORDER.size))
    order: dict[str, Any] = json.loads(stream.read(length))
    return order


def packed(number: bytes, order: bytes) -> bytes:
    """One of many orders, for a child that stays for the next."""
    return _ORDER.pack(len(number)) + number + _ORDER.pack(len(order)) + order


def orders_on(stream: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Number and order, one after another until no more come, in the child."""
    while head := stream.read(_ORDER.size):
        number = stream.read(*_ORDER.unpack(head))
        yield number, stream.read(*_ORDER.unpack(stream.read(_ORDER.size)))


def whole_frames(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The frames that arrived whole, in order; silent about what follows them."""
    return iter(Arriving().with_more(data))


class Arriving:
    """Frames that come in pieces. ``rest`` is what has come of the next one."""

    def __init__(self) -> None:
        self.rest = bytearray()

    def with_more(self, chunk: bytes) -> list[tuple[bytes, bytes]]:
        """The frames that are whole by this piece."""
        self.rest += chunk
        found, place = [], 0
        while place + _HEAD.size <= len(self.rest):
            letter, length = _HEAD.unpack_from(self.rest, place)
            after = place + _HEAD.size + length
            if after > len(self.rest):
                break
            found.append((letter, bytes(self.rest[place + _HEAD.size : after])))
            place = after
        del self.rest[:place]
        return found


def facts_in(body: bytes) -> dict[str, Any]:
    """The facts of one frame, or nothing where the child sent something else."""
    try:
        facts = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return facts if isinstance(facts, dict) else {}


def is_picture(body: bytes, longest: int) -> bool:
    """Whether this is a PNG by its first and last bytes, with sides from 1 to `longest` pixels."""
    if not (body.startswith(_PNG) and body.endswith(_PNG_END)) or len(body) < 45:
        return False
    wide, high = struct.unpack_from(">II", body, 16)
    return bool(1 <= wide <= longest and 1 <= high <= longest)
