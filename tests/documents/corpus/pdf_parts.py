"""Pieces of PDF that several files of the corpus are made of."""

import zlib
from itertools import count

from tests.documents.hostile import CATALOG, HELVETICA, PAGES, WORDS, page, pdf, stream


def with_text(shown: bytes) -> bytes:
    """A page of one line, in the font's own coding."""
    return pdf(CATALOG, PAGES, page(), stream(b"BT /F 14 Tf 60 700 Td (%s) Tj ET" % shown), HELVETICA)


def with_font(cmap: bytes, shown: bytes) -> bytes:
    """A page whose letters are told by a ToUnicode table."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    text = b"BT /F 14 Tf 60 700 Td %s Tj ET" % shown
    return pdf(CATALOG, PAGES, page(), stream(text), font, stream(b"begincmap " + cmap + b" endcmap"))


def with_contents(contents: bytes, *more: bytes, resources: bytes = b"", after: bytes = b"") -> bytes:
    """A page that draws this; `more` are the objects from number 6 on, `resources` join the font."""
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>%s>>" % (
        resources,
        after,
    )
    return pdf(CATALOG, PAGES, leaf, stream(contents), HELVETICA, *more)


def with_catalog(entries: bytes, *more: bytes) -> bytes:
    """A good page whose catalog has these entries; `more` are the objects from number 6 on."""
    catalog = b"<</Type/Catalog/Pages 2 0 R%s>>" % entries
    return pdf(catalog, PAGES, page(), stream(WORDS), HELVETICA, *more)


def many_lines(more: bytes) -> bytes:
    """Nine numbered lines on a page with these entries."""
    lines = b"".join(b"(Handlaggare nummer %d i Region Adalen) Tj 0 -20 Td " % n for n in range(9))
    return pdf(CATALOG, PAGES, page(more=more), stream(b"BT /F 12 Tf 60 700 Td %sET" % lines), HELVETICA)


def compact(*, packed: bytes | None = None, head: bytes = b"", table: bytes = b"") -> bytes:
    """A PDF with its objects in an object stream and its table in a cross-reference stream (ISO 32000-1, 7.5.7-8).

    `packed`, `head` and `table` put other bytes in the object stream, in its dictionary and in the table's.
    """
    inside = {1: CATALOG, 2: PAGES, 3: page(), 5: HELVETICA}
    bodies, numbers, place = b"", b"", 0
    for number, body in inside.items():
        numbers += b"%d %d " % (number, place)
        bodies, place = bodies + body + b" ", place + len(body) + 1
    data = zlib.compress(numbers + bodies) if packed is None else packed
    head = head or b"/Type/ObjStm/N 4/First %d/Filter/FlateDecode" % len(numbers)
    out, places = bytearray(b"%PDF-1.5\n"), {}
    for number, body in ((4, stream(WORDS)), (6, stream(data, head))):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, order = len(out), count()
    rows = b"\0\0\0\0\0"
    for number in range(1, 7):
        if number in inside:
            rows += b"\2" + (6).to_bytes(3, "big") + bytes([next(order)])
        else:
            rows += b"\1" + places[number].to_bytes(3, "big") + b"\0"
    rows += b"\1" + start.to_bytes(3, "big") + b"\0"
    out += b"7 0 obj\n%s\nendobj\n" % stream(
        zlib.compress(rows), table or b"/Type/XRef/Size 8/W[1 3 1]/Root 1 0 R/Filter/FlateDecode"
    )
    return bytes(out) + b"startxref\n%d\n%%%%EOF" % start


def deflated(pieces: bytes, times: int) -> bytes:
    """These bytes over and over, deflated without ever lying whole in memory."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(pieces) for _ in range(times)) + packer.flush()
