"""A template to fill in: the headings on one sheet, what each asks for on the other."""

from collections.abc import Sequence

from portal.documents.engines.workbook import Sheet, workbook
from portal.documents.table_values import Column

HELP = "Så fyller du i"


def template_of(name: str, columns: Sequence[Column], told: str) -> bytes:
    """The file's bytes. ``told`` is the sentence under the explanations."""
    headings = [column.heading for column in columns]
    widths = [max(14, min(34, len(column.heading) + 8)) for column in columns]
    days = frozenset(place for place, column in enumerate(columns) if column.is_day)
    explained = [
        ["Kolumn", "Vad du skriver", "Exempel", "Måste fyllas i"],
        *([column.heading, column.told, column.example, "ja" if column.required else "nej"] for column in columns),
        ["", told, "", ""],
        ["", "Skriv värden, inga formler. Ändra inte rubrikerna. En rad för var och en.", "", ""],
    ]
    return workbook(Sheet(name, widths, [headings], days), Sheet(HELP, (20, 70, 24, 16), explained, wrapped=True))
