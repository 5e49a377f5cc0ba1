"""Page pictures, page count and text of a PDF by PDFium: C++, not thread-safe, so only in a limited child."""

import contextlib
import io
from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageChops

from portal.documents.kinds import MAX_PAGES
from portal.documents.reading import DocumentRefused, Verdict

LONGEST = 2000  # pixels of a picture's longer side
LARGEST_PAGE = 20_000.0  # points
_BIG_PNG = 3 * 1024 * 1024  # a scan in full colour; 128 colours of its own are enough to read it by
_SMALLER = ((128, 1.0), (16, 1.0), (16, 0.7), (8, 0.5))  # so many colours, and of each side so much
_COMPRESSION = 3  # as small as 5 gives, in two thirds of the time: measured on the demo's CVs
_GREYS = bytes(level for grey in range(256) for level in (grey, grey, grey))
_FPDF_ERR_PASSWORD, _FPDF_ERR_SECURITY = 4, 5


def opened(data: bytes) -> pypdfium2.PdfDocument:
    """The document, its form fields ready to be drawn. Raises `DocumentRefused`: encrypted, damaged, too_many_pages."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (_FPDF_ERR_PASSWORD, _FPDF_ERR_SECURITY)
        raise DocumentRefused(Verdict.encrypted if locked else Verdict.damaged) from None
    if not len(pdf):
        raise DocumentRefused(Verdict.damaged)
    if len(pdf) > MAX_PAGES:
        raise DocumentRefused(Verdict.too_many_pages)
    with contextlib.suppress(pypdfium2.PdfiumError):
        pdf.init_forms()
    return pdf


def picture(pdf: pypdfium2.PdfDocument, number: int) -> bytes:
    """Page `number` (from 1) as PNG, clamped before drawing. Raises `DocumentRefused`: stuck (size), damaged."""
    return as_png(drawn(page_of(pdf, number)))


def page_of(pdf: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """Page `number` (from 1). Raises `DocumentRefused`: damaged."""
    try:
        return pdf[number - 1]
    except pypdfium2.PdfiumError:
        raise DocumentRefused(Verdict.damaged) from None


def drawn(page: pypdfium2.PdfPage, longest: int = LONGEST) -> Image.Image:
    """A page as it is shown, in colours: drawn in grey its letters would be thin and uneven. Raises `DocumentRefused`: stuck
    (size), damaged."""
    try:
        wide, high = page.get_size()
        if not (1 <= max(wide, high) <= LARGEST_PAGE and min(wide, high) > 0):
            raise DocumentRefused(Verdict.stuck)
        scale = (longest - 1) / max(wide, high)  # sizes are rounded up
        image: Image.Image = page.render(scale=scale, rev_byteorder=True).to_pil()
        return image if image.mode == "RGB" else image.convert("RGB")
    except pypdfium2.PdfiumError:
        raise DocumentRefused(Verdict.damaged) from None


def as_png(image: Image.Image, most: int | None = None) -> bytes:
    """Grey where there is no colour, and of few colours where it would be large. Where `most` bytes are asked for, of fewer
    still, and smaller in the end: as near to them as it comes, and to be read by all the same."""
    image = _without_colour(image)
    if image.mode == "L" and 2 * image.histogram()[-1] > image.width * image.height:
        image = _as_print(image)
    png = _saved(image)
    for colours, side in _SMALLER if most else _SMALLER[:1]:
        if len(png) <= min(most or _BIG_PNG, _BIG_PNG):
            break
        whole = image.convert("RGB")
        small = whole.resize((int(image.width * side), int(image.height * side))) if side < 1 else whole
        png = _saved(small.quantize(colours, Image.Quantize.FASTOCTREE))
    return png


def _saved(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=_COMPRESSION)
    return out.getvalue()


def _without_colour(image: Image.Image) -> Image.Image:
    red, green, blue = image.split()
    coloured = ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox()
    return image if coloured else green


def _as_print(image: Image.Image) -> Image.Image:
    """The same greys as a palette. A PNG's filters, which find what neighbours have in common in a photo, are then left out:
    on white paper they take half the time and make nothing smaller."""
    printed = Image.frombytes("P", image.size, image.tobytes())
    printed.putpalette(_GREYS)
    return printed


def page_texts(pdf: pypdfium2.PdfDocument) -> Iterator[str]:
    """The text of each page; empty where a page cannot be read."""
    for number in range(len(pdf)):
        text = ""
        with contextlib.suppress(pypdfium2.PdfiumError):
            text = pdf[number].get_textpage().get_text_bounded()
        yield text
