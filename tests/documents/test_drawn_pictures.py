"""Pictures on a page, placed or drawn: covered where a photo is sought, and where words are, a human is told to look."""

import math
from dataclasses import astuple

import pytest

from portal.documents.engines import mask_jobs, pdf_pages
from portal.documents.masking import Known, Seek
from portal.documents.masks import Box, Doubt
from tests.documents.hostile import CATALOG, HELVETICA, PAGES, pdf, stream

WORDS = b"BT /F 12 Tf 60 520 Td (Handlaggare i Region Adalen 2019) Tj ET "
KNOWN = Known("Karin Lind", "karin.lind@example.se")
PIXELS = b"/Type/XObject/Subtype/Image/Width 16/Height 16/ColorSpace/DeviceGray/BitsPerComponent 8"
PICTURE = stream(bytes(range(256)), PIXELS)


def suggested(
    contents: bytes, *objects: bytes, resources: bytes = b"", seek: Seek = Seek.WRITER
) -> tuple[tuple[Box, ...], set[Doubt]]:
    """What is suggested of a page that draws this; the objects are numbered from 6."""
    first = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>" % resources
    )
    document = pdf_pages.opened(pdf(CATALOG, PAGES, first, stream(WORDS + contents), HELVETICA, *objects))
    return mask_jobs.suggest(document, 1, KNOWN, seek)


@pytest.mark.parametrize(
    ("pictures", "doubts"),
    [
        (b"q 535 0 0 400 30 30 cm /I Do Q", {Doubt.PICTURE_TEXT}),
        (b"q 120 0 0 150 400 640 cm /I Do Q", {Doubt.PICTURE_TEXT}),
        (
            b"".join(b"q 90 0 0 70 %d %d cm /I Do Q " % (100 * (n % 3), 600 + 80 * (n // 3)) for n in range(9)),
            {Doubt.PICTURE_TEXT},
        ),
        (b"q 85 0 0 45 40 780 cm /I Do Q", set()),
    ],
    ids=["a certificate on a part of the page", "a photo", "many", "a mark"],
)
def test_where_words_are_sought_a_picture_that_can_hold_some_is_a_doubt(pictures, doubts):
    assert suggested(pictures, PICTURE, resources=b"/XObject<</I 6 0 R>>", seek=Seek.CONTACTS) == ((), doubts)


def _pattern(inside: bytes, resources: bytes) -> bytes:
    return stream(
        inside,
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 120 150]/XStep 120/YStep 150"
        b"/Matrix[1 0 0 1 400 640]/Resources<<%s>>" % resources,
    )


PORTRAIT = _pattern(b"q 120 0 0 150 0 0 cm /I Do Q", b"/XObject<</I 6 0 R>>")
FILLED = b" /Pattern cs /P scn 400 640 120 150 re f "
SIGNATURE = b"1.5 w 60 300 m " + b"".join(
    b"%d %d %d %d %d 300 c " % (62 + 6 * n, 315 - 5 * (n % 3), 64 + 6 * n, 285 + 4 * (n % 4), 66 + 6 * n)
    for n in range(40)
)


def _circle(curves: int) -> bytes:
    """As a browser draws one: of many short curves."""
    turn = [math.tau * n / (3 * curves) for n in range(1, 3 * curves + 1)]
    points = [b"%.2f %.2f" % (300 + 60 * math.cos(a), 300 + 60 * math.sin(a)) for a in turn]
    return b"360 300 m " + b"".join(b" ".join(points[n : n + 3]) + b" c " for n in range(0, 3 * curves, 3)) + b"h "


def test_a_portrait_that_a_shape_is_filled_with_is_covered():
    for shape in (FILLED, b" /Pattern cs /P scn " + _circle(64) + b"f "):
        boxes, doubts = suggested(shape, PICTURE, PORTRAIT, resources=b"/Pattern<</P 7 0 R>>")
        assert len(boxes) == 1 and doubts == set()
    (box,) = suggested(FILLED, PICTURE, PORTRAIT, resources=b"/Pattern<</P 7 0 R>>")[0]
    assert astuple(box) == pytest.approx((400 / 595, 52 / 842, 520 / 595, 202 / 842), abs=0.003)


def test_a_pattern_behind_the_words_is_not_covered_but_looked_at():
    behind = b" /Pattern cs /P scn 40 500 400 300 re f 0 g " + WORDS
    assert suggested(behind, PICTURE, PORTRAIT, resources=b"/Pattern<</P 7 0 R>>") == ((), {Doubt.PICTURE_TEXT})


@pytest.mark.parametrize(
    "shape",
    [
        b"400 640 120 150 re f",
        b"40 510 400 30 re f 0 g " + WORDS,
        b"40 500 500 300 re 41 501 498 298 re f* ",
        _circle(64) + b"f",
    ],
    ids=["a bar", "a line shaded", "a frame", "a circle"],
)
def test_what_is_grey_is_no_picture(shape):
    assert suggested(b"0.749 g " + shape) == ((), set())


def test_a_signature_that_is_drawn_with_one_stroke_is_a_doubt_and_a_round_shape_is_none():
    assert suggested(SIGNATURE + b"S") == ((), {Doubt.OUTLINES})
    assert suggested(_circle(64) + b"S") == ((), set())
