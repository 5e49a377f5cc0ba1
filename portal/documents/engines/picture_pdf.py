"""A PDF whose pages are pictures and nothing else: no text layer, no metadata, no name of whoever made it.

The bytes of each PNG's picture go in as they are (FlateDecode with the PNG predictor), so nothing is decoded here.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

A4_LONG: Final = 841.89  # points, for the longer side of a picture
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_GREY, _COLOURS, _PALETTE = 0, 2, 3


class NotAPlainPicture(ValueError):
    """A PNG that our own child does not make: interlaced, transparent or cut off."""


@dataclass(frozen=True, slots=True)
class _Picture:
    wide: int
    high: int
    depth: int
    colour: int
    palette: bytes
    data: bytes


def picture_pdf(pictures: Sequence[bytes]) -> bytes:
    """One page for each PNG, in order. Raises NotAPlainPicture; there is at least one."""
    found = [_read(one) for one in pictures]
    kids = " ".join(f"{3 + 3 * place} 0 R" for place in range(len(found)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(found)} >>".encode(),
    ]
    for place, one in enumerate(found):
        objects += _page(one, 3 + 3 * place)
    return _written(objects)


def _read(png: bytes) -> _Picture:
    chunks = list(_chunks(png))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13 or chunks[-1][0] != b"IEND":
        raise NotAPlainPicture
    wide, high, depth, colour, _how, _filter, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    palette = b"".join(body for name, body in chunks if name == b"PLTE")
    plain = colour in (_GREY, _COLOURS, _PALETTE) and (colour != _PALETTE or palette) and wide and high
    if not plain or interlaced or any(name == b"tRNS" for name, _body in chunks):
        raise NotAPlainPicture
    return _Picture(wide, high, depth, colour, palette, b"".join(body for name, body in chunks if name == b"IDAT"))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not png.startswith(_SIGNATURE):
        raise NotAPlainPicture
    place = len(_SIGNATURE)
    while place + 12 <= len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if place + 12 + length > len(png):
            raise NotAPlainPicture
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += 12 + length


def _page(one: _Picture, first: int) -> list[bytes]:
    """The page, what it draws, and the picture: objects ``first`` to ``first`` + 2."""
    scale = A4_LONG / max(one.wide, one.high)
    wide, high = f"{one.wide * scale:.2f}", f"{one.high * scale:.2f}"
    drawn = f"{wide} 0 0 {high} 0 0 cm /P Do".encode()
    colours = 3 if one.colour == _COLOURS else 1
    space = {_GREY: "/DeviceGray", _COLOURS: "/DeviceRGB"}.get(one.colour, "")
    if one.colour == _PALETTE:
        space = f"[/Indexed /DeviceRGB {len(one.palette) // 3 - 1} <{one.palette.hex()}>]"
    how = f"<< /Predictor 15 /Colors {colours} /BitsPerComponent {one.depth} /Columns {one.wide} >>"
    picture = (
        f"<< /Type /XObject /Subtype /Image /Width {one.wide} /Height {one.high} /ColorSpace {space}"
        f" /BitsPerComponent {one.depth} /Filter /FlateDecode /DecodeParms {how} /Length {len(one.data)} >>"
    )
    return [
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide} {high}] /Contents {first + 1} 0 R"
        f" /Resources << /XObject << /P {first + 2} 0 R >> >> >>".encode(),
        f"<< /Length {len(drawn)} >>\nstream\n".encode() + drawn + b"\nendstream",
        picture.encode() + b"\nstream\n" + one.data + b"\nendstream",
    ]


def _written(objects: Sequence[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
