"""A PDF of pictures alone: the pictures dot for dot, and nothing beside them."""

import io

import pypdfium2
import pytest
from PIL import Image, ImageChops

from portal.documents.engines.picture_pdf import NotAPlainPicture, picture_pdf


def png(mode: str, size: tuple[int, int] = (100, 141), **how: object) -> bytes:
    image = Image.radial_gradient("L").resize(size)
    image = Image.merge("RGB", (image, image.rotate(90), image)) if mode != "L" else image
    if mode == "P":
        image = image.quantize(int(how.pop("colours", 128)))
    out = io.BytesIO()
    image.save(out, "PNG", **how)
    return out.getvalue()


@pytest.mark.parametrize("picture", [png("L"), png("RGB"), png("P"), png("P", colours=4), png("RGB", (141, 100))])
def test_each_picture_is_a_page_dot_for_dot(picture: bytes) -> None:
    pdf = pypdfium2.PdfDocument(picture_pdf([picture, png("L")]))
    drawn = Image.open(io.BytesIO(picture)).convert("RGB")
    page = pdf[0]
    assert len(pdf) == 2 and max(page.get_size()) == pytest.approx(841.89, abs=0.01)
    (found,) = list(page.get_objects())
    assert not ImageChops.difference(found.get_bitmap().to_pil().convert("RGB"), drawn).getbbox()
    assert page.get_textpage().get_text_bounded() == ""
    assert pdf.get_metadata_dict(skip_empty=True) == {}


def test_what_our_own_child_does_not_make_is_refused() -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (4, 4)).save(clear, "PNG")
    for bad in (b"", b"GIF89a", png("L")[:-20], png("L")[:40], clear.getvalue()):
        with pytest.raises(NotAPlainPicture):
            picture_pdf([bad])
