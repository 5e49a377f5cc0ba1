"""What stands out among an assessor's own scores, so that a slip of the finger is seen before handing in."""

from collections.abc import Mapping
from typing import Final, TypeVar

K = TypeVar("K")
C = TypeVar("C")

FAR: Final = 1.5  # steps from what the same candidate otherwise has


def stands_out(steps: Mapping[K, Mapping[C, int | None]]) -> set[tuple[K, C]]:
    """The scores that lie more than one and a half steps from the mean of the candidate's other scores.

    With fewer than two others there is nothing to compare with.
    """
    found = set()
    for candidate, own in steps.items():
        given = {criterion: step for criterion, step in own.items() if step is not None}
        others, total = len(given) - 1, sum(given.values())
        if others < 2:
            continue
        for criterion, step in given.items():
            if (
                abs(step * others - (total - step)) > FAR * others
            ):  # |step - mean of the others| > FAR, in whole numbers
                found.add((candidate, criterion))
    return found
