from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageDraw

from portal.documents.engines import pdf_pages

GREY, COLOURS, PALETTE = 0, 2, 3  # a PNG's own numbers for what its pixels are
KIND = 25  # where it says which


def paper() -> Image.Image:
    page = Image.new("RGB", (400, 560), "white")
    ImageDraw.Draw(page).text((40, 40), "Jag söker tjänsten.\n" * 20, fill=(40, 40, 40))
    return page


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (paper(), PALETTE),
        (Image.linear_gradient("L").convert("RGB"), GREY),
        (Image.merge("RGB", (Image.linear_gradient("L"),) * 2 + (Image.radial_gradient("L"),)), COLOURS),
    ],
    ids=["print on white paper", "a grey photo", "a photo in colours"],
)
def test_each_page_is_packed_as_it_is_smallest_and_every_pixel_is_the_one_that_was_drawn(
    page: Image.Image, kind: int
) -> None:
    packed = pdf_pages.as_png(page)
    assert packed[KIND] == kind
    assert ImageChops.difference(Image.open(BytesIO(packed)).convert("RGB"), page).getbbox() is None


def test_a_scan_keeps_to_the_bytes_that_are_asked_for_and_can_still_be_read() -> None:
    grain = Image.merge("RGB", tuple(Image.effect_noise((400, 560), 9) for _ in "RGB"))
    page = ImageChops.multiply(grain.point(lambda level: level + 90), paper())
    whole, small = pdf_pages.as_png(page), pdf_pages.as_png(page, 60_000)
    assert len(small) <= 60_000 < len(whole)
    ink = Image.open(BytesIO(small)).convert("L").resize(page.size).crop((40, 40, 150, 300)).getextrema()
    assert ink[0] < 90 and ink[1] > 190
    assert pdf_pages.as_png(page, len(whole)) == whole
