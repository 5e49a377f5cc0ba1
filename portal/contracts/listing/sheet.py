"""The register as a sheet to take away: its columns, and texts that a spreadsheet will not take for formulas."""

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
FORMULA_BEGINS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def rows_of(lines: Sequence[Listed]) -> list[tuple[Cell, ...]]:
    """One row for each employment, in the order of the page."""
    return [
        (
            line.name, line.title, line.party, line.employer, line.percent, line.starts, line.ends, line.ended_by,
            line.noticed, line.contract, line.decision,
        )
        for line in lines
    ]  # fmt: skip


def visible(text: str) -> str:
    """The text without control characters, which no sheet can hold."""
    return "".join(sign for sign in text if sign in "\t\n" or unicodedata.category(sign) not in ("Cc", "Cs"))


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for something to work out, also with blanks before it."""
    return text.startswith(FORMULA_BEGINS) or text.lstrip().startswith(FORMULA_BEGINS)
