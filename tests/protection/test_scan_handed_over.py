"""A CV that is a scan is small as it came and large as the pictures of its pages: it is handed over all the same."""

from io import BytesIO

import pytest
from PIL import Image

from portal import scope
from portal.documents import kinds
from portal.documents.masks import WHOLE_PAGE, Origin
from portal.documents.reading import Verdict
from portal.protection.paper_masks import PageMasks
from portal.protection.refusals import CoveredTooLarge
from portal.protection.services import masking
from portal.review.blind.mask_boxes import Drawn
from portal.vault.services import open_application_key
from portal.web.filters import sentence_of
from tests.documents.hostile import CATALOG, pdf, stream
from tests.protection.applying import stage_protected
from tests.world import World, publish_ad

LIMIT = 1024 * 1024


def scan(pages: int) -> bytes:
    """Grey paper with grain in it, as a telephone photographs it."""
    out = BytesIO()
    Image.merge("RGB", tuple(Image.effect_noise((620, 877), 9) for _ in "RGB")).save(out, "JPEG", quality=30)
    kids = b" ".join(b"%d 0 R" % (4 + n) for n in range(pages))
    image = b"/Type/XObject/Subtype/Image/Width 620/Height 877/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
    drawn = stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</XObject<</I 3 0 R>>>>>>"
    leaves = [page % (4 + pages)] * pages
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages)
    return pdf(CATALOG, tree, stream(out.getvalue(), image), *leaves, drawn)


@pytest.fixture
def handing_over(world: World, monkeypatch: pytest.MonkeyPatch):
    """Cover a paper whose file may take no more than a megabyte."""
    ad = publish_ad(world)
    id = stage_protected(world, ad)
    monkeypatch.setattr(kinds, "MAX_BYTES", LIMIT)
    monkeypatch.setattr(masking, "MAX_BYTES", LIMIT)

    def cover(data: bytes, pages: list[PageMasks]):
        with world.acting(scope.party(world.party)) as session:
            key = open_application_key(session, application_id=id, controller_id=world.authority)
            return masking.covered(masking.Paper("cv.pdf", data, "Gralarka Hemligström"), pages, key=key)

    return cover


def test_a_scan_whose_pages_are_larger_than_a_file_may_be_is_handed_over_in_fewer_colours(handing_over) -> None:
    data = scan(2)
    assert len(data) < LIMIT / 4
    sealed = handing_over(data, [PageMasks(1), PageMasks(2, (Drawn(WHOLE_PAGE, Origin.hand),))])
    assert (sealed.verdict, sealed.page_count) == (Verdict.no_words, 2)
    assert LIMIT / 4 < sealed.size <= LIMIT, "a page that is small keeps its colours, and its room goes to the others"


def test_one_that_is_too_large_however_it_is_drawn_is_said_to_be(handing_over, monkeypatch) -> None:
    monkeypatch.setattr(kinds, "MAX_BYTES", 20_000)
    monkeypatch.setattr(masking, "MAX_BYTES", 20_000)
    with pytest.raises(CoveredTooLarge, match="för många bilder") as refused:
        handing_over(scan(1), [PageMasks(1)])
    assert "be den sökande" not in sentence_of(refused.value), "nobody can send another CV this way"
