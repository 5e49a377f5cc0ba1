"""When a step of the first days is due, what is late, and on which mornings the office is reminded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

MOST_DAYS: Final = 365  # from the first day of work, either way
AT_START: Final = 0  # a step of which the rules say no day is to be done when the work begins
BEFORE: Final = timedelta(days=3)  # there is still time to ask somebody
AFTER: Final = timedelta(days=1)
AT_MOST_AFTER: Final = timedelta(days=7)  # looked at anew: the first day of work may have been moved meanwhile
SOON: Final = timedelta(days=14)  # from then on it stands on the desk


class Stand(StrEnum):
    """Where one step stands."""

    LEFT = "left"
    LATE = "late"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Due:
    """The steps of one employment that are to be done by one day."""

    day: date
    count: int


def due_on(starts: date, days: int) -> date:
    """The last day for a step."""
    return starts + timedelta(days=days)


def stand_of(due: date, *, done: bool, skipped: bool, on: date) -> Stand:
    """Where a step with this day stands."""
    if done:
        return Stand.DONE
    if skipped:
        return Stand.SKIPPED
    return Stand.LATE if due < on else Stand.LEFT


def mornings(dues: Iterable[date]) -> list[date]:
    """The mornings on which what is left by these days is reminded of, the first first: some days before, and when late."""
    return sorted({morning for due in dues for morning in (due - BEFORE, due + AFTER)})


def morning_in_force(dues: Iterable[date], on: date) -> date | None:
    """The latest of them that has come. So a worker that was away for several sends one mail."""
    return next((morning for morning in reversed(mornings(dues)) if morning <= on), None)


def next_look(dues: Iterable[date], on: date) -> date | None:
    """The day after ``on`` to look at the list again; None where nothing is left."""
    coming = mornings(dues)
    if not coming:
        return None
    return min(next((morning for morning in coming if morning > on), on + AT_MOST_AFTER), on + AT_MOST_AFTER)


def first_dues(dues: Iterable[date], on: date) -> list[Due]:
    """What is late, or due soon, by day."""
    shown = sorted(due for due in dues if due <= on + SOON)
    return [Due(day, shown.count(day)) for day in sorted(set(shown))]
