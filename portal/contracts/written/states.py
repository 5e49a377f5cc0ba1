"""How far a contract has come, and what may follow. From the day it is signed on the calendar alone moves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a contract is; ``WORDS`` says it on a page."""

    DRAFT = "draft"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    SIGNED = "signed"
    RUNNING = "running"
    ENDED = "ended"
    TAKEN_BACK = "taken_back"


WORDS: Final[Mapping[State, str]] = {
    State.DRAFT: "Utkast",
    State.OFFERED: "Erbjudet",
    State.ACCEPTED: "Antaget",
    State.SIGNED: "Underskrivet",
    State.RUNNING: "Löper",
    State.ENDED: "Avslutat",
    State.TAKEN_BACK: "Tillbakadraget",
}

# The same within a sentence: "Avtalet är …".
STANDS: Final[Mapping[State, str]] = {
    State.DRAFT: "ett utkast",
    State.OFFERED: "erbjudet",
    State.ACCEPTED: "antaget",
    State.SIGNED: "underskrivet",
    State.RUNNING: "underskrivet och löper",
    State.ENDED: "avslutat",
    State.TAKEN_BACK: "tillbakadraget",
}

# The whole way, in order; a contract that is taken back leaves it.
WAY: Final = (State.DRAFT, State.OFFERED, State.ACCEPTED, State.SIGNED, State.RUNNING, State.ENDED)

FOLLOWS: Final[Mapping[State, frozenset[State]]] = {
    State.DRAFT: frozenset({State.OFFERED}),
    State.OFFERED: frozenset({State.ACCEPTED, State.TAKEN_BACK}),
    State.ACCEPTED: frozenset({State.SIGNED, State.TAKEN_BACK}),
    State.SIGNED: frozenset({State.RUNNING}),
    State.RUNNING: frozenset({State.ENDED}),
    State.ENDED: frozenset(),
    State.TAKEN_BACK: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Passed:
    """When each thing was done to a contract, and the first and last day of the work (None: until further notice)."""

    offered_at: datetime | None
    accepted_at: datetime | None
    signed_at: datetime | None
    taken_back_at: datetime | None
    starts_on: date
    ends_on: date | None


def state_of(passed: Passed, *, on: date) -> State:
    """Where the contract is on a day. One that not all have signed never runs, whatever the day."""
    if passed.taken_back_at is not None:
        return State.TAKEN_BACK
    if passed.signed_at is not None:
        if is_over(passed, on=on):
            return State.ENDED
        return State.RUNNING if on >= passed.starts_on else State.SIGNED
    if passed.accepted_at is not None:
        return State.ACCEPTED
    return State.OFFERED if passed.offered_at is not None else State.DRAFT


def may_become(present: State, wanted: State) -> bool:
    """Whether the one may follow on the other."""
    return wanted in FOLLOWS[present]


def is_over(passed: Passed, *, on: date) -> bool:
    """Whether the last day of the work has gone by, or there is none: then nothing more is offered or accepted."""
    return passed.ends_on is not None and (on > passed.ends_on or passed.ends_on < passed.starts_on)
