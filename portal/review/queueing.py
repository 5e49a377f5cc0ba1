"""What is next to judge: one criterion across all candidates, or one candidate across all criteria."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Final
from uuid import UUID

SHORT: Final = 30  # so many in a queue are all shown
NEAREST: Final = 6
MOST_PARTS: Final = 30

Place = tuple[UUID, UUID]  # criterion, application


class Mode(StrEnum):
    """In which order the same pages are walked."""

    CRITERION = "kriterium"
    CANDIDATE = "sokande"


def mode_of(text: str) -> Mode:
    """The mode an address names; unknown words give the usual one."""
    return Mode.CANDIDATE if text == Mode.CANDIDATE else Mode.CRITERION


def walk(criteria: Sequence[UUID], applications: Sequence[UUID], mode: Mode) -> list[Place]:
    """All pages in order."""
    if mode is Mode.CANDIDATE:
        return [(criterion, application) for application in applications for criterion in criteria]
    return [(criterion, application) for criterion in criteria for application in applications]


def next_missing(pages: Sequence[Place], scored: Collection[Place], after: Place | None = None) -> Place | None:
    """The next page without a score, from the one after ``after`` round to it; what is skipped comes back last."""
    start = pages.index(after) + 1 if after in pages else 0
    turned = [*pages[start:], *pages[:start]]
    return next((page for page in turned if page not in scored and page != after), None)


def around(order: Sequence[UUID], here: UUID) -> Sequence[UUID]:
    """The part of a queue that is shown: all of a short one, of a long one the nearest on both sides."""
    if len(order) <= SHORT or here not in order:
        return order[:SHORT]
    first = min(max(0, order.index(here) - NEAREST), len(order) - 2 * NEAREST - 1)
    return order[first : first + 2 * NEAREST + 1]


def bar_of(done: int, total: int) -> tuple[int, int]:
    """Parts done and parts in all of a bar, which has no more than can be told apart."""
    parts = min(total, MOST_PARTS)
    return (done * parts // total if total else 0), parts


def neighbour(pages: Sequence[Place], of: Place, by: int) -> Place | None:
    """The page ``by`` steps away, scored or not; None beyond the ends."""
    at = pages.index(of) + by
    return pages[at] if 0 <= at < len(pages) else None
