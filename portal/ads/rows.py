"""Rows of a list moved one step or taken away.

PURE.
"""

from collections.abc import Sequence
from typing import Final, TypeVar

LONGEST: Final = 200  # rows of a list that is read in or shown; how many may be published is the form's to say
T = TypeVar("T")


def moved(rows: Sequence[T], place: int, *, up: bool) -> list[T]:
    """The rows with the one at ``place`` a step up or down; unchanged where there is no such row or no room."""
    arranged, other = list(rows), place - 1 if up else place + 1
    if 0 <= place < len(arranged) and 0 <= other < len(arranged):
        arranged[place], arranged[other] = arranged[other], arranged[place]
    return arranged


def removed(rows: Sequence[T], place: int) -> list[T]:
    """The rows without the one at ``place``."""
    return [row for number, row in enumerate(rows) if number != place]
