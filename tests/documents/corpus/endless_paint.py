"""PDF files that are small to send and endless to paint."""

from portal.documents.reading import Verdict
from tests.documents import hostile
from tests.documents.corpus.entry import files_of
from tests.documents.corpus.pdf_parts import deflated, with_contents
from tests.documents.hostile import CATALOG, HELVETICA, PAGES, WORDS, page, pdf, stream

OK, STUCK, NO_WORDS = Verdict.ok, Verdict.stuck, Verdict.no_words

_paints = files_of("paints without end")


def _shaded(function: bytes, body: bytes) -> bytes:
    shading = (
        b"/Shading<</S<</ShadingType 1/ColorSpace/DeviceRGB/Domain[0 1 0 1]/Matrix[999 0 0 999 0 0]/Function 6 0 R>>>>"
    )
    return with_contents(WORDS + b" /S sh", stream(body, function), resources=shading)


def _image(entries: bytes, body: bytes = b"\0") -> bytes:
    picture = stream(body, b"/Type/XObject/Subtype/Image" + entries)
    return with_contents(WORDS + b" q 500 0 0 500 9 9 cm /I Do Q", picture, resources=b"/XObject<</I 6 0 R>>")


ENTRIES = (
    _paints("a pattern painted with itself", hostile.own_pattern, STUCK),
    _paints(
        "a function of many variables",
        lambda: _shaded(b"/FunctionType 0/Domain[0 1 0 1]/Range[0 1 0 1 0 1]/Size[60000 60000]/BitsPerSample 8", b"\0"),
        OK,
        STUCK,
    ),
    _paints(
        "a function that reckons and reckons",
        lambda: _shaded(b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]", b"{" + b"sin cos " * 30_000 + b"dup}"),
        OK,
        STUCK,
    ),
    _paints(
        "a picture of fifty thousand by fifty thousand",
        lambda: _image(
            b"/Width 50000/Height 50000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode",
            deflated(bytes(1000_000), 300),
        ),
        OK,
        STUCK,
    ),
    _paints(
        "a picture of two thousand million",
        lambda: _image(b"/Width 2000000000/Height 2000000000/ColorSpace/DeviceGray/BitsPerComponent 1"),
        OK,
        STUCK,
    ),
    _paints(
        "a colour table of itself",
        lambda: _image(b"/Width 9/Height 9/BitsPerComponent 8/ColorSpace[/Indexed 7 0 R 255 7 0 R]", bytes(81)),
        OK,
    ),
    _paints(
        "a broken photograph",
        lambda: _image(
            b"/Width 900/Height 900/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
            b"\xff\xd8\xff\xe0" + bytes(999),
        ),
        OK,
    ),
    _paints(
        "a broken JPEG 2000",
        lambda: _image(b"/Width 9/Height 9/Filter/JPXDecode", b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(99)),
        OK,
    ),
    _paints(
        "a broken fax",
        lambda: _image(
            b"/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray"
            b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 60000/Rows 60000>>",
            b"\x55" * 9999,
        ),
        OK,
        STUCK,
    ),
    _paints(
        "a broken JBIG2",
        lambda: _image(
            b"/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode",
            b"\0\0\0\0\x30\0\1\0\0\0\x13" + b"\xff" * 19,
        ),
        OK,
        STUCK,
    ),
    _paints(
        "a line of dashes without end", lambda: with_contents(WORDS + b" [.00001] 0 d 0 0 m 1e9 1e9 l S"), OK, STUCK
    ),
    _paints(
        "a million curves",
        lambda: pdf(
            CATALOG,
            PAGES,
            page(),
            stream(deflated(b"0 0 m 1 900 900 1 500 500 c S ", 1_000_000), b"/Filter/FlateDecode"),
            HELVETICA,
        ),
        NO_WORDS,
        STUCK,
    ),
)
