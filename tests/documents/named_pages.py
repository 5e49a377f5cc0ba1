"""PDFs in which it is known where the name stands: the same page can be made with and without each piece of it."""

from dataclasses import dataclass, field

from tests.documents.hostile import CATALOG, HELVETICA, PAGES, pdf, stream

NAME = "Karin Lind"
WORDS = (
    b"BT /F 12 Tf 60 520 Td (Handlaggare i Region Adalen 2019) Tj 0 -16 Td (Lindesberg, en budget och en karta) Tj ET"
)
OTHERS = ("Handlaggare i Region Adalen", "Lindesberg, en budget")


@dataclass(frozen=True)
class Named:
    """A page with a name in it. ``pieces`` are what draws the name, one by one; ``page`` is more of the page's dictionary."""

    title: str
    pieces: tuple[bytes, ...]
    words: bytes = WORDS
    size: bytes = b"0 0 595 842"
    page: bytes = b""
    resources: bytes = b""
    objects: tuple[bytes, ...] = field(default=())  # from number 6 on
    others: tuple[str, ...] = OTHERS

    def with_only(self, *wanted: int) -> bytes:
        """The page with these pieces of the name."""
        return self._made([piece for number, piece in enumerate(self.pieces) if number in wanted])

    def whole(self) -> bytes:
        return self._made(list(self.pieces))

    def _made(self, pieces: list[bytes]) -> bytes:
        first = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>%s>>" % (
            self.size,
            self.resources,
            self.page,
        )
        contents = stream(b"\n".join([self.words, *pieces]))
        return pdf(CATALOG, PAGES, first, contents, HELVETICA, *self.objects)


def shown(words: bytes, x: float, y: float, size: float = 14, more: bytes = b"", matrix: bytes = b"1 0 0 1") -> bytes:
    return b"BT %s /F %.2f Tf %s %.2f %.2f Tm (%s) Tj ET" % (more, size, matrix, x, y, words)


def _letters(words: bytes, x: float, y: float, *, upwards: bool = False) -> list[bytes]:
    """Each letter by itself, twelve points apart."""
    letters = [(bytes([letter]), 12 * n) for n, letter in enumerate(words) if letter != 32]
    if upwards:
        return [shown(letter, x, y + way, matrix=b"0 1 -1 0") for letter, way in letters]
    return [shown(letter, x + way, y) for letter, way in letters]


ONE = (shown(b"Karin Lind", 60, 700),)
_FORM = stream(
    shown(b"Karin Lind", 10, 20),
    b"/Type/XObject/Subtype/Form/BBox[0 0 200 99]/Matrix[1 0 0 1 5 5]/Resources<</Font<</F 5 0 R>>>>",
)
_KERNED = b"BT /F 14 Tf 60 700 Td [(K) 30 (a) -20 (r) 10 (in) -900 (L) 40 (i) -90 (nd)] TJ ET"
_COLUMNS = WORDS + b"\n".join(
    shown(b"Har en rad i spalten", 60, 640 - 16 * n, 10) + shown(b"och en rad i den andra", 320, 640 - 16 * n, 10)
    for n in range(8)
)
_HYPHENS = WORDS + b"\n".join(
    shown(b"Har en rad i spalten", 60, 652 - 12 * n, 10)
    + shown(b"och en till av", 320 + 40 * (n == 1), 652 - 12 * n, 10)
    for n in range(3)
)

NAMED = (
    Named("as it is", ONE),
    Named("turned 90", ONE, page=b"/Rotate 90"),
    Named("turned 180", ONE, page=b"/Rotate 180"),
    Named("turned 270", ONE, page=b"/Rotate 270"),
    Named("cropped", ONE, page=b"/CropBox[40 480 400 760]"),
    Named("cropped and turned", ONE, page=b"/CropBox[40 480 400 760]/Rotate 270"),
    Named("a media box that begins elsewhere", ONE, size=b"-100 -50 495 792"),
    Named("user units", ONE, page=b"/UserUnit 2.5"),
    Named("two columns", (shown(b"Karin Lind", 60, 652, 10), shown(b"Linds", 320, 652, 10)), words=_COLUMNS),
    Named("over two lines", (shown(b"Karin", 300, 700), shown(b"Lind", 60, 684))),
    Named("hyphenated", (shown(b"Ka-", 260, 700), shown(b"rin", 60, 684)), words=WORDS + shown(b"Det var har som", 60, 700)),
    Named("hyphenated in columns", (shown(b"Ka-", 420, 652, 10), shown(b"rin", 320, 640, 10)), words=_HYPHENS),
    Named("kerned", (_KERNED,)),
    Named("letter by letter", tuple(_letters(b"Karin Lind", 60, 700))),
    Named("from right to left", tuple(reversed(_letters(b"Karin Lind", 60, 700)))),
    Named("in disorder", tuple(sorted(_letters(b"Karin Lind", 60, 700), key=lambda piece: piece[-8:]))),
    Named("spaced out", (shown(b"KARIN LIND", 60, 700, more=b"9 Tc"),)),
    Named("tiny", (shown(b"Karin Lind", 60, 700, 2),)),
    Named("huge", (shown(b"Karin Lind", 60, 640, 90),)),
    Named("wide", (shown(b"Karin Lind", 60, 700, more=b"180 Tz"),)),
    Named("outlined and thick", (b"q 1.5 w " + shown(b"Karin Lind", 60, 700, 20, more=b"2 Tr") + b" Q",)),
    Named("drawn twice", (shown(b"Karin Lind", 60, 700), shown(b"Karin Lind", 60.4, 700))),
    Named("upwards", (shown(b"Karin Lind", 60, 600, matrix=b"0 1 -1 0"),)),
    Named("downwards", (shown(b"Karin Lind", 60, 700, matrix=b"0 -1 1 0"),)),
    Named("on its head", (shown(b"Karin Lind", 300, 700, matrix=b"-1 0 0 -1"),)),
    Named("aslant", (shown(b"Karin Lind", 60, 650, matrix=b".9 .3 -.3 .9"),)),
    Named("upwards letter by letter", tuple(_letters(b"Karin Lind", 60, 600, upwards=True))),
    Named("inside a form", (b"q 2 0 0 2 100 600 cm /X Do Q",), resources=b"/XObject<</X 6 0 R>>", objects=(_FORM,)),
    Named("white on black", (b"1 g " + ONE[0] + b" 0 g",), words=WORDS + b" 0 g 50 690 200 30 re f\n"),
)  # fmt: skip

_K = (
    b"60 600 m 60 640 l 66 640 l 66 622 l 80 640 l 88 640 l 72 620 l 90 600 l 82 600 l 68 616 l 66 614 l 66 600 l h f\n"
)
OUTLINES = Named("as outlines", (_K + _K.replace(b"60 ", b"160 ").replace(b"66 ", b"166 "), _K, _K))
_PIXELS = b"/Type/XObject/Subtype/Image/Width 16/Height 16/ColorSpace/DeviceGray/BitsPerComponent 8"
_PHOTO = stream(bytes(range(256)), _PIXELS)
PHOTO = Named(
    "in a photo", (b"q 120 0 0 150 400 640 cm /I Do Q",), resources=b"/XObject<</I 6 0 R>>", objects=(_PHOTO,)
)
STRIPS = Named(
    "in strips of a scan",
    tuple(b"q 500 0 0 70 40 %d cm /I Do Q" % (60 + 70 * n) for n in range(10)),
    words=b"",
    resources=b"/XObject<</I 6 0 R>>",
    objects=(_PHOTO,),
    others=(),
)
SCAN = Named(
    "in a scan",
    (b"q 500 0 0 700 40 60 cm /I Do Q",),
    b"",
    resources=b"/XObject<</I 6 0 R>>",
    objects=(_PHOTO,),
    others=(),
)
WHITE = Named("white on white", (b"1 g " + ONE[0] + b" 0 g",))
OUTSIDE = Named("outside what is shown", ONE, page=b"/CropBox[40 480 400 640]")
GARBLED = Named(
    "letters that nobody knows",
    (b"BT /G 14 Tf 60 700 Td <0041004200430044> Tj ET",),
    resources=b"/Font<</F 5 0 R/G 6 0 R>>",
    objects=(
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[7 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
    ),
)


def layer_off() -> bytes:
    """The name in a layer that is not shown."""
    first = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>/Properties<</L 6 0 R>>>>>>"
    )
    contents = stream(WORDS + b"\n/OC /L BDC\n" + ONE[0] + b"\nEMC")
    catalog = b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>>>"
    return pdf(catalog, PAGES, first, contents, HELVETICA, b"<</Type/OCG/Name(dolt)>>")


def with_notes(*notes: bytes, fields: bool = False) -> bytes:
    """A page with these annotations; numbered from 6."""
    numbers = b" ".join(b"%d 0 R" % (6 + n) for n in range(len(notes)))
    first = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/Annots[%s]>>"
        % numbers
    )
    form = b"/AcroForm<</Fields[%s]/DR<</Font<</F 5 0 R>>>>/DA(/F 12 Tf 0 g)/NeedAppearances true>>" % numbers
    catalog = b"<</Type/Catalog/Pages 2 0 R%s>>" % (form if fields else b"")
    return pdf(catalog, PAGES, first, stream(WORDS), HELVETICA, *notes)


FIELD = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(namn)/V(Karin Lind)/Rect[60 700 260 724]/F 4/DA(/F 12 Tf 0 g)>>"
FREE_TEXT = b"<</Type/Annot/Subtype/FreeText/Contents(Karin Lind)/Rect[60 700 260 724]/F 4/DA(/F 12 Tf 0 g)>>"
LINK = b"<</Type/Annot/Subtype/Link/Rect[60 516 160 532]/A<</S/URI/URI(%s)>>>>"
