"""Krav first: what a person can decide of one krav and one candidate. No rule here decides anything by itself.

Nobody falls because of an answer or a score (KL 6:38, AI Act): both are evidence, laid beside each other for whoever
decides.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol, TypeVar
from uuid import UUID

from portal.refusal import Refusal

LONGEST_REASON: Final = 500


class Ruling(StrEnum):
    """What a person has decided."""

    FALLS = "faller"
    GOES_ON = "gar_vidare"


WORDS: Final = {Ruling.FALLS: "Faller på detta krav", Ruling.GOES_ON: "Går vidare"}
DONE: Final = {Ruling.FALLS: "Föll på kravet", Ruling.GOES_ON: "Går vidare"}  # afterwards
FELL: Final = "Föll på krav"  # beside a name


class RulingUnknown(Refusal):
    """A value that is neither."""

    text = "Välj Faller på detta krav eller Går vidare."
    field = "result"


class ReasonUnsaid(Refusal):
    """Nobody falls, goes on or is taken back without a line that says why."""

    text = "Skriv en rad om varför, högst 500 tecken. Den sökande och en domstol ska kunna följa den."
    field = "reason"


class NoSuchRequirement(Refusal):
    """Only the ad's own krav can make a candidate fall, never a merit."""

    text = "Det är inget krav i den här annonsen. Gå tillbaka till kraven."
    status = 404


class DecidedAlready(Refusal):
    """Two of the office, or two tabs: the first one stands until somebody takes it back."""

    text = "Det här kravet är redan avgjort för den sökande. Läs skälet, och ta tillbaka beslutet om det är fel."
    status = 409


class NothingToTakeBack(Refusal):
    """Taken back twice."""

    text = "Det finns inget beslut att ta tillbaka. Tryck på Öppna sidan på nytt och se vad som gäller nu."
    status = 409


class OutcomeKnown(Refusal):
    """The candidate has been told what becomes of the application."""

    text = "Den sökande har fått besked, så besluten om kraven går inte längre att ändra."
    status = 409


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it is read. ``reason`` is empty where only its result is asked for."""

    id: UUID
    application_id: UUID
    criterion_id: UUID
    ruling: Ruling
    decided_by: str
    decided_at: datetime
    reason: str = ""
    taken_back_by: str = ""
    taken_back_at: datetime | None = None
    taken_back_reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether nobody has taken it back."""
        return self.taken_back_at is None


class Judged(Protocol):
    """Of a criterion: krav or merit, and whether it is there or has steps."""

    @property
    def kind(self) -> str: ...
    @property
    def judged(self) -> str: ...


C = TypeVar("C", bound=Judged)


def krav_first(criteria: "list[C]") -> "list[C]":
    """The order in which is judged: the krav that are there or not, then all others as the ad has them."""
    return sorted(criteria, key=lambda one: not (one.kind == "krav" and one.judged == "finns"))


def read_ruling(value: str) -> Ruling:
    """The ruling a form says. Raises `RulingUnknown`."""
    if value not in set(Ruling):
        raise RulingUnknown
    return Ruling(value)


def read_reason(text: str) -> str:
    """The reason on one line. Raises `ReasonUnsaid`."""
    words = " ".join(text.split())
    if not 0 < len(words) <= LONGEST_REASON:
        raise ReasonUnsaid
    return words
