"""A request for records: its states in one table, how it may have come, what is answered, and its clock. PURE."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple
from uuid import UUID

from portal.clock import STOCKHOLM
from portal.refusal import Moved, Refusal
from portal.swedish_dates import swedish_day


class State(StrEnum):
    """Where a request stands."""

    RECEIVED = "mottagen"
    DECIDED = "beslutad"
    ANSWERED = "besvarad"
    TAKEN_BACK = "aterkallad"


NEXT: Final[Mapping[State, frozenset[State]]] = MappingProxyType(
    {
        State.RECEIVED: frozenset({State.DECIDED, State.TAKEN_BACK}),
        State.DECIDED: frozenset({State.ANSWERED}),
        State.ANSWERED: frozenset(),
        State.TAKEN_BACK: frozenset(),
    }
)
# A refusal is appealed within three weeks from when whoever asked had it (förvaltningslagen (2017:900) 44 §), and letters
# take their days.
APPEALED_WITHIN: Final = timedelta(weeks=5)
NAMED: Final = 6  # records that one sentence names
ENDED: Final = frozenset(state for state, after in NEXT.items() if not after)
STATE_WORDS: Final[Mapping[State, str]] = {
    State.RECEIVED: "Ska besvaras",
    State.DECIDED: "Beslutad, svaret ska lämnas",
    State.ANSWERED: "Besvarad",
    State.TAKEN_BACK: "Återkallad",
}
WAYS: Final[Mapping[str, str]] = {
    "mejl": "E-post",
    "telefon": "Telefon",
    "besok": "Besök",
    "brev": "Brev",
    "annat": "På annat sätt",
}


class Answer(StrEnum):
    """What becomes of one record."""

    OPEN = "oppen"
    MASKED = "maskad"
    WITHHELD = "hemlig"


ANSWER_WORDS: Final[Mapping[Answer, str]] = {
    Answer.OPEN: "Lämnas ut som den är",
    Answer.MASKED: "Lämnas ut maskad",
    Answer.WITHHELD: "Lämnas inte ut",
}


class Outcome(StrEnum):
    """What a request comes to."""

    WHOLE = "helt"
    PARTLY = "delvis"
    REFUSED = "avslag"


OUTCOME_WORDS: Final[Mapping[Outcome, str]] = {
    Outcome.WHOLE: "Lämnas ut",
    Outcome.PARTLY: "Lämnas ut delvis",
    Outcome.REFUSED: "Lämnas inte ut",
}


class NotAppealed(StrEnum):
    """Why an appeal that was noted is taken away: the log names nobody, so it is chosen and not typed."""

    ELSEWHERE = "annan_begaran"
    NONE = "inget_overklagande"
    MISTAKE = "misstag"


NOT_APPEALED_WORDS: Final[Mapping[NotAppealed, str]] = {
    NotAppealed.ELSEWHERE: "Överklagandet gäller en annan begäran",
    NotAppealed.NONE: "Det som kom in var inget överklagande",
    NotAppealed.MISTAKE: "Det antecknades av ett annat misstag",
}


class WrongStep(Refusal):
    """The request has come further than the page knew."""

    text = "Begäran har kommit längre sedan du öppnade sidan. Läs på begärans egen sida hur den står nu."


class ReviewMoved(Moved):
    """The records of a request, or what is said of them, are others than the decision was written on."""

    text = (
        "Urvalet eller prövningen har ändrats sedan du öppnade sidan. Läs vad den ger nu, ändra texten om det behövs och "
        "tryck igen."
    )
    field = "text"


class NumberMoved(Moved):
    """A colleague has written down another diary number since the page was opened."""

    text = (
        "En kollega har skrivit diarienumret %(number)s sedan du öppnade sidan. Tryck igen om ditt ska gälla i stället."
    )
    field = "number"


class DayOutside(Refusal):
    """An appeal from before the decision, or something settled before it was appealed, or a day to come."""

    text = "Skriv en dag från och med %(first)s till och med i dag."
    field = "day"


class NotAllReviewed(Refusal):
    """A record that nobody has looked through."""

    text = "Några handlingar är inte prövade. Gå igenom dem som är kvar först."


def require(now: str, then: State) -> None:
    """Raises WrongStep where the table has no such step."""
    if then not in NEXT[State(now)]:
        raise WrongStep


def may_be_appealed(state: str, outcome: str) -> bool:
    """Whether there is a refusal, in whole or in part, that whoever asked has been told of."""
    return state == State.ANSWERED and outcome in (Outcome.PARTLY, Outcome.REFUSED)


def waits_for_appeal(ended_at: datetime | None, settled_on: date | None, *, at: datetime) -> bool:
    """Whether what was refused is still kept for somebody to appeal, the answer or what a court has said of it since."""
    since = at - APPEALED_WITHIN
    answered = ended_at is not None and ended_at > since
    return answered or (settled_on is not None and settled_on > since.astimezone(STOCKHOLM).date())


def require_day(day: date, *, first: date, today: date) -> None:
    """Raises DayOutside for a day before the ``first``, or to come."""
    if not first <= day <= today:
        raise DayOutside(first=swedish_day(first))


def outcome_of(answers: Iterable[str]) -> Outcome:
    """What the answers to all records come to; with no record at all there is nothing to hand out.

    Raises NotAllReviewed.
    """
    given = list(answers)
    if not all(given):
        raise NotAllReviewed
    if all(answer == Answer.WITHHELD for answer in given):
        return Outcome.REFUSED
    return Outcome.WHOLE if all(answer == Answer.OPEN for answer in given) else Outcome.PARTLY


def records_told(numbers: Sequence[int]) -> str:
    """Records by their numbers in the register, as a sentence names them: many are named by how many they are."""
    if len(numbers) > NAMED:
        return f"{len(numbers)} handlingar"
    *but_last, last = [str(number) for number in sorted(numbers)]
    return f"nummer {', '.join(but_last)} och {last}" if but_last else f"nummer {last}"


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a request has waited. ``days`` are of the calendar in Stockholm, from the day it came."""

    came_on: date
    days: int
    stopped: bool

    @property
    def words(self) -> str:
        """Kom i dag; en dag sedan den kom."""
        if self.stopped:
            return {0: "samma dag", 1: "efter en dag"}.get(self.days, f"efter {self.days} dagar")
        return {0: "kom i dag", 1: "en dag sedan den kom"}.get(self.days, f"{self.days} dagar sedan den kom")

    @property
    def due_on(self) -> date:
        """Without delay (skyndsamt, TF 2:15–16): the day after it came, it stands as late."""
        return self.came_on + timedelta(days=1)


def clock_of(came_at: datetime, ended_at: datetime | None, *, on: date) -> Clock:
    """The clock as it stands on a day, or as it stopped."""
    came_on = came_at.astimezone(STOCKHOLM).date()
    until = ended_at.astimezone(STOCKHOLM).date() if ended_at else on
    return Clock(came_on, max(0, (until - came_on).days), ended_at is not None)


class Waiting(NamedTuple):
    """A request that waits: how many records it covers, and how many of them nobody has looked through."""

    id: UUID
    state: State
    clock: Clock
    records: int
    left: int
    numbered: bool
