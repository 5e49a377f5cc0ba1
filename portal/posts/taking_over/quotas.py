"""Decisions on the parties' posts read from a table: its columns, its rows, and what is wrong with each by cell."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar
from uuid import UUID

from portal.documents.table_values import (
    CellFault,
    Column,
    Misplaced,
    columns_in,
    day_in,
    in_cell,
    number_in,
    text_in,
)
from portal.documents.tables import Cell, Table, address
from portal.refusal import N_

Found = TypeVar("Found")
MOST_LINES: Final = 200  # at a time
MOST_POSTS: Final = Decimal(1000)
SHEET: Final = "Tjänsteutrymme"
COLUMNS: Final = (
    Column("party", "Parti", "Partiets namn som det står i portalen.", "Närvårdspartiet"),
    Column("posts", "Heltider", "Hur många heltider partiet får, med högst två decimaler.", "5,50"),
    Column("body", "Beslutat av", "Vem som fattade beslutet.", "Regionfullmäktige"),
    Column("decided", "Beslutat", "Dagen då beslutet fattades.", "2022-11-16", is_day=True),
    Column("paragraph", "Paragraf", "Som i protokollet.", "§ 142", required=False),
    Column("number", "Ärendenummer", "Diariets nummer.", "RS/566/2022", required=False),
    Column("starts", "Från och med", "Första dagen som beslutet gäller.", "2023-01-01", is_day=True),
    Column("ends", "Till och med", "Sista dagen som beslutet gäller.", "2026-12-31", is_day=True),
)
NOTHING = N_("Tabellen har inga rader under rubrikerna. Fyll i en rad för varje parti.")
TOO_MANY = N_("Tabellen har %(count)s rader. Högst %(most)s läses in åt gången: dela upp den.")
NO_PARTY = N_("”%(text)s” finns inte här. Skriv partiets namn som det står i portalen.")
SIZE = N_("Skriv heltider från 0 till 1 000 med högst två decimaler, som 5,50.")
LATER = N_("Beslutet kan inte vara fattat efter i dag. Skriv den dag då det fattades.")
BACKWARDS = N_("Sista dagen ligger före den första. Ändra den ena av dem.")
CLASHES = N_("Partiet står redan på rad %(row)s för samma tid. Ta bort den ena.")

_COLUMN = {column.key: column for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """One row: what one party gets by one decision."""

    row: int
    party_id: UUID
    posts: Decimal
    body: str
    decided: date
    paragraph: str
    number: str
    starts: date
    ends: date

    @property
    def decision(self) -> tuple[str, date, str, str, date, date]:
        """Rows that say the same of these are lines of one decision."""
        return self.body, self.decided, self.paragraph, self.number, self.starts, self.ends

    def packed(self) -> list[Any]:
        """Plain values."""
        days = (self.decided.isoformat(), self.starts.isoformat(), self.ends.isoformat())
        return [self.row, self.party_id.hex, str(self.posts), self.body, self.paragraph, self.number, *days]


def unpacked(told: Sequence[Any]) -> QuotaLine:
    """What `packed` made."""
    row, party, posts, body, paragraph, number, *days = told
    decided, starts, ends = (date.fromisoformat(day) for day in days)
    return QuotaLine(row, UUID(party), Decimal(posts), body, decided, paragraph, number, starts, ends)


def read_quotas(
    table: Table, *, parties: Mapping[str, UUID], on: date
) -> tuple[tuple[QuotaLine, ...], tuple[Misplaced, ...]]:
    """The rows under the headings, and every fault. ``parties`` are known by their names in small letters."""
    places, faults = columns_in(table, COLUMNS)
    count = table.count - (1 in table.rows)
    if not faults and not 0 < count <= MOST_LINES:
        told = TOO_MANY % {"count": f"{count:,}".replace(",", "\u00a0"), "most": MOST_LINES} if count else NOTHING
        faults = [Misplaced(1, "A1", told)]
    if faults:
        return (), tuple(faults)
    lines: list[QuotaLine] = []
    for number, cells in sorted(table.rows.items()):
        if number != 1 and any(place in cells for place in places.values()):
            row = _Row(number, cells, places, table.from_1904)
            line = row.line(parties, on)
            faults += row.faults
            lines += [line] if line else []
    faults += _clashes(lines, places)
    return tuple(lines), tuple(faults)


def _clashes(lines: Sequence[QuotaLine], places: Mapping[str, int]) -> Iterator[Misplaced]:
    """A party's decisions that cover the same day: which of them holds would follow from the order of rows."""
    for place, line in enumerate(lines):
        for earlier in lines[:place]:
            if line.party_id == earlier.party_id and line.starts <= earlier.ends and earlier.starts <= line.ends:
                yield Misplaced(line.row, address(places["party"], line.row), CLASHES % {"row": earlier.row})
                break


class _Row:
    """One row on its way: each cell is read, and its fault noted."""

    def __init__(self, number: int, cells: Mapping[int, Cell], places: Mapping[str, int], from_1904: bool) -> None:
        self.number, self.cells, self.places, self.from_1904 = number, cells, places, from_1904
        self.faults: list[Misplaced] = []

    def line(self, parties: Mapping[str, UUID], on: date) -> QuotaLine | None:
        """The row, where nothing is wrong with it."""
        name, posts = self._read("party", text_in), self._read("posts", number_in)
        texts = [self._read(key, text_in) or "" for key in ("body", "paragraph", "number")]
        decided, starts, ends = (self._day(key) for key in ("decided", "starts", "ends"))
        party_id = parties.get((name or "").casefold())
        if name and party_id is None:
            self._fault("party", NO_PARTY % {"text": name[:60]})
        if posts is not None and not (0 <= posts <= MOST_POSTS and posts * 100 == (posts * 100).to_integral_value()):
            self._fault("posts", SIZE)
        if decided and decided > on:
            self._fault("decided", LATER)
        if starts and ends and ends < starts:
            self._fault("ends", BACKWARDS)
        if self.faults or party_id is None or posts is None or not (decided and starts and ends):
            return None
        body, paragraph, number = texts
        size = posts.quantize(Decimal("0.01"))
        return QuotaLine(self.number, party_id, size, body, decided, paragraph, number, starts, ends)

    def _day(self, key: str) -> date | None:
        return self._read(key, lambda cell, column: day_in(cell, column, from_1904=self.from_1904))

    def _read(self, key: str, reading: Callable[[Cell | None, Column], Found]) -> Found | None:
        try:
            return reading(in_cell(self.cells, self.places, key), _COLUMN[key])
        except CellFault as fault:
            self._fault(key, str(fault))
            return None

    def _fault(self, key: str, sentence: str) -> None:
        cell = address(self.places[key], self.number) if key in self.places else f"rad {self.number}"
        self.faults.append(Misplaced(self.number, cell, sentence))
