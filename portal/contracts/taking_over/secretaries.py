"""Rows of the filled-in template as employments, and what is wrong with each, by row and cell."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from portal.contracts.taking_over.columns import COLUMNS, MOST_SECRETARIES
from portal.contracts.terms import Answer, Terms, answer_for
from portal.documents.table_values import (
    CellFault,
    Misplaced,
    columns_in,
    day_in,
    in_cell,
    number_in,
    text_in,
)
from portal.documents.tables import Cell, Table, address
from portal.elections.limit import EndsBeforeStart
from portal.posts.employer_model import Employer
from portal.refusal import N_, Refusal
from portal.swedish_dates import swedish_day

NOBODY = N_("Tabellen har inga rader under rubrikerna. Fyll i en rad för var och en.")
TOO_MANY = N_("Tabellen har %(count)s rader. Högst %(most)s läses in åt gången: dela upp den.")
WHO_EMPLOYS = N_("”%(text)s” är ingen arbetsgivare här. Skriv %(words)s.")
PERCENT = N_("Skriv ett helt tal från 2 till 100. Är cellen i procentformat: byt till tal och skriv till exempel 80.")
WHOLE_DAYS = N_("Skriv ett helt antal dagar från 0 till 1827, eller lämna cellen tom.")
YES_OR_NOTHING = N_("Skriv ja för ett vikariat, eller lämna cellen tom.")
ONLY_A_PARTY = N_("Bara ett parti kan anställa tills vidare. Skriv slutdatumet.")
OVER = N_("Anställningen slutade %(ends)s. Ta bort raden: bara de som är anställda nu läses in.")
OVER_ON_PAPER = N_(
    "Slutdatumet %(ends)s har varit, men anställningen blev en tillsvidareanställning %(since)s och tog inte slut då. "
    "Arbetar personen kvar: skriv tills vidare, och varför i kolumnen Skäl. Annars: ta bort raden."
)
NOT_YET = N_("Beslutet kan inte vara fattat efter i dag. Använd Ny anställning utan annons för en som ska anställas.")
ONLY_PARTIES = N_("Fyll bara i det här när partiet är arbetsgivare.")
UNTIL_FURTHER_NOTICE = "tills vidare"

_COLUMN = {column.key: column for column in COLUMNS}
_OF_FIELD = {
    "decided": "decided", "starts": "starts", "ends": "ends", "extent_percent": "percent", "earlier_days": "earlier_days",
    "policy_reason": "reason", "until_further_notice": "ends",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Secretary:
    """One row as it will be recorded. ``ends`` None: until further notice. ``number`` is the sheet's."""

    number: int
    name: str
    title: str
    employer: str
    percent: int
    decided: date
    starts: date
    ends: date | None
    earlier_days: int = 0
    reason: str = ""
    stands_in: bool = False

    def terms(self) -> Terms:
        """As the limit is worked out from."""
        return Terms(
            employer=Employer(self.employer),
            decided=self.decided,
            starts=self.starts,
            ends=self.ends,
            extent_percent=self.percent,
            until_further_notice=self.ends is None,
            earlier_days=self.earlier_days,
            policy_reason=self.reason,
            stands_in=self.stands_in,
            begun_before=True,  # asked of the row as a whole: see `services.check`
        )

    def packed(self) -> dict[str, Any]:
        """Plain values, days as text."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """All rows that can be read, and every fault of the others."""

    secretaries: tuple[Secretary, ...]
    faults: tuple[Misplaced, ...]
    places: Mapping[str, int]

    def cell(self, key: str, row: int) -> str:
        """Where in the sheet the row has that column."""
        return address(self.places[key], row) if key in self.places else f"rad {row}"


def unpacked(told: Mapping[str, Any]) -> Secretary:
    """What `packed` made."""
    days = {"decided", "starts", "ends"}
    known: dict[str, Any] = {one.name: told[one.name] for one in fields(Secretary) if one.name in told}
    known |= {name: date.fromisoformat(known[name]) for name in days if known[name] is not None}
    return Secretary(**known)


def read_secretaries(table: Table, *, employers: Mapping[str, Employer], on: date) -> Reading:
    """The rows under the headings. ``employers`` says what may stand in that column, in small letters, and what it means."""
    places, faults = columns_in(table, COLUMNS)
    count = table.count - (1 in table.rows)
    if not faults and count > MOST_SECRETARIES:
        faults = [Misplaced(1, "A1", TOO_MANY % {"count": _spaced(count), "most": MOST_SECRETARIES})]
    if not faults and not count:
        faults = [Misplaced(1, "A1", NOBODY)]
    if faults:
        return Reading((), tuple(faults), places)
    found: list[Secretary] = []
    for number, cells in sorted(table.rows.items()):
        if number != 1 and any(place in cells for place in places.values()):
            row = _Row(number, cells, places, table.from_1904, employers)
            made = row.secretary(on)
            faults += row.faults
            found += [made] if made else []
    return Reading(tuple(found), tuple(faults), places)


class _Row:
    """One row on its way: each cell is read, and its fault noted."""

    def __init__(
        self,
        number: int,
        cells: Mapping[int, Cell],
        places: Mapping[str, int],
        from_1904: bool,
        employers: Mapping[str, Employer],
    ) -> None:
        self.number, self.cells, self.places = number, cells, places
        self.from_1904, self.employers = from_1904, employers
        self.faults: list[Misplaced] = []

    def secretary(self, on: date) -> Secretary | None:
        """The row, where nothing is wrong with it."""
        name, title = self._text("name"), self._text("title")
        employer, percent = self._employer(), self._percent()
        decided, starts, ends = self._day("decided"), self._day("starts"), self._ends(employer)
        earlier, reason = self._earlier_days(employer), self._reason(employer)
        stands_in = self._stands_in(employer)
        if decided and decided > on:
            self._fault("decided", NOT_YET)
        if self.faults or not (employer and percent and decided and starts):
            return None
        forever = ends == UNTIL_FURTHER_NOTICE
        day = ends if isinstance(ends, date) else None
        terms = Terms(employer, decided, starts, day, percent, forever, earlier, reason, stands_in, begun_before=True)
        answer = self._answer(terms, on)
        if answer is None or self.faults:
            return None
        if answer.ends and answer.ends < on:
            self._fault("ends", _over(answer.ends, answer.limit.permanent_on))
            return None
        return Secretary(
            self.number, name, title, employer.value, percent, decided, starts, answer.ends, earlier, reason, stands_in
        )

    def _answer(self, terms: Terms, on: date) -> Answer | None:
        try:
            answer = answer_for(terms, on=on)
        except EndsBeforeStart as refusal:
            self._fault("ends", refusal.sentence)
            return None
        except Refusal as refusal:
            self._fault(_OF_FIELD.get(refusal.field or "", "starts"), refusal.sentence)
            return None
        for objection in answer.objections:
            self._fault(_OF_FIELD.get(objection.field, "starts"), objection.sentence)
        return answer

    def _text(self, key: str) -> str:
        return self._read(key, text_in) or ""

    def _day(self, key: str) -> date | None:
        day: date | None = self._read(key, lambda cell, column: day_in(cell, column, from_1904=self.from_1904))
        return day

    def _ends(self, employer: Employer | None) -> date | str | None:
        text = self._read("ends", text_in)
        if text and text.casefold() == UNTIL_FURTHER_NOTICE:
            if employer is Employer.AUTHORITY:
                self._fault("ends", ONLY_A_PARTY)
            return UNTIL_FURTHER_NOTICE
        return self._day("ends") if text else None

    def _employer(self) -> Employer | None:
        text = self._text("employer")
        found = self.employers.get(text.casefold())
        if text and found is None:
            first = {employer: word for word, employer in reversed(list(self.employers.items()))}
            words = " eller ".join(first[employer] for employer in Employer)
            self._fault("employer", WHO_EMPLOYS % {"text": text[:60], "words": words})
        return found

    def _percent(self) -> int | None:
        number = self._read("percent", number_in)
        if number is None:
            return None
        if not 1 < number <= 100 or number != number.to_integral_value():
            self._fault("percent", PERCENT)
            return None
        return int(number)

    def _earlier_days(self, employer: Employer | None) -> int:
        number = self._read("earlier_days", number_in)
        if not number:
            return 0
        if employer is Employer.AUTHORITY:
            self._fault("earlier_days", ONLY_PARTIES)
        elif not 0 <= number <= 1827 or number != number.to_integral_value():
            self._fault("earlier_days", WHOLE_DAYS)
            return 0
        return int(number)

    def _stands_in(self, employer: Employer | None) -> bool:
        text = self._text("stands_in").casefold()
        if text not in ("", "ja", "nej"):
            self._fault("stands_in", YES_OR_NOTHING)
        elif text == "ja" and employer is Employer.AUTHORITY:
            self._fault("stands_in", ONLY_PARTIES)
        return text == "ja"

    def _reason(self, employer: Employer | None) -> str:
        text = self._text("reason")
        if text and employer is Employer.AUTHORITY:
            self._fault("reason", ONLY_PARTIES)
        return text

    def _read(self, key: str, reading: Any) -> Any:
        try:
            return reading(in_cell(self.cells, self.places, key), _COLUMN[key])
        except CellFault as fault:
            self._fault(key, str(fault))
            return None

    def _fault(self, key: str, sentence: str) -> None:
        cell = address(self.places[key], self.number) if key in self.places else f"rad {self.number}"
        if (self.number, cell) not in {(one.row, one.cell) for one in self.faults}:
            self.faults.append(Misplaced(self.number, cell, sentence))


def _over(ends: date, permanent_on: date | None) -> str:
    """That only those who are employed are read in; the last day of what has turned permanent ends nothing (LAS 5 a §)."""
    if permanent_on is None or permanent_on > ends:
        return OVER % {"ends": swedish_day(ends)}
    return OVER_ON_PAPER % {"ends": swedish_day(ends), "since": swedish_day(permanent_on)}


def same_name(name: str) -> str:
    """The name as two spellings of it are compared."""
    return " ".join(name.split()).casefold()


def twice_in(rows: tuple[Secretary, ...]) -> Iterator[tuple[Secretary, Secretary]]:
    """Each row whose person stands on an earlier row too, with that row."""
    seen: dict[str, Secretary] = {}
    for row in rows:
        if (earlier := seen.get(same_name(row.name))) is not None:
            yield row, earlier
        else:
            seen[same_name(row.name)] = row


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
