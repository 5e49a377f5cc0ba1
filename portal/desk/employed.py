"""What employments put on the office's to-do list: contracts not signed and steps of the first days, each on its day. The
ad is named, whoever is employed never."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from portal.desk.agenda import Item
from portal.swedish_dates import in_words, shown_day

OFFER = "Erbjud anställningsavtalet"
LEFT = "Säg om anställningen ska bli av"
SIGNATURES = "Samla in underskrifterna på anställningsavtalet"
BY_START = "alla ska ha skrivit under när arbetet börjar"
WHO_LEFT = "ansökan togs tillbaka eller byttes ut före beskedet: skriv att den inte blir av, eller erbjud avtalet"


class Due(Protocol):
    """How many steps are due by a day."""

    @property
    def day(self) -> date: ...
    @property
    def count(self) -> int: ...


class Steps(Protocol):
    """The steps of one employment that are due by one day."""

    @property
    def employment_id(self) -> UUID: ...
    @property
    def title(self) -> str: ...
    @property
    def due(self) -> Due: ...


class Unsigned(Protocol):
    """One employment whose contract not all have signed."""

    @property
    def employment_id(self) -> UUID: ...
    @property
    def title(self) -> str: ...
    @property
    def lacking(self) -> str: ...
    @property
    def day(self) -> date: ...


def contract_items(unsigned: Iterable[Unsigned]) -> Iterator[Item]:
    """A contract to be offered or signed; or to be said whether there is to be one, where the application was taken back."""
    for one in unsigned:
        if one.lacking == "word":
            yield Item(one.day, LEFT, _about(one.title, WHO_LEFT), "contracts.changes", _of(one.employment_id))
            continue
        text = OFFER if one.lacking == "offer" else SIGNATURES
        yield Item(one.day, text, _about(one.title, BY_START), "contracts.contract", _of(one.employment_id))


def onboarding_items(waiting: Iterable[Steps], *, on: date) -> Iterator[Item]:
    """Steps of somebody's first days: one line for each employment, on the day of its first step. Their words stand on the
    page alone, since they may name people."""
    by_employment: dict[UUID, list[Steps]] = defaultdict(list)
    for one in waiting:
        by_employment[one.employment_id].append(one)
    for employment_id, steps in by_employment.items():
        dues = sorted((one.due for one in steps), key=lambda due: due.day)
        count = in_words(sum(due.count for due in dues), neuter=True)
        about = " · ".join(part for part in (steps[0].title, _by_when(dues, on)) if part)
        yield Item(dues[0].day, f"Gör {count} steg i introduktionen", about, "contracts.onboarding", _of(employment_id))


def _by_when(dues: Sequence[Due], on: date) -> str:
    """What the day of the first does not tell of the rest."""
    late, last = sum(due.count for due in dues if due.day < on), dues[-1].day
    if last == dues[0].day or last < on:
        return ""
    if late:
        return f"{in_words(late, neuter=True)} {'är försenat' if late == 1 else 'är försenade'}"
    return f"alla senast {shown_day(last)}"


def _about(title: str, why: str) -> str:
    return f"{title} · {why}" if title else why


def _of(employment_id: UUID) -> dict[str, UUID]:
    return {"employment_id": employment_id}
