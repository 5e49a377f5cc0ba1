"""Further parts of the decision file. Each is added in one place: a function here, or in a later feature's queries, that
reads a part and is marked with `section`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from portal.review.queries.case import Case
from portal.review.queries.scores import calls_of


@dataclass(frozen=True, slots=True)
class Section:
    """A part as a table: ``key`` names it in the data, ``heading`` and ``columns`` on paper."""

    key: str
    heading: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


# Given the session, the case as its reader sees it, and the names of the candidates whom the reader may see.
Reader = Callable[[Session, Case, Mapping[UUID, str]], Section]
READERS: list[Reader] = []


def section(reader: Reader) -> Reader:
    """Add what this function reads to every decision file, after those that were added before."""
    READERS.append(reader)
    return reader


def sections_of(session: Session, case: Case, names: Mapping[UUID, str]) -> list[Section]:
    """Every further part that has a row."""
    return [found for reader in READERS if (found := reader(session, case, names)).rows]


@section
def _interviews(session: Session, case: Case, names: Mapping[UUID, str]) -> Section:
    calls = calls_of(session, case.ad.id)
    rows = [(names[id], call.called_at.isoformat()) for id, call in calls.items() if id in names]
    return Section("interviews", "Kallade till intervju", ("Sökande", "Kallad"), sorted(rows))
