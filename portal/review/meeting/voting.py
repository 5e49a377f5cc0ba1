"""A vote between two candidates: who stands before the other. Counted, never acted upon."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Choice(StrEnum):
    """How one member voted: A stands before B, B before A, or abstained."""

    FIRST = "a"
    SECOND = "b"
    ABSTAINED = "avstar"


CHOICE_WORDS: Final = {Choice.FIRST: "A", Choice.SECOND: "B", Choice.ABSTAINED: "avstod"}


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes of one pair."""

    first: int
    second: int
    abstained: int

    @property
    def majority(self) -> Choice | None:
        """What most of those who did not abstain voted for; None where the votes are equal. A tie is never broken."""
        if self.first == self.second:
            return None
        return Choice.FIRST if self.first > self.second else Choice.SECOND


def tally(choices: Iterable[Choice]) -> Tally:
    """The votes counted."""
    counted = Counter(choices)
    return Tally(counted[Choice.FIRST], counted[Choice.SECOND], counted[Choice.ABSTAINED])


def result_words(counted: Tally, first: str, second: str) -> str:
    """ "Anna före Bo, 2 mot 1" or "Lika, 1 mot 1" """
    if counted.majority is None:
        return f"Lika, {counted.first} mot {counted.second}"
    won, lost = (first, second) if counted.majority is Choice.FIRST else (second, first)
    most, fewest = max(counted.first, counted.second), min(counted.first, counted.second)
    return f"{won} före {lost}, {most} mot {fewest}"
