"""Text of a PDF by pdfminer.six, page by page, in the order people read. Runs only in a limited child."""

import io
import re
from collections.abc import Iterator

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTTextContainer

_UNMAPPED = re.compile(r"\(cid:\d+\)")  # what pdfminer writes for a glyph whose letter it does not know


def page_texts(data: bytes, pages: int) -> Iterator[str]:
    """The text of each of the first `pages` pages. Raises whatever pdfminer raises, which is much."""
    layout = LAParams(boxes_flow=0.5)
    for page in extract_pages(io.BytesIO(data), maxpages=pages, laparams=layout):
        yield _UNMAPPED.sub("", "\n".join(box.get_text() for box in page if isinstance(box, LTTextContainer)))
