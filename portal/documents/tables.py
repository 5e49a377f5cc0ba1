"""A table that somebody has filled in (XLSX), as plain cells; and what is said of a file that is none."""

from dataclasses import dataclass, field
from typing import Final

from portal.documents.reading import Verdict
from portal.refusal import N_, Refusal

MAX_TABLE_BYTES: Final = 2 * 1024 * 1024
MOST_ROWS: Final = 1_000  # that are read; those beyond are counted
MOST_COLUMNS: Final = 40
MOST_TEXT: Final = 1_000  # characters of a cell
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Kind:
    """What a cell holds. A formula is never worked out."""

    NUMBER, TEXT, DAY, TRUTH, FAULT, FORMULA = "n", "s", "d", "b", "e", "f"
    ALL = frozenset((NUMBER, TEXT, DAY, TRUTH, FAULT, FORMULA))


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with something in it. ``text`` is what the file has, cut to a thousand characters."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """The first visible sheet: rows by their number in the sheet, cells by column (0 is A). ``count`` is how many rows
    have something in them; ``from_1904`` says that days are counted from 1904, as on old Macs."""

    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    count: int = 0
    from_1904: bool = False


def address(column: int, row: int) -> str:
    """How the sheet calls a cell: ”D4”."""
    first, last = divmod(column, len(LETTERS))
    return f"{LETTERS[first - 1] if first else ''}{LETTERS[last]}{row}"


_SENTENCES: Final = {
    Verdict.empty: N_("Filen %(name)s är tom. Välj mallen som du har fyllt i."),
    Verdict.too_big: N_("Filen %(name)s är större än 2 MB. Läs in mallen med bara de rader som ska med."),
    Verdict.wrong_kind: N_(
        "Filen %(name)s är ingen XLSX-fil. Spara tabellen som Excelarbetsbok (.xlsx) och välj den igen."
    ),
    Verdict.encrypted: N_("Filen %(name)s är låst med lösenord. Spara den utan lösenord och välj den igen."),
    Verdict.macros: N_("Filen %(name)s innehåller makron, alltså små program. Spara den som .xlsx och välj den igen."),
    Verdict.stuck: N_("Filen %(name)s är för stor för att läsas. Kopiera raderna till en ny mall och välj den."),
    Verdict.waiting: N_("Just nu läses andra filer. Vänta en minut och läs in %(name)s igen."),
}
_OTHERWISE: Final = N_("Filen %(name)s går inte att läsa som tabell. Öppna den, spara den som .xlsx och välj den igen.")


class TableRefused(Refusal):
    """A file that is not read as a table."""

    field = "file"

    def __init__(self, verdict: Verdict, *, name: str) -> None:
        self.verdict = verdict
        super().__init__(_SENTENCES.get(verdict, _OTHERWISE), name=name)


class NoTableChosen(Refusal):
    """The form came without a file."""

    field = "file"
    text = N_("Välj filen med tabellen.")
