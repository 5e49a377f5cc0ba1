"""Text that is said to read otherwise than it is drawn: a name may stand there unseen, so a human is told to look."""

import pytest

from portal.documents.engines import mask_jobs, pdf_pages
from portal.documents.masking import Known
from portal.documents.masks import Doubt
from tests.documents.hostile import CATALOG, HELVETICA, PAGES, page, pdf, stream

WORDS = b"BT /F 12 Tf 60 520 Td (Handlaggare i Region Adalen) Tj ET "
KNOWN = Known("Karin Lind", "karin.lind@example.se")


def doubts(line: bytes) -> set[Doubt]:
    words = stream(WORDS + b"BT /F 14 Tf 60 700 Td " + line + b" ET")
    return mask_jobs.suggest(pdf_pages.opened(pdf(CATALOG, PAGES, page(), words, HELVETICA)), 1, KNOWN)[1]


@pytest.mark.parametrize(
    "line",
    [
        b"/Span <</ActualText (Karin Lind)>> BDC (K) Tj (arin) Tj ( Lind) Tj EMC",
        b"/Span <</ActualText (Kandidat)>> BDC (Karin Lind) Tj EMC",
        b"/Span <</ActualText (Li)>> BDC (L) Tj (ind) Tj EMC",
        b"/P <</MCID 0>> BDC /Span <</ActualText (Kandidat)>> BDC (Karin Lind) Tj EMC EMC",
    ],
)
def test_a_text_that_is_said_to_read_otherwise_is_a_doubt(line):
    assert doubts(line) == {Doubt.UNREADABLE}


@pytest.mark.parametrize(
    "line",
    [
        b"/Span <</ActualText (fi)>> BDC (f) Tj EMC (k) Tj /Span <</ActualText (fi)>> BDC (f) Tj EMC",
        b"/Span <</ActualText (fi)>> BDC (f) Tj EMC /Span <</ActualText (ffi)>> BDC (f) Tj EMC",
        b"/Span <</ActualText <FEFF00AD>>> BDC (-) Tj EMC",
        b"/Span <</ActualText ()>> BDC (Handlaggare) Tj (na) Tj EMC",
        b"/P <</MCID 0>> BDC (Handlaggare) Tj (na) Tj EMC",
    ],
)
def test_signs_that_stand_for_some_letters_are_none(line):
    assert doubts(line) == set()
