"""The register's file: XLSX for a spreadsheet, CSV for anything. A text never becomes a formula in either."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from portal.contracts.listing.sheet import COLUMNS, Cell, inert, visible

NAME = "Anställningar"
_WIDE = (26, 30, 20, 26, 10, 13, 13, 24, 13, 16, 28)


def xlsx_of(rows: Sequence[Sequence[Cell]]) -> bytes:
    """A sheet with days as days and texts as texts."""
    from openpyxl import Workbook  # only who asks for a spreadsheet pays for its loading
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    page = book.create_sheet(NAME)
    page.freeze_panes = "A2"
    for place, width in enumerate(_WIDE, 1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.append([_cell(page, name, bold=True) for name in COLUMNS])
    for row in rows:
        page.append([_cell(page, value) for value in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def csv_of(rows: Sequence[Sequence[Cell]], columns: Sequence[str] = COLUMNS) -> bytes:
    """Semicolons and a mark for UTF-8, as spreadsheets here open it; days as 2026-12-31. What begins like a formula has an
    apostrophe before it, by whichever separator one parts the line."""
    written = io.StringIO(newline="")
    table = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(columns)
    table.writerows([[_plain(value) for value in row] for row in rows])
    return written.getvalue().encode("utf-8-sig")


def _cell(page: Any, value: Cell, *, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(page, visible(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # the library would make a formula of what begins with =
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _plain(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return inert(str(value))
