"""The agenda, made from what the assessors disagree about."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from portal.review.joint import Arrangement, Board


class Point(NamedTuple):
    """One point: a candidate by a criterion on which the votes stand ``steps`` apart, or a candidate as a whole."""

    application_id: UUID
    criterion_id: UUID | None
    steps: int


def points_of(board: Board) -> list[Point]:
    """The disagreements of two steps or more, widest first (then in the joint order), then the rest in joint order."""
    order = board.arranged(Arrangement.JOINT)
    place = {one: number for number, one in enumerate(order)}
    apart = [Point(*found) for found in board.apart()]
    apart.sort(key=lambda point: (-point.steps, place[point.application_id]))
    named = {point.application_id for point in apart}
    return [*apart, *(Point(one, None, 0) for one in order if one not in named)]


def newcomers(points: Iterable[Point], applications: Iterable[UUID]) -> list[Point]:
    """Points for those whom the agenda lacks, in their order: late ones that came in during a pause."""
    known = {point.application_id for point in points}
    return [Point(one, None, 0) for one in applications if one not in known]


def neighbours(points: Sequence[Point], application_id: UUID) -> tuple[UUID | None, UUID | None]:
    """The candidates before and after this one on the agenda, each counted where it comes first."""
    order = list(dict.fromkeys(point.application_id for point in points))
    if application_id not in order:
        return None, None
    at = order.index(application_id)
    return (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)
