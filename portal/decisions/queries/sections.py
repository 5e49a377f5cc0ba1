"""Further parts of the decision file. Each is added in one place: a function in `decisions.queries.parts`, or in a later
feature's queries, that reads a part and is marked with `section`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.ads.models import AdCriterion
from portal.decisions.decision_file import ERASED
from portal.review.meeting.models import Meeting
from portal.review.queries.case import Case, Listed
from portal.review.queries.scores import Visible
from portal.vault.services import ApplicationKey


class Label(str):
    """What a candidate is called, and who that is: two may have the same name."""

    of: UUID

    @classmethod
    def each(cls, names: Mapping[UUID, str]) -> dict[UUID, str]:
        """The same names, each knowing whose it is."""
        return {id: cls._of(id, name) for id, name in names.items()}

    @classmethod
    def _of(cls, id: UUID, name: str) -> "Label":
        label = cls(name)
        label.of = id
        return label


@dataclass(frozen=True, slots=True)
class Section:
    """A part as a table: ``key`` names it in the data, ``heading`` and ``columns`` on paper."""

    key: str
    heading: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def as_data(self) -> dict[str, Any]:
        """The part as the file has it. ``about`` are the candidates that each row is about."""
        return {
            "key": self.key,
            "heading": self.heading,
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
            "about": [[str(cell.of) for cell in row if isinstance(cell, Label)] for row in self.rows],
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """What the parts are read from: the case as its reader sees it, and whom of the candidates they may see.

    ``names`` has those who are there, ``erased`` those of whom nothing but that they were there is left. A candidate who
    is in neither is hidden from the reader, and no part tells anything of them. ``attended`` has those whom the reader
    takes part in at the meeting, erased ones too; ``panel`` all who have assessed. The names of candidates are `Label`s.
    """

    case: Case
    seen: Visible
    names: Mapping[UUID, str]
    keys: Mapping[UUID, ApplicationKey]
    erased: frozenset[UUID]
    attended: Mapping[UUID, str]
    panel: Mapping[UUID, str]
    criteria: Sequence[AdCriterion]
    meeting: Meeting | None
    minutes_checksum: str
    at: datetime

    @property
    def labels(self) -> Mapping[UUID, str]:
        """What each candidate is called whom the reader may know of."""
        return {**Label.each(dict.fromkeys(self.erased, ERASED)), **self.names}

    @property
    def shown(self) -> list[Listed]:
        """The candidates who count and whom the reader sees by name or code name."""
        return [row for row in self.case.applications if row.id in self.names]

    @property
    def words(self) -> Mapping[UUID, str]:
        """The text of each krav and merit."""
        return {row.id: row.text for row in self.criteria}

    def opened(self, application_id: UUID, place: str, sealed: bytes | None) -> str:
        """A sealed text of one candidate; what was lost with the key says so."""
        if sealed is None:
            return ""
        key = self.keys.get(application_id)
        return key.open_text(place, sealed) if key is not None else ERASED


Reader = Callable[[Session, Reading], Section]
READERS: list[Reader] = []


def section(reader: Reader) -> Reader:
    """Add what this function reads to every decision file, after those that were added before."""
    READERS.append(reader)
    return reader


def sections_of(session: Session, reading: Reading) -> list[Section]:
    """Every further part that has a row."""
    return [found for reader in READERS if (found := reader(session, reading)).rows]
