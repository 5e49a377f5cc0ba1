"""The register as a sheet to take away: its columns, and texts that a spreadsheet will not take for formulas."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Final

from portal.contracts.listing.lines import Listed

Cell = str | int | date | None
COLUMNS: Final = (
    "Namn", "Tjänst", "Parti", "Arbetsgivare", "Omfattning i procent", "Från och med", "Till och med",
    "Slutdatum genom", "Uppsagd", "Avtal", "Anställningsbeslut",
)  # fmt: skip
_SIGNS: Final = "=+@\uff1d\uff0b\uff0d\uff20\\-"  # also as wide as Japanese and Chinese sheets take them
_BEGINS: Final = re.compile(rf"[\t\r\n]|\s*[{_SIGNS}]")
_BEGINS_ANEW: Final = re.compile(rf"([,;|\t\n])(?=\s*[{_SIGNS}].)")


def rows_of(lines: Sequence[Listed], *, on: date) -> list[tuple[Cell, ...]]:
    """One row for each employment, in the order of the page, with what that says of a last day that ends nothing."""
    return [
        (
            line.name, line.title, line.party, line.employer, line.percent, line.starts, line.ends,
            "; ".join(filter(None, (line.ended_by, line.end_words(on)))), line.noticed, line.contract, line.decision,
        )
        for line in lines
    ]  # fmt: skip


def visible(text: str) -> str:
    """The text without control characters, which no sheet can hold."""
    return "".join(sign for sign in text if sign in "\t\n" or unicodedata.category(sign) not in ("Cc", "Cs"))


def inert(text: str) -> str:
    """The text with an apostrophe before whatever a spreadsheet could take for something to work out.

    That is its beginning, blanks or not; and within it what follows a comma, a semicolon, a bar, a tab or a new line:
    who opens the file with another separator than ours begins a cell there, quotes or not.
    """
    shown = _BEGINS_ANEW.sub(r"\1'", visible(text))
    return f"'{shown}" if _BEGINS.match(shown) else shown
