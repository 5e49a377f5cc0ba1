"""CVs and letters of invented people as the files people really send: PDF in several layouts, one scanned, one Word.

The same person and layout give the same bytes each time.
"""

import io
import json
import unicodedata
from pathlib import Path

import pypdfium2
import typst
from PIL import Image, ImageEnhance, ImageFilter

from portal.demo.engines.word_file import word_file
from portal.demo.people import Person

LAYOUTS = ("classic", "sidebar", "modern", "timeline", "english", "scan", "word")
_FOLDER = Path(__file__).with_name("layouts")
_SCAN_DOTS_PER_POINT = 150 / 72
_TILT = 1.1  # degrees; nobody lays the paper quite straight
_TIME_STAMP = 0


def cv(person: Person, layout: str) -> tuple[str, bytes]:
    """A CV as file name and bytes. `layout` is one of `LAYOUTS`; ``scan`` is a PDF of a picture without any text."""
    data = person.as_data()
    if layout == "word":
        return f"CV {person.name}.docx", word_file(person)
    if layout == "scan":
        return f"Skannat_{_plain(person.name)}.pdf", _scanned(_typeset("typewritten", data))
    name = {"english": f"CV_{_plain(person.name)}_EN.pdf", "sidebar": f"cv-{_plain(person.name).lower()}.pdf"}
    return name.get(layout, f"CV {person.name}.pdf"), _typeset(layout, data)


def letter(person: Person, text: str) -> tuple[str, bytes]:
    """A personal letter as PDF; paragraphs of `text` are parted by an empty line."""
    return f"Personligt brev {person.name}.pdf", _typeset("letter", person.as_data() | {"letter": text})


def _typeset(layout: str, data: dict[str, object]) -> bytes:
    return bytes(
        typst.compile(
            (_FOLDER / f"{layout}.typ").read_bytes(),
            format="pdf",
            sys_inputs={"data": json.dumps(data)},
            ignore_system_fonts=True,
            timestamp=_TIME_STAMP,
        )
    )


def _scanned(pdf: bytes) -> bytes:
    """The first page as an office machine would copy it: grey, a little soft, not quite straight."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=_SCAN_DOTS_PER_POINT).to_pil().convert("L")
    paper = page.point([min(247, 30 + int(value * 0.9)) for value in range(256)])
    turned = paper.rotate(_TILT, Image.Resampling.BICUBIC, fillcolor=205).filter(ImageFilter.GaussianBlur(0.6))
    edge = Image.linear_gradient("L").resize(turned.size).point([236 + value // 14 for value in range(256)])
    shaded = Image.composite(turned, Image.new("L", turned.size, 120), edge)
    out = io.BytesIO()
    ImageEnhance.Contrast(shaded).enhance(1.08).save(out, "JPEG", quality=62)
    return _picture_pdf(out.getvalue(), shaded.size)


def _picture_pdf(jpeg: bytes, size: tuple[int, int]) -> bytes:
    """A PDF of one A4 page that is this picture (Pillow's own writer stamps it with the time of day)."""
    paint = b"595 0 0 842 0 0 cm /I Do"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(paint), paint),
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode"
        b"/Length %d>>stream\n%s\nendstream" % (*size, len(jpeg), jpeg),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _plain(name: str) -> str:
    """A name as careful people write it in a file name: no å, ä, ö, no blanks."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return letters.replace(" ", "_")
