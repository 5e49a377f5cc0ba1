"""PDF files as honest people send them, in the shapes that honest programs give them."""

import base64
import zlib
from functools import partial

from portal.demo.engines import papers
from portal.demo.people import candidates
from portal.documents.reading import Verdict
from tests.documents.corpus.entry import Entry, files_of
from tests.documents.corpus.pdf_parts import compact, many_lines, with_font, with_text
from tests.documents.hostile import (
    CATALOG,
    HELVETICA,
    PAGES,
    WORDS,
    letter_range,
    many_pages,
    page,
    pdf,
    plain,
    scan,
    stream,
)  # fmt: skip

OK, NO_WORDS, TOO_MANY = Verdict.ok, Verdict.no_words, Verdict.too_many_pages
FOUND = "Handlaggare i Region Adalen"


def _demo() -> list[Entry]:
    entry = files_of("an honest CV")
    made = []
    for one in candidates():
        name = papers.cv(one.person, one.layout)[0]
        words = "" if one.layout == "scan" else one.person.phone
        verdict = NO_WORDS if one.layout == "scan" else OK
        make = partial(lambda one: papers.cv(one.person, one.layout)[1], one)
        made.append(entry(f"cv of the demo, {one.layout}", make, verdict, words=words, called=name))
    return made


def _filtered(body: bytes, name: bytes) -> bytes:
    return pdf(CATALOG, PAGES, page(), stream(body, b"/Filter" + name), HELVETICA)


def _run_length(data: bytes) -> bytes:
    return b"".join(bytes([len(part) - 1]) + part for part in (data[i : i + 128] for i in range(0, len(data), 128)))


def pages_of_words(count: int) -> bytes:
    """So many pages that all show the same words."""
    kids = b"".join(b"%d 0 R " % (5 + number) for number in range(count))
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return pdf(CATALOG, tree, stream(WORDS), HELVETICA, *[leaf] * count)


def updated() -> bytes:
    """Saved once more by a program that only appends: the old page stays in the file."""
    first = plain()
    place, start = len(first) + 1, first.rfind(b"xref\n0")
    body = b"4 0 obj\n" + stream(WORDS.replace(b"Handlaggare", b"Sekreterare")) + b"\nendobj\n"
    table = b"xref\n4 1\n%010d 00000 n \n" % place
    end = b"trailer\n<</Root 1 0 R/Size 6/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (start, place + len(body))
    return first + b"\n" + body + table + end


_shape = files_of("an honest shape")
_words = files_of("words that are easily lost")
_pages = files_of("page limit")

ENTRIES = (
    *_demo(),
    _shape("one line", plain, OK, words=FOUND),
    _shape("object and cross-reference streams", compact, OK, words=FOUND),
    _shape("saved a second time by appending", updated, OK, words="Sekreterare i Region"),
    _shape("deflated", lambda: _filtered(zlib.compress(WORDS), b"/FlateDecode"), OK, words=FOUND),
    _shape("in base 85", lambda: _filtered(base64.a85encode(WORDS) + b"~>", b"/ASCII85Decode"), OK, words=FOUND),
    _shape("in hex", lambda: _filtered(WORDS.hex().encode() + b">", b"/ASCIIHexDecode"), OK, words=FOUND),
    _shape("run lengths", lambda: _filtered(_run_length(WORDS) + b"\x80", b"/RunLengthDecode"), OK, words=FOUND),
    _shape(
        "two filters",
        lambda: _filtered(base64.a85encode(zlib.compress(WORDS)) + b"~>", b"[/ASCII85Decode/FlateDecode]"),
        OK,
        words=FOUND,
    ),
    _shape("windows line ends", lambda: plain().replace(b"endobj\n", b"endobj\r\n"), OK),
    _shape(
        "contents in two parts",
        lambda: pdf(CATALOG, PAGES, page(contents=b"[4 0 R 6 0 R]"), stream(WORDS[:14]), HELVETICA, stream(WORDS[14:])),
        OK,
    ),  # fmt: skip
    _words(
        "letters with rings and dots",
        lambda: with_text("Åsa Öberg, närvård".encode("cp1252")),
        OK,
        words="Åsa Öberg, närvård",
    ),  # fmt: skip
    _words(
        "a ring of its own beside its letter",
        lambda: with_font(b"2 beginbfchar <41> <0041030A> <42> <006F0308> endbfchar", b"(A B AB)"),
        OK,
        words="Å ö Åö",
    ),  # fmt: skip
    _words("turned a quarter", lambda: many_lines(b"/Rotate 90"), OK, words="nummer 8 i Region Adalen"),
    _words("turned half", lambda: many_lines(b"/Rotate 180"), OK, words="Region Adalen"),
    _words("turned three quarters", lambda: many_lines(b"/Rotate 270"), OK, words="nummer 8 i Region Adalen"),
    _words("turned by an odd number", lambda: many_lines(b"/Rotate 45"), OK),
    _words("cropped", lambda: plain(more=b"/CropBox[50 600 500 800]"), OK, words=FOUND),
    _words("cropped to where nothing is", lambda: plain(more=b"/CropBox[9000 9000 9100 9100]"), Verdict.stuck),
    _words("a page box from below nothing", lambda: plain().replace(b"[0 0 595 842]", b"[-9 -9 595 842]"), OK),
    _words("a box written backwards", lambda: plain().replace(b"[0 0 595 842]", b"[595 842 0 0]"), OK, words=FOUND),
    _words("a unit of its own", lambda: plain(more=b"/UserUnit 10"), OK, words=FOUND),
    _words(
        "a letter that becomes nothing",
        lambda: with_font(b"1 beginbfchar <42> <0000> endbfchar", b"(Region BBdalen)"),
        OK,
        words="dalen",
    ),  # fmt: skip
    _words("a range of all letters", letter_range, OK),
    _pages("a hundred pages", lambda: pages_of_words(100), OK, words=FOUND),
    _pages("a hundred empty pages", lambda: many_pages(100), NO_WORDS),
    _pages("a page too many", lambda: pages_of_words(101), TOO_MANY),
    _pages("thirty thousand pages", lambda: many_pages(30_000), TOO_MANY),
    files_of("pictures without words")("a scan", scan, NO_WORDS),
    files_of("pictures without words")(
        "letters as outlines",
        lambda: pdf(
            CATALOG, PAGES, page(), stream(b"60 700 m 80 760 l 100 700 l 92 700 l 86 718 l f " * 200), HELVETICA
        ),
        NO_WORDS,
    ),  # fmt: skip
    files_of("pictures without words")("an empty page", lambda: many_pages(1), NO_WORDS),
)
