"""Deputies (ersättare): who is called in for an application when an assessor has jäv for it."""

from collections.abc import Collection, Sequence
from uuid import UUID


def to_call(
    assessors: Collection[UUID], deputies: Sequence[UUID], *, called: Collection[UUID], conflicts: Collection[UUID]
) -> list[UUID]:
    """Which deputies to call in for one application: the first in order, one for each assessor with jäv.

    ``called`` are the deputies called in for it already, ``conflicts`` all who have jäv for it. One who was called in and
    had jäv too is replaced by the next.
    """
    vacant = sum(1 for one in assessors if one in conflicts)
    standing_in = sum(1 for one in deputies if one in called and one not in conflicts)
    free = [one for one in deputies if one not in called and one not in conflicts]
    return free[: max(0, vacant - standing_in)]
