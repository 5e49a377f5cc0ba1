"""Files a stranger could send, each made of a few bytes here, so that none is kept in the repository."""

import hashlib
import io
import struct
import zipfile
import zlib
from functools import lru_cache

MEGABYTE = 1024 * 1024
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")  # ISO 32000-1, 7.6.3.3
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
WORDS = b"BT /F 14 Tf 60 700 Td (Handlaggare i Region Adalen sedan 2019) Tj ET"


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalog."""
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, trailer, start)
    return bytes(out)


def stream(body: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(body), more, body)


def page(*, size: bytes = b"595 842", contents: bytes = b"4 0 R", more: bytes = b"") -> bytes:
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents %s/Resources<</Font<</F 5 0 R>>>>%s>>" % (
        size,
        contents,
        more,
    )


def plain(**how: bytes) -> bytes:
    """A good page of one line."""
    return pdf(CATALOG, PAGES, page(**how), stream(WORDS), HELVETICA)


def reference_loop() -> bytes:
    """Contents that refer to themselves: pdfminer resolves for ever."""
    return pdf(CATALOG, PAGES, page(contents=b"[4 0 R 6 0 R]"), stream(WORDS), HELVETICA, b"6 0 R")


def width_run() -> bytes:
    """A font with widths for two thousand million letters: pdfminer makes a table of them."""
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
    inner = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/W[0 2000000000 500]/FontDescriptor<</Type/FontDescriptor/FontName/A>>>>"
    )
    return pdf(CATALOG, PAGES, page(), stream(b"BT /F 9 Tf 60 700 Td <0041> Tj ET"), font, inner)


def _with_letters(cmap: bytes, shown: bytes) -> bytes:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    text = b"BT /F 14 Tf 60 700 Td %s Tj ET" % shown
    return pdf(CATALOG, PAGES, page(), stream(text), font, stream(b"begincmap " + cmap + b" endcmap"))


def letter_range() -> bytes:
    """A ToUnicode range of four thousand million letters."""
    return _with_letters(b"1 beginbfrange <00000000> <ffffffff> <00000000> endbfrange", b"(Ja)")


def zero_letters() -> bytes:
    """Every B becomes U+0000 in the text, a character PostgreSQL cannot store."""
    return _with_letters(b"1 beginbfchar <42> <0000> endbfchar", b"(Region BBdalen)")


def zero_width_rows() -> bytes:
    """A cross-reference stream whose rows are no bytes wide, two thousand million of them, and no page tree."""
    table = stream(b"", b"/Type/XRef/W[0 0 0]/Index[0 2000000000]/Size 2000000000/Root 1 0 R")
    body = b"%PDF-1.5\n1 0 obj\n<</Type/Catalog>>\nendobj\n"
    return body + b"2 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF" % len(body)


def nested_forms(depth: int = 28) -> bytes:
    """Each form draws the next one twice: 2^28 drawings in under 6 kB."""
    forms = [
        stream(
            b"/X Do /X Do",
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (number + 1),
        )
        for number in range(5, 5 + depth)
    ]
    last = stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    first = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
    return pdf(CATALOG, PAGES, first, stream(b"/X Do"), *forms, last)


def own_pattern() -> bytes:
    """A tiling pattern painted with itself, over a page: PDFium does not come to an end."""
    tile = (
        b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .01/YStep .01/Resources<</Pattern<</P 5 0 R>>>>"
    )
    first = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9000 9000]/Contents 4 0 R/Resources<</Pattern<</P 5 0 R>>>>>>"
    paint = b"/Pattern cs /P scn 0 0 9000 9000 re f"
    return pdf(CATALOG, PAGES, first, stream(paint), stream(paint, tile))


def deep_brackets() -> bytes:
    """Forty thousand brackets, one inside the other."""
    return pdf(CATALOG, PAGES, page(more=b"/Deep " + b"[" * 40_000 + b"]" * 40_000), stream(WORDS), HELVETICA)


def inflating() -> bytes:
    """Contents of 400 MB of saved states in 400 kB."""
    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(b"q " * 500_000) for _ in range(400)) + packed.flush()
    return pdf(CATALOG, PAGES, page(), stream(body, b"/Filter/FlateDecode"), HELVETICA)


def many_pages(count: int) -> bytes:
    kids = b"".join(b"%d 0 R " % (3 + number) for number in range(count))
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return pdf(CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), *[leaf] * count)


def turned() -> bytes:
    """A page that is turned a quarter when shown, with several lines of words."""
    lines = b"".join(b"(Handlaggare nummer %d i Region Adalen) Tj 0 -20 Td " % n for n in range(9))
    return pdf(CATALOG, PAGES, page(more=b"/Rotate 90"), stream(b"BT /F 12 Tf 60 700 Td %sET" % lines), HELVETICA)


def scan() -> bytes:
    """A page that is a picture, with no text."""
    image = stream(
        bytes(range(256)), b"/Type/XObject/Subtype/Image/Width 16/Height 16/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    first = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
    return pdf(CATALOG, PAGES, first, stream(b"500 0 0 700 40 60 cm /I Do"), image)


def locked(password: str) -> bytes:
    """A page encrypted with 40-bit RC4 (ISO 32000-1, 7.6.3, revision 2). An empty password opens by itself."""
    mark = b"0123456789abcdef"
    padded = (password.encode("latin-1") + _PAD)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + struct.pack("<i", -4) + mark).digest()[:5]
    own_key = hashlib.md5(key + (4).to_bytes(3, "little") + b"\0\0").digest()[:10]
    rules = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<%s><%s>]" % (
        owner.hex().encode(), _rc4(key, _PAD).hex().encode(), mark.hex().encode(), mark.hex().encode(),
    )  # fmt: skip
    return pdf(CATALOG, PAGES, page(), stream(_rc4(own_key, WORDS)), HELVETICA, trailer=rules)


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def packed(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, body in parts.items():
            put(box, name, body)
    return out.getvalue()


def put(box: zipfile.ZipFile, name: str, body: bytes | str, how: int = zipfile.ZIP_DEFLATED) -> None:
    """One more entry, of no date: the same parts give the same bytes."""
    box.writestr(zipfile.ZipInfo(name), body, how)


def docx(body: str | bytes, more: dict[str, bytes | str] | None = None, *, main: str = "document.main") -> bytes:
    """A DOCX with this body (XML inside w:body, or the bytes of the whole part)."""
    whole = body if isinstance(body, bytes) else f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>"
    around = "".join(
        f'<Override PartName="/word/{name}1.xml" ContentType="{_TYPE}.{name}+xml"/>'
        for name in ("header", "footer")
        if f"word/{name}1.xml" in (more or {})
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.{main}+xml"/>{around}</Types>'
    )
    return packed({"[Content_Types].xml": types, "word/document.xml": whole} | (more or {}))


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str, more: dict[str, bytes | str] | None = None) -> bytes:
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "table"))
    inside = f"<office:body><office:text>{body}</office:text></office:body>"
    whole = f"<office:document-content {names}>{inside}</office:document-content>"
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": whole} | (more or {}))


@lru_cache(maxsize=4)
def zip_bomb(megabytes: int = 1024) -> bytes:
    """A DOCX whose part of text is this many megabytes of zeros, about one byte in a thousand of it in the file."""
    zeros, crc = bytes(MEGABYTE), 0
    for _ in range(megabytes):
        crc = zlib.crc32(zeros, crc)
    out = io.BytesIO(docx(p("Hej")))
    with zipfile.ZipFile(out, "a") as box:
        put(box, "word/media/image1.png", _deflated_again(zeros, megabytes), zipfile.ZIP_STORED)
    return _saying(out.getvalue(), b"word/media/image1.png", size=megabytes * MEGABYTE, crc=crc)


@lru_cache(maxsize=4)
def lying_bomb(megabytes: int = 200) -> bytes:
    """A bomb that says in its list of contents that it is 1,000 bytes."""
    body = _deflated_again(b"<w:p>" * 200_000, megabytes)
    whole = docx(b"@")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w") as box:
        put(box, "[Content_Types].xml", source.read("[Content_Types].xml"))
        put(box, "word/document.xml", body, zipfile.ZIP_STORED)
    return _saying(out.getvalue(), b"word/document.xml", size=1000)


def _deflated_again(piece: bytes, times: int) -> bytes:
    """The deflated form of a piece over and over. Only the first is deflated: a full flush begins anew."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)) * times + packer.flush()


def _saying(packed: bytes, name: bytes, *, size: int, crc: int | None = None) -> bytes:
    """A ZIP with an entry whose bytes are deflated already: it says so, and what they become, in both its lists."""
    raw = bytearray(packed)
    for mark, name_at, method in ((b"PK\x03\x04", 30, 8), (b"PK\x01\x02", 46, 10)):
        at = raw.find(name, raw.find(mark)) - name_at
        struct.pack_into("<H", raw, at + method, zipfile.ZIP_DEFLATED)
        if crc is not None:
            struct.pack_into("<I", raw, at + method + 6, crc)
        struct.pack_into("<I", raw, at + method + 14, size)
    return bytes(raw)


def utf16_entity() -> bytes:
    """A DOCX with a DTD that a search for bytes would not find."""
    dtd = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    text = f'<?xml version="1.0" encoding="utf-16"?>{dtd}<w:document {W}>&e;</w:document>'
    return docx(text.encode("utf-16"))


def duplicate_names() -> bytes:
    out = io.BytesIO(docx(p("Det ena")))
    with zipfile.ZipFile(out, "a") as box:
        put(box, "word/Document.xml", "<x/>")
    return out.getvalue()
