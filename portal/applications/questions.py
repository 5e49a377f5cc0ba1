"""One question for every krav and merit of the published ad, and how the answers are kept. PURE."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

LONGEST_ANSWER = 1500  # characters
YES, NO = "ja", "nej"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked because of one criterion. ``yes_or_no``: it is there or not; else a short text is asked for."""

    criterion_id: UUID
    kind: str  # krav or merit
    yes_or_no: bool
    text: str
    explanation: str

    @property
    def name(self) -> str:
        """By which the form knows it."""
        return self.criterion_id.hex


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered: ja, nej or nothing, and a text."""

    choice: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.choice or self.text)

    def as_json(self) -> str:
        """As it is sealed."""
        return json.dumps({"choice": self.choice, "text": self.text}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Reply":
        """As it was sealed."""
        read: dict[str, str] = json.loads(text)
        return cls(read["choice"], read["text"])


def questions_of(content: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions of a published ad, krav first, in the ad's own order."""
    return tuple(
        Question(UUID(row["id"]), kind, row["judged"] == "finns", row["text"], row.get("explanation") or "")
        for kind, rows in (("krav", content["requirements"]), ("merit", content["merits"]))
        for row in rows
    )
