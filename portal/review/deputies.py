"""Deputies (ersättare): who is called in for an application when an assessor has jäv for it, and who then judges it."""

from collections.abc import Collection, Iterable, Sequence
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


def judges_of(
    assessors: Iterable[UUID], deputies: Iterable[UUID], *, called: Collection[UUID], conflicts: Collection[UUID]
) -> list[UUID]:
    """Those who judge one application; nobody where all have jäv and no deputy is left."""
    able = [*assessors, *(one for one in deputies if one in called)]
    return [one for one in able if one not in conflicts]
