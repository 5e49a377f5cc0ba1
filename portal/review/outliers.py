"""What stands out among an assessor's own scores, so that a slip of the finger is seen before handing in."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, TypeVar

from portal.review.ranking import mean

K = TypeVar("K")
C = TypeVar("C")

FAR: Final = Fraction(3, 2)  # steps from what the same candidate otherwise has


def stands_out(steps: Mapping[K, Mapping[C, int | None]]) -> set[tuple[K, C]]:
    """The scores that lie more than one and a half steps from the mean of the candidate's other scores.

    With fewer than two others there is nothing to compare with.
    """
    found = set()
    for candidate, own in steps.items():
        for criterion, step in own.items():
            others = [other for key, other in own.items() if key != criterion and other is not None]
            middle = mean(others) if len(others) > 1 else None
            if step is not None and middle is not None and abs(step - middle) > FAR:
                found.add((candidate, criterion))
    return found
