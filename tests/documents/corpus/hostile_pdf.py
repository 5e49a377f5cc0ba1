"""PDF files made to hang a reader, fill the memory or lead it elsewhere. None is larger than a CV may be."""

import zlib

from portal.documents.reading import Verdict
from tests.documents import hostile
from tests.documents.corpus.entry import files_of
from tests.documents.corpus.odd_pdf import CANARY
from tests.documents.corpus.pdf_parts import compact, deflated, with_catalog, with_contents
from tests.documents.hostile import CATALOG, HELVETICA, PAGES, WORDS, page, pdf, plain, stream

OK, DAMAGED, STUCK, NO_WORDS = Verdict.ok, Verdict.damaged, Verdict.stuck, Verdict.no_words

_loop = files_of("goes round for ever")
_table = files_of("a table without end")
_nested = files_of("one thing inside the other")
_inflates = files_of("inflates")
_path = files_of("a letter table by path")
_many = files_of("too much of one thing")


def _form(draws: bytes, resources: bytes) -> bytes:
    return stream(draws, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<%s>>" % resources)


def circular_forms() -> bytes:
    """Two forms that draw each other."""
    there, back = _form(b"/X Do", b"/XObject<</X 7 0 R>>"), _form(b"/X Do", b"/XObject<</X 6 0 R>>")
    return with_contents(WORDS + b" /X Do", there, back, resources=b"/XObject<</X 6 0 R>>")


def _type3(draws: bytes) -> bytes:
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 65/LastChar 65/Widths[9]"
        b"/Encoding<</Differences[65/a]>>/CharProcs<</a 7 0 R>>/Resources<</Font<</G 6 0 R>>>>>>"
    )
    return with_contents(
        WORDS + b" BT /G 9 Tf (AAAA) Tj ET", font, stream(draws), resources=b"/Font<</F 5 0 R/G 6 0 R>>"
    )


def _masks() -> bytes:
    group = b"/Group<</S/Transparency>>/ExtGState<</M<</SMask<</S/Luminosity/G 6 0 R>>>>>>"
    return with_contents(WORDS + b" /M gs 0 0 99 99 re f", _form(b"/M gs 0 0 9 9 re f", group),
                         resources=b"/ExtGState<</M<</SMask<</S/Luminosity/G 6 0 R>>>>>>")  # fmt: skip


def _cmap(path: bytes, more: bytes = b"") -> bytes:
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding %s/DescendantFonts[6 0 R]>>" % path
    inner = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 0>>>>"
        % more
    )
    return pdf(CATALOG, PAGES, page(), stream(WORDS.replace(b"/F", b"/G") + b" BT /F 9 Tf 60 600 Td <0041> Tj ET"),
               font, inner)  # fmt: skip


def _previous(place: bytes) -> bytes:
    return pdf(CATALOG, PAGES, page(), stream(WORDS), HELVETICA, trailer=b"/Prev " + place)


def words_on_a_page(count: int) -> bytes:
    """So many words on one page, each placed by itself."""
    drawn = b"".join(b"1 0 0 1 %d %d Tm (ord%d) Tj " % (n % 500, 20 + n // 40 % 800, n) for n in range(count))
    return pdf(
        CATALOG, PAGES, page(), stream(zlib.compress(b"BT /F 4 Tf %sET" % drawn), b"/Filter/FlateDecode"), HELVETICA
    )


def _twice(megabytes: int) -> bytes:
    inner = deflated(b"q " * 500_000, megabytes)
    return pdf(CATALOG, PAGES, page(), stream(zlib.compress(inner, 9), b"/Filter[/FlateDecode/FlateDecode]"), HELVETICA)


UP = b"/#2e#2e#2f#2e#2e#2f#2e#2e#2f#2e#2e#2f#2e#2e#2f#2e#2e#2f#2e#2e#2f#2e#2e"

ENTRIES = (
    _loop("contents that are themselves", hostile.reference_loop, OK, words="Region Adalen"),
    _loop("two forms that draw each other", circular_forms, OK, words="Region Adalen"),
    _loop(
        "a page tree that is its own child",
        lambda: pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        DAMAGED,
        STUCK,
    ),
    _loop("a page that is its own parent", lambda: plain().replace(b"/Parent 2 0 R", b"/Parent 3 0 R"), OK),
    _loop("an older table that is this one", lambda: _previous(b"%d" % plain().rfind(b"xref\n0")), OK, DAMAGED),
    _loop("an older table before the file", lambda: _previous(b"-1"), OK, DAMAGED),
    _loop("a letter that draws itself", lambda: _type3(b"9 0 d0 BT /G 9 Tf (AAAA) Tj ET"), OK, STUCK),
    _loop("a mask that masks itself", _masks, OK, STUCK),
    _loop(
        "a table of contents that bites its tail",
        lambda: with_catalog(
            b"/Outlines 6 0 R", b"<</First 7 0 R/Last 7 0 R>>", b"<</Title(a)/Parent 6 0 R/Next 7 0 R/First 7 0 R>>"
        ),
        OK,
    ),
    _loop(
        "names that hold themselves",
        lambda: with_catalog(b"/Names 6 0 R", b"<</Dests<</Kids[6 0 R]>>/Kids[6 0 R]>>"),
        OK,
    ),
    _loop(
        "an object stream in itself",
        lambda: compact(head=b"/Type/ObjStm/N 4/First 20/Extends 6 0 R/Filter/FlateDecode"),
        OK,
        DAMAGED,
        STUCK,
    ),
    _table("rows of no width", hostile.zero_width_rows, DAMAGED),
    _table(
        "two thousand million rows",
        lambda: compact(table=b"/Type/XRef/Size 2000000000/W[1 3 1]/Index[0 2000000000]/Root 1 0 R/Filter/FlateDecode"),
        OK,
        DAMAGED,
    ),
    _table(
        "rows a million bytes wide",
        lambda: compact(table=b"/Type/XRef/Size 8/W[1000000 1000000 1000000]/Root 1 0 R/Filter/FlateDecode"),
        OK,
        DAMAGED,
    ),
    _table(
        "two thousand million objects in a stream",
        lambda: compact(head=b"/Type/ObjStm/N 2000000000/First 20/Filter/FlateDecode"),
        OK,
        DAMAGED,
        STUCK,
    ),
    _table("widths for two thousand million letters", hostile.width_run, NO_WORDS),
    _table("a range of four thousand million letters", hostile.letter_range, OK),
    _nested("forty thousand brackets", hostile.deep_brackets, OK, words="Region Adalen"),
    _nested(
        "forty thousand dictionaries",
        lambda: plain(more=b"/D" + b"<</D" * 40_000 + b" 1" + b">>" * 40_000),
        OK,
        DAMAGED,
        STUCK,
    ),
    _nested("forms to the power of two", hostile.nested_forms, STUCK),
    _nested("forms three deep", lambda: hostile.nested_forms(3), NO_WORDS),
    _nested(
        "a hundred filters",
        lambda: pdf(CATALOG, PAGES, page(), stream(WORDS, b"/Filter[" + b"/ASCIIHexDecode" * 100 + b"]"), HELVETICA),
        OK,
        NO_WORDS,
    ),
    _inflates("saved states without end", hostile.inflating, STUCK),
    _inflates(
        "a gigabyte of blanks",
        lambda: pdf(
            CATALOG, PAGES, page(), stream(deflated(b" " * 1_000_000, 1000), b"/Filter/FlateDecode"), HELVETICA
        ),
        STUCK,
        NO_WORDS,
    ),
    _inflates("deflated twice", lambda: _twice(1000), STUCK, NO_WORDS),
    _inflates(
        "an object stream of a gigabyte", lambda: compact(packed=deflated(b"1 0 " * 250_000, 1000)), DAMAGED, STUCK
    ),
    _inflates(
        "run lengths in run lengths",
        lambda: pdf(
            CATALOG,
            PAGES,
            page(),
            stream(zlib.compress(b"\x81q" * 4_000_000), b"/Filter[/FlateDecode/RunLengthDecode]"),
            HELVETICA,
        ),
        STUCK,
        NO_WORDS,
    ),
    _inflates(
        "a predictor with rows of a gigabyte",
        lambda: pdf(
            CATALOG,
            PAGES,
            page(),
            stream(zlib.compress(WORDS), b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 1000000000>>"),
            HELVETICA,
        ),
        NO_WORDS,
        STUCK,
    ),
    _path("upwards and out", lambda: _cmap(UP + CANARY.replace(b"/", b"#2f")), NO_WORDS, OK),
    _path("from the root", lambda: _cmap(b"/" + CANARY.replace(b"/", b"#2f")), NO_WORDS, OK),
    _path(
        "by the font's ordering", lambda: _cmap(b"/Identity-H", b"../../../../../../../../.." + CANARY), NO_WORDS, OK
    ),
    _path(
        "a letter table that uses itself",
        lambda: pdf(
            CATALOG,
            PAGES,
            page(),
            stream(WORDS),
            b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding 6 0 R/DescendantFonts[7 0 R]>>",
            stream(b"/C usecmap begincmap endcmap", b"/Type/CMap/CMapName/C/UseCMap 6 0 R"),
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>>>",
        ),
        NO_WORDS,
        OK,
    ),
    _many("thirty thousand words on a page", lambda: words_on_a_page(30_000), OK, words="ord29999"),
    _many("a number of five thousand digits", lambda: plain(more=b"/Deep " + b"9" * 5000), OK, words="Region Adalen"),
    _many("a page turned by five thousand digits", lambda: plain(more=b"/Rotate " + b"9" * 5000), OK),
    _many("a name of a million letters", lambda: plain(more=b"/" + b"A" * 1_000_000 + b" 1"), OK),
    _many("a text that never ends", lambda: plain(more=b"/Deep (" + b"(" * 3_000_000), DAMAGED, STUCK, OK),
    _many("a remark of five megabytes", lambda: plain(more=b"%" + b"x" * 5_000_000 + b"\n"), OK),
    _many(
        "a hundred thousand remarks to a page",
        lambda: plain(more=b"/Annots[" + b"<</Subtype/Text/Rect[0 0 9 9]>>" * 100_000 + b"]"),
        OK,
        STUCK,
    ),
    _many(
        "two hundred thousand objects",
        lambda: pdf(CATALOG, PAGES, page(), stream(WORDS), HELVETICA, *[b"null"] * 200_000),
        OK,
        STUCK,
    ),
    _many(
        "a thousand fonts",
        lambda: pdf(
            CATALOG,
            PAGES,
            page(),
            stream(b"".join(b"BT /F%d 9 Tf 60 %d Td (ord) Tj ET " % (n, n % 800) for n in range(1000))),
            HELVETICA,
        ),
        OK,
        NO_WORDS,
    ),
)
