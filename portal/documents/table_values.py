"""What stands in a cell, as a text, a day or a number; and the columns of a sheet found by their headings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from portal.documents.kinds import clean_text
from portal.documents.tables import Cell, Kind, Table, address
from portal.refusal import N_

EXCEL_BEGINS, MAC_BEGINS = date(1899, 12, 30), date(1904, 1, 1)
FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2050, 12, 31)
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")

FORMULA = N_("Här står en formel. Formler räknas inte ut: klistra in värdet i stället.")
BROKEN = N_("Här står ett fel från Excel. Skriv värdet i stället.")
NO_DAY = N_("”%(text)s” är inget datum. Skriv år, månad och dag så här: 2026-11-21.")
DAY_OUTSIDE = N_("Skriv en dag från 1980 till och med 2050. Här står %(text)s.")
NO_NUMBER = N_("”%(text)s” är inget tal. Skriv bara siffror.")
MISSING = N_("Här saknas något. Fyll i %(heading)s.")
TOO_LONG = N_("Texten har fler än %(most)s tecken. Korta den.")
NO_HEADINGS = N_("Den första raden ska ha mallens rubriker. Ladda ner mallen och fyll i den.")
NO_COLUMN = N_("Kolumnen %(heading)s saknas. Ladda ner mallen och fyll i den.")
UNKNOWN_COLUMN = N_("Kolumnen ”%(text)s” finns inte i mallen. Ta bort den.")
COLUMN_TWICE = N_("Kolumnen %(heading)s finns två gånger. Ta bort den ena.")


class CellFault(Exception):
    """What is wrong with a cell, as a sentence."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a template. ``told`` explains it on the template's second sheet, with an example."""

    key: str
    heading: str
    told: str
    example: str
    most: int = 200
    required: bool = True
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A fault of one cell. ``row`` 1 holds the headings."""

    row: int
    cell: str
    sentence: str


def columns_in(table: Table, columns: Sequence[Column]) -> tuple[dict[str, int], list[Misplaced]]:
    """Where each column is, by its key; their order is free. And what is wrong with the headings."""
    heads = table.rows.get(1, {})
    known = {column.heading.casefold(): column for column in columns}
    found: dict[str, int] = {}
    faults: list[Misplaced] = []
    for place, cell in sorted(heads.items()):
        text = " ".join(clean_text(cell.text).split())
        column = known.get(text.casefold())
        if not text:
            continue
        if column is None:
            faults.append(Misplaced(1, address(place, 1), UNKNOWN_COLUMN % {"text": text[:60]}))
        elif column.key in found:
            faults.append(Misplaced(1, address(place, 1), COLUMN_TWICE % {"heading": column.heading}))
        else:
            found[column.key] = place
    if not found:
        return {}, [Misplaced(1, "A1", NO_HEADINGS)]
    lost = [column for column in columns if column.required and column.key not in found]
    faults += [Misplaced(1, "A1", NO_COLUMN % {"heading": column.heading}) for column in lost]
    return found, faults


def text_in(cell: Cell | None, column: Column) -> str:
    """The text on one line; empty where nothing stands there and nothing must. Raises CellFault."""
    text = " ".join(clean_text(_plain(cell)).split())
    if not text and column.required:
        raise CellFault(MISSING % {"heading": column.heading.lower()})
    if len(text) > column.most:
        raise CellFault(TOO_LONG % {"most": column.most})
    if cell is not None and cell.kind == Kind.NUMBER and text.endswith(".0"):
        return text[:-2]
    return text


def day_in(cell: Cell | None, column: Column, *, from_1904: bool) -> date | None:
    """The day, whether the cell has a date or the date as text. Raises CellFault."""
    text = text_in(cell, column)
    if not text:
        return None
    day = _counted_day(text, from_1904) if cell and cell.kind == Kind.NUMBER else _written_day(text)
    if day is None:
        raise CellFault(NO_DAY % {"text": text[:40]})
    if not FIRST_DAY <= day <= LAST_DAY:
        raise CellFault(DAY_OUTSIDE % {"text": day.isoformat()})
    return day


def number_in(cell: Cell | None, column: Column) -> Decimal | None:
    """The number, comma or point, also as text. Raises CellFault."""
    text = text_in(cell, column)
    if not text:
        return None
    digits = "".join(text.split()).replace(",", ".")
    try:
        number = Decimal(digits) if len(digits) <= 40 and digits.isascii() else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or abs(number) > 10**12:
        raise CellFault(NO_NUMBER % {"text": text[:40]})
    return number


def in_cell(cells: Mapping[int, Cell], places: Mapping[str, int], key: str) -> Cell | None:
    """The row's cell in the column of that key."""
    return cells.get(places[key]) if key in places else None


def _plain(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if cell.kind == Kind.FORMULA:
        raise CellFault(FORMULA)
    if cell.kind == Kind.FAULT:
        raise CellFault(BROKEN)
    return cell.text


def _counted_day(text: str, from_1904: bool) -> date | None:
    """Excel keeps a date as the number of days since its beginning of time."""
    try:
        days = Decimal(text)
    except InvalidOperation:
        return None
    if not days.is_finite() or not 61 <= days <= 100_000 or days != days.to_integral_value():
        return None
    return (MAC_BEGINS if from_1904 else EXCEL_BEGINS) + timedelta(days=int(days))


def _written_day(text: str) -> date | None:
    text = text.removesuffix("T00:00:00").removesuffix(" 00:00:00")
    if not DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
