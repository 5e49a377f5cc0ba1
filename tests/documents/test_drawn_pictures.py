"""Pictures on a page, placed or drawn: covered where a photo is sought, and where words are, a human is told to look."""

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
