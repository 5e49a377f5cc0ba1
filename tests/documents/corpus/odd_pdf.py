"""PDF files that are damaged, locked, disguised, or hold things that act. Nothing of it may act here."""

from portal.documents.reading import Verdict
from tests.documents.corpus.entry import files_of
from tests.documents.corpus.pdf_parts import compact, with_catalog, with_contents
from tests.documents.hostile import CATALOG, HELVETICA, PAGES, WORDS, docx, locked, p, page, pdf, plain, scan, stream

OK, DAMAGED, STUCK, NOT_IT = Verdict.ok, Verdict.damaged, Verdict.stuck, Verdict.not_what_it_says
FOUND = "Handlaggare i Region Adalen"
CANARY = b"/tmp/portal-canary"
CALLED = b"http://127.0.0.1:9/canary"

_damaged = files_of("damaged")
_locked = files_of("encrypted")
_two = files_of("two kinds in one")
_acts = files_of("acts when opened")
_size = files_of("page size")


def _lied(before: bytes, after: bytes) -> bytes:
    assert before in plain()
    return plain().replace(before, after)


def _linearized(cut: int | None = None) -> bytes:
    first = pdf(CATALOG, PAGES, page(), stream(WORDS), HELVETICA, b"<</Linearized 1/L 9/H[1 2]/O 3/E 4/N 1/T 5>>")
    return first[:cut]


def _unknown_lock() -> bytes:
    rules = b"/Encrypt<</Filter/Foreign/V 9>>/ID[<00><00>]"
    return pdf(CATALOG, PAGES, page(), stream(WORDS), HELVETICA, trailer=rules)


def _annotated(action: bytes) -> bytes:
    note = b"<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A %s/AA<</E %s/PO %s>>>>" % (action, action, action)
    return pdf(CATALOG, PAGES, page(more=b"/Annots[6 0 R]/AA<</O %s>>" % action), stream(WORDS), HELVETICA, note)


LAUNCH = b"<</S/Launch/F(/bin/sh)/Unix(touch %s)/NewWindow true>>" % CANARY
SCRIPT = b"<</S/JavaScript/JS(app.launchURL\\('%s'\\); while\\(true\\){})>>" % CALLED

ENTRIES = (
    _damaged("cut in the middle", lambda: plain()[:300], DAMAGED),
    _damaged("cut before its table", lambda: plain()[: plain().rfind(b"xref\n0")], DAMAGED),
    _damaged("its last words missing", lambda: plain()[:-6], OK, words=FOUND),
    _damaged("a table that is not where it says", lambda: _lied(b"startxref\n", b"startxref\n9"), OK, words=FOUND),
    _damaged("a table of nonsense", lambda: _lied(b" 00000 n", b" 0x000 q"), OK),
    _damaged("a length too long", lambda: _lied(b"/Length", b"/Length 9"), OK),
    _damaged("a length below nothing", lambda: _lied(b"/Length ", b"/Length -"), OK, words=FOUND),
    _damaged("a length that is itself", lambda: _lied(b"/Length %d" % len(WORDS), b"/Length 4 0 R"), OK),
    _damaged("a count too large", lambda: _lied(b"/Count 1", b"/Count 5"), OK, words=FOUND),
    _damaged("a count beyond all", lambda: _lied(b"/Count 1", b"/Count 2000000000"), OK, Verdict.too_many_pages),
    _damaged("a count below nothing", lambda: _lied(b"/Count 1", b"/Count -1"), OK, DAMAGED),
    _damaged("no pages", lambda: pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"), DAMAGED),
    _damaged("no catalog", lambda: _lied(b"/Root 1 0 R", b"/Rot 1 0 R"), OK, DAMAGED),
    _damaged("a page that is a number", lambda: pdf(CATALOG, PAGES, b"42"), DAMAGED, STUCK),
    _damaged("nothing but the first words", b"%PDF-1.7\n", DAMAGED),
    _damaged("noise after the first words", b"%PDF-1.7\n" + bytes(range(256)) * 400, DAMAGED),
    _damaged("a linearized file", _linearized, OK, words=FOUND),
    _damaged("half of a linearized file", lambda: _linearized(420), OK, DAMAGED, STUCK, Verdict.no_words),
    _damaged("ninety kilobytes after its end", lambda: plain() + b"\0\xff" * 45_000, OK, words=FOUND),
    _damaged("a late beginning", lambda: b"\n" * 900 + plain(), OK, words=FOUND),
    _damaged("too late a beginning", lambda: b"\n" * 2000 + plain(), NOT_IT),
    _damaged("a mail's head before it", lambda: b"From: a@example.se\r\n\r\n" + plain(), OK, words=FOUND),
    _locked("locked with a password", lambda: locked("hemligt"), Verdict.encrypted),
    _locked("locked against changes only", lambda: locked(""), OK, words=FOUND),
    _locked("a lock nobody knows", _unknown_lock, Verdict.encrypted, DAMAGED),
    _two("a Word file behind it", lambda: plain() + docx(p("Hej")), OK, words=FOUND),
    _two("a web page in front", lambda: b"<html><script>alert(1)</script><!--\n" + plain(), OK, words=FOUND),
    _two("a PDF called a Word file", plain, NOT_IT, called="cv.docx"),
    _two("a PDF called a text", plain, NOT_IT, called="cv.txt"),
    _two("a web page", b"<html><body><h1>CV</h1></body></html>", NOT_IT),
    _two("a picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40, NOT_IT),
    _two("a program", b"MZ" + bytes(5000), NOT_IT),
    _two("a shell script", b"#!/bin/sh\ntouch " + CANARY + b"\n", NOT_IT),
    _two("a PostScript file", b"%!PS-Adobe-3.0\n(" + CANARY + b") deletefile\n", NOT_IT),
    _two(
        "an XFA form",
        lambda: with_catalog(
            b"/AcroForm<</Fields[]/XFA 6 0 R>>",
            stream(b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "%s"><xdp:xdp><script>x</script></xdp:xdp>' % CALLED),
        ),
        OK,
        words=FOUND,
    ),  # fmt: skip
    _acts("a script", lambda: with_catalog(b"/OpenAction" + SCRIPT), OK, words=FOUND),
    _acts(
        "a script by name", lambda: with_catalog(b"/Names<</JavaScript<</Names[(a) %s]>>>>" % SCRIPT), OK, words=FOUND
    ),
    _acts("launches a program", lambda: with_catalog(b"/OpenAction" + LAUNCH), OK, words=FOUND),
    _acts("launches from a link", lambda: _annotated(LAUNCH), OK, words=FOUND),
    _acts("calls an address", lambda: _annotated(b"<</S/URI/URI(%s)>>" % CALLED), OK, words=FOUND),
    _acts(
        "sends a form",
        lambda: with_catalog(b"/OpenAction<</S/SubmitForm/F<</FS/URL/F(%s)>>>>" % CALLED),
        OK,
        words=FOUND,
    ),  # fmt: skip
    _acts(
        "goes to another file",
        lambda: with_catalog(b"/OpenAction<</S/GoToR/F(%s)/D[0/Fit]>>" % CANARY),
        OK,
        words=FOUND,
    ),  # fmt: skip
    _acts("imports data", lambda: with_catalog(b"/OpenAction<</S/ImportData/F(%s)>>" % CANARY), OK, words=FOUND),
    _acts(
        "a program inside",
        lambda: with_catalog(
            b"/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>]>>>>",
            stream(b"MZ" + bytes(300), b"/Type/EmbeddedFile"),
        ),
        OK,
        words=FOUND,
    ),  # fmt: skip
    _acts(
        "its page's words in a file of ours",
        lambda: pdf(CATALOG, PAGES, page(), stream(b"", b"/F(%s)/FFilter/FlateDecode" % CANARY), HELVETICA),
        Verdict.no_words,
    ),  # fmt: skip
    _acts(
        "a picture in a file of ours",
        lambda: with_contents(
            WORDS + b" /I Do",
            stream(
                b"",
                b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
                b"/F<</FS/URL/F(%s)>>" % CALLED,
            ),
            resources=b"/XObject<</I 6 0 R>>",
        ),
        OK,
        words=FOUND,
    ),  # fmt: skip
    _acts(
        "a page of another file as a form",
        lambda: with_contents(
            WORDS + b" /X Do",
            stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Ref<</F(%s)/Page 0>>" % CANARY),
            resources=b"/XObject<</X 6 0 R>>",
        ),
        OK,
        words=FOUND,
    ),  # fmt: skip
    _size("the largest page the standard has", lambda: plain(size=b"14400 14400"), OK, words=FOUND),
    _size("as wide as that and two high", lambda: plain(size=b"14400 2"), OK),
    _size("larger than all pages", lambda: plain(size=b"90000 90000"), STUCK),
    _size("a page without size", lambda: plain(size=b"0 0"), OK, STUCK),
    _size("a page of a third of a point", lambda: plain(size=b".3 .3"), STUCK),
    _size("a size that is no number", lambda: plain(size=b"1e400 (x)"), OK, STUCK),
    _size("a size below nothing", lambda: plain(size=b"-595 -842"), OK, STUCK),
    _size(
        "a largest page of pictures", lambda: scan().replace(b"[0 0 595 842]", b"[0 0 14400 14400]"), Verdict.no_words
    ),
    _size("a unit that makes it endless", lambda: plain(more=b"/UserUnit 100000"), OK, STUCK),
    _damaged("an object stream of noise", lambda: compact(packed=b"\1\2\3" * 99), DAMAGED, STUCK, OK),
)
