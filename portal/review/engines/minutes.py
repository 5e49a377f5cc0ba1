"""Minutes as a tagged PDF."""

from pathlib import Path

from portal.documents.engines.tagged import tagged_pdf
from portal.review.meeting.minutes import Minutes

_SHEET = Path(__file__).with_name("minutes.typ")


def pdf_of(minutes: Minutes) -> bytes:
    """PDF/UA-1: title, language, headings, tables with their heads. Raises `TooMuchToSet`."""
    return tagged_pdf(_SHEET.read_bytes(), minutes.as_data())
