"""DOCX and ODT are zips. These are zips with something wrong about the zip itself."""

import io
import struct
import zipfile
from functools import cache

from portal.documents.reading import Verdict
from tests.documents import hostile
from tests.documents.corpus.entry import files_of
from tests.documents.hostile import docx, odt, p, packed, plain, put

OK, DAMAGED, STUCK, NOT_IT = Verdict.ok, Verdict.damaged, Verdict.stuck, Verdict.not_what_it_says
HELLO = "Hej, jag är handläggare."
MB = 1024 * 1024
_ODT = "<text:p>Hej, jag är handläggare.</text:p>"

_bomb = files_of("a zip that grows", "cv.docx")
_names = files_of("names in a zip", "cv.docx")
_locked = files_of("encrypted", "cv.docx")
_broken = files_of("a damaged zip", "cv.docx")
_macros = files_of("macros", "cv.docx")
_acts = files_of("acts when opened", "cv.docx")
_other = files_of("two kinds in one", "cv.docx")


@cache
def hello() -> bytes:
    """A good Word file of one line."""
    return docx(p(HELLO))


def with_entry(name: str, body: bytes = b"x", **how: int) -> bytes:
    """A good Word file with one more entry, whatever its name."""
    out = io.BytesIO(hello())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as box:
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.filename = name  # the constructor cuts at a zero byte and turns the slashes
        entry.external_attr = how.get("mode", 0o644) << 16
        box.writestr(entry, body)
    return out.getvalue()


def _many(count: int) -> bytes:
    out = io.BytesIO(hello())
    with zipfile.ZipFile(out, "a") as box:
        for number in range(count):
            put(box, f"{number}.xml", b"")
    return out.getvalue()


def _nested(deep: int) -> bytes:
    inside = bytes(MB)
    for level in range(deep):
        inside = packed({f"{level}-{copy}.zip": inside for copy in range(10)})
    return with_entry("word/media/image1.zip", inside)


def _overlapping(times: int) -> bytes:
    """Many entries in the list, all of the same hundred kilobytes in the file."""
    whole = with_entry("a.bin", bytes(50 * MB))
    start = whole.rfind(b"PK\x01\x02")
    end = whole.rfind(b"PK\x05\x06")
    row = whole[start:end]
    rows = b"".join(row.replace(b"a.bin", b"%05d" % number) for number in range(times))
    count, size = struct.unpack_from("<H", whole, end + 10)[0] + times, end - whole.find(b"PK\x01\x02") + len(rows)
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, size, whole.find(b"PK\x01\x02"), 0)
    return whole[:end] + rows + tail


def _changed(data: bytes, mark: bytes, place: int, value: bytes) -> bytes:
    """Other bytes in the record of the text part that begins with this mark."""
    raw = bytearray(data)
    name_at = {b"PK\x03\x04": 30, b"PK\x01\x02": 46}[mark]
    found = raw.find(b"word/document.xml", raw.find(mark)) - name_at
    assert raw[found : found + 4] == mark
    raw[found + place : found + place + len(value)] = value
    return bytes(raw)


def _wrong_sum() -> bytes:
    both = _changed(hello(), b"PK\x03\x04", 14, b"\1\2\3\4")
    return _changed(both, b"PK\x01\x02", 16, b"\1\2\3\4")


def _locked_entry() -> bytes:
    return _changed(_changed(hello(), b"PK\x03\x04", 6, b"\1"), b"PK\x01\x02", 8, b"\1")


def _locked_odt() -> bytes:
    name = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = f'<m:manifest xmlns:m="{name}"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    return odt(_ODT, {"META-INF/manifest.xml": manifest})


def _lzma() -> bytes:
    out = io.BytesIO(hello())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_LZMA) as box:
        put(box, "a.xml", "x", zipfile.ZIP_LZMA)
    return out.getvalue()


def _stored() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(hello())) as source, zipfile.ZipFile(out, "w") as box:
        for name in source.namelist():
            put(box, name, source.read(name), zipfile.ZIP_STORED)
    return out.getvalue()


def _program(folder: str) -> bytes:
    return odt(_ODT, {f"{folder}/Module1.xml": "<x>shell</x>"})


def _with_programs() -> bytes:
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    types += f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    return packed({"[Content_Types].xml": types, "word/document.xml": "<x/>"})


_SLIPS = (
    ("upwards", "../../../../tmp/portal-canary"),
    ("from the root", "/tmp/portal-canary"),
    ("with the other slash", "..\\..\\tmp\\portal-canary"),
    ("to a Windows drive", "C:\\Windows\\portal-canary"),
    ("a device of Windows", "word/CON"),
    ("a zero byte", "word/a\x00.xml"),
    ("a thousand letters", "word/" + "å" * 1000),
    ("marks of direction", "word/\u202elmx.exe"),
    ("nothing", ""),
)

ENTRIES = (
    _bomb("a gigabyte that it owns up to", lambda: hostile.zip_bomb(1024), STUCK),
    _bomb("two hundred megabytes that it keeps quiet about", hostile.lying_bomb, DAMAGED, STUCK),
    _bomb("a text part over thirty megabytes", lambda: docx(b"<x>" + b" " * (31 * MB) + b"</x>"), STUCK),
    _bomb("two thousand and one entries", lambda: _many(2_001), STUCK),
    _bomb("sixty thousand entries", lambda: _many(60_000), STUCK),
    _bomb("zips in zips", lambda: _nested(3), OK, words=HELLO),
    _bomb("one entry under a hundred names", lambda: _overlapping(100), STUCK),
    _bomb(
        "a list of types of forty megabytes",
        lambda: packed(
            {"[Content_Types].xml": b"<Types>" + b" " * (40 * MB) + b"</Types>", "word/document.xml": b"<x/>"}
        ),
        STUCK,
    ),
    *(_names(title, lambda name=name: with_entry(name), OK, words=HELLO) for title, name in _SLIPS),
    _names("a link to a file of ours", lambda: with_entry("word/link", b"/etc/passwd", mode=0o120777), DAMAGED),
    _names("the same name twice", hostile.duplicate_names, DAMAGED),
    _names(
        "one name in the list and another at the place",
        lambda: hello().replace(b"word/document.xml", b"word/documents.xm", 1),
        DAMAGED,
    ),
    _locked("a locked entry", _locked_entry, Verdict.encrypted),
    _locked(
        "locked by Word",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 99,
        Verdict.encrypted,
    ),
    _locked("locked by LibreOffice", _locked_odt, Verdict.encrypted, called="cv.odt"),
    _broken("a wrong sum", _wrong_sum, DAMAGED),
    _broken("cut in the middle", lambda: hello()[:300], DAMAGED),
    _broken("without its list", lambda: hello()[: hello().find(b"PK\x01\x02")], DAMAGED),
    _broken("two first bytes and nothing more", b"PK\x03\x04", DAMAGED),
    _broken("a kind of packing that Word has not", _lzma, DAMAGED),
    _broken("a size below its own", lambda: _changed(hello(), b"PK\x01\x02", 20, b"\1\0\0\0"), DAMAGED),
    _broken("a place beyond the file", lambda: _changed(hello(), b"PK\x01\x02", 42, b"\xff\xff\xff\x7f"), DAMAGED),
    _broken("not packed at all", _stored, OK, words=HELLO),
    _broken(
        "with sixty kilobytes of remark",
        lambda: hello()[:-2] + struct.pack("<H", 60_000) + b" " * 60_000,
        OK,
        words=HELLO,
    ),
    _macros("a program for Word", lambda: docx(p(HELLO), {"word/vbaProject.bin": b"x"}), Verdict.macros),
    _macros(
        "the same in other letters and elsewhere", lambda: docx(p(HELLO), {"else/VBAPROJECT.BIN": b"x"}), Verdict.macros
    ),
    _macros("a file with programs that is called one without", _with_programs, Verdict.macros),
    _macros("a program for LibreOffice", lambda: _program("Basic/Standard"), Verdict.macros, called="cv.odt"),
    _macros("a program in Python", lambda: _program("Scripts/python"), Verdict.macros, called="cv.odt"),
    _macros(
        "the empty lists that every LibreOffice writes",
        lambda: odt(_ODT, {"Basic/script-lc.xml": "<x/>"}),
        OK,
        words=HELLO,
        called="cv.odt",
    ),
    _acts(
        "an object of another program",
        lambda: docx(p(HELLO), {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999)}),
        OK,
        words=HELLO,
    ),
    _other("a PDF behind it", lambda: hello() + plain(), OK, DAMAGED),
    _other(
        "a sheet called a text", lambda: packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}), NOT_IT
    ),
    _other("an ODT called a DOCX", lambda: odt(_ODT), NOT_IT),
    _other("a DOCX called an ODT", hello, NOT_IT, called="cv.odt"),
    _other("a zip of anything", lambda: packed({"a.txt": "a"}), NOT_IT),
    _other("a program with a Word file behind it", lambda: b"MZ" + bytes(400) + hello(), NOT_IT),
    _other("a web page", b"<html><body>CV</body></html>", NOT_IT),
    _other("rich text", rb"{\rtf1 {\object\objautlink\objupdate C:\\x}}", NOT_IT),
    _other("an old Word file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), NOT_IT),
    _other(
        "an old Word file by its own name",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
        Verdict.wrong_kind,
        called="cv.doc",
    ),
)
