"""An uppgift om meriter as a tagged PDF."""

from pathlib import Path

from portal.documents.engines.tagged import tagged_pdf

_SHEET = Path(__file__).with_name("merits.typ")


def pdf_of(*, title: str, post: str, employer: str, day: str, text: str) -> bytes:
    """PDF/UA-1 with title, language and headings. Raises `TooMuchToSet`."""
    return tagged_pdf(
        _SHEET.read_bytes(), {"title": title, "post": post, "employer": employer, "day": day, "text": text}
    )
