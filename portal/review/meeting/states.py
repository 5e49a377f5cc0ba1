"""The meeting's states: one table from step to what it takes and makes."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """How the meeting stands."""

    OPEN = "open"
    PAUSED = "paused"
    ENDED = "ended"


class Step(StrEnum):
    """What whoever leads can do with it, as the address says it."""

    START = "starta"
    PAUSE = "pausa"
    CONTINUE = "fortsatt"
    END = "avsluta"
    REOPEN = "oppna-igen"


STEPS: Final[Mapping[Step, tuple[frozenset[State | None], State]]] = {
    Step.START: (frozenset({None}), State.OPEN),
    Step.PAUSE: (frozenset({State.OPEN}), State.PAUSED),
    Step.CONTINUE: (frozenset({State.PAUSED}), State.OPEN),
    Step.END: (frozenset({State.OPEN, State.PAUSED}), State.ENDED),
    Step.REOPEN: (frozenset({State.ENDED}), State.OPEN),
}
DONE: Final[Mapping[Step, str]] = {
    Step.START: "började",
    Step.PAUSE: "pausades",
    Step.CONTINUE: "fortsatte",
    Step.END: "avslutades",
    Step.REOPEN: "öppnades igen",
}


def may_step(state: State | None, step: Step) -> bool:
    """Whether the step can be taken from this state."""
    return state in STEPS[step][0]


def already(state: State | None, step: Step) -> bool:
    """Whether the step has nothing left to do: a second click, or another was quicker."""
    return state is STEPS[step][1] and not may_step(state, step)
