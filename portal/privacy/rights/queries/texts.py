"""Where the texts of a request are sealed for, and a request with its texts opened."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from portal.applications.models import CandidateRequest
from portal.applications.own_requests import is_by_day, request_place
from portal.vault.services import ApplicationKey


@dataclass(frozen=True, slots=True)
class Opened:
    """A request with its texts; empty where there is none. ``draft`` is an answer that has not been given yet."""

    row: CandidateRequest
    text: str
    extension: str
    answer: str
    draft: str

    @property
    def due_on(self) -> date:
        """The last day for an answer."""
        return self.row.extended_to or self.row.due_on

    @property
    def by_day(self) -> bool:
        """Whether of when it was asked the day alone is told."""
        return is_by_day(self.row.came_by, self.row.made_at)

    @property
    def answer_print(self) -> str:
        """Changes with the answer that was given: by it a page says which one it has shown."""
        return sha256(f"{self.row.result}\n{self.answer}".encode()).hexdigest()[:16]


def place_of(row: CandidateRequest, column: str) -> str:
    """What a sealed text of a request is bound to."""
    return request_place(row.id, column)


def opened(row: CandidateRequest, key: ApplicationKey) -> Opened:
    """The request with its texts."""
    texts = {}
    for column in ("text", "extension", "answer"):
        sealed = getattr(row, f"{column}_sealed")
        texts[column] = key.open_text(place_of(row, column), sealed) if sealed else ""
    told = row.answered_at is not None
    answer = texts["answer"]
    return Opened(row, texts["text"], texts["extension"], answer if told else "", "" if told else answer)
