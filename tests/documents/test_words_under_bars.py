"""Words whose ink lies under a bar do not show: they are not read beside the page, and a human is told that some do not."""

import pytest

from portal.documents.engines import mask_jobs, pdf_pages
from portal.documents.masking import Known
from portal.documents.masks import Doubt
from tests.documents.hostile import CATALOG, HELVETICA, PAGES, page, pdf, stream

WORDS = b"BT /F 12 Tf 60 520 Td (Handlaggare i Region Adalen) Tj ET "
SECRET = b"BT /F 14 Tf 60 700 Td (Gift med ordforanden) Tj ET "
KNOWN = Known("Karin Lind", "karin.lind@example.se")


def seen(contents: bytes) -> tuple[set[str], set[Doubt]]:
    """The words beside the page with nothing masked, and the doubts."""
    document = pdf_pages.opened(pdf(CATALOG, PAGES, page(), stream(contents), HELVETICA))
    _boxes, doubts = mask_jobs.suggest(document, 1, KNOWN)
    return set(mask_jobs.burn(document, 1, [])[1].split()), doubts


@pytest.mark.parametrize("bar", [b"58 697 170 14", b"58 694 170 18", b"58 690 170 26"])
def test_a_line_under_a_bar_that_hides_its_ink_is_not_read(bar):
    assert seen(WORDS + SECRET + b"0 g %s re f" % bar) == (
        {"Handlaggare", "i", "Region", "Adalen"},
        {Doubt.HIDDEN_LAYER},
    )


def test_a_line_that_is_struck_through_or_shaded_is_read():
    shaded = b"0.8 g 58 697 170 14 re f 0 g " + SECRET + b" 58 704 170 1 re f "
    assert seen(WORDS + shaded) == ({*["Handlaggare", "i", "Region", "Adalen", "Gift", "med", "ordforanden"]}, set())


@pytest.mark.parametrize("size", [3, 4, 5, 6, 8, 11, 14, 40])
def test_words_that_show_are_read_however_small_and_whatever_they_are_made_of(size):
    words = b"Il III l | \227 ____ -- . 11 ii HH"
    left, doubts = seen(WORDS + b"BT /F %d Tf 60 700 Td (%s) Tj ET" % (size, words))
    assert doubts == set() and {"Il", "III", "—", "____", "HH"} <= left
