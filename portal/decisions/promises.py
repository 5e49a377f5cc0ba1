"""When the office is reminded of a day on which candidates have been told that they will know. PURE."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

BEFORE: Final = timedelta(days=3)
FROM_HOUR: Final = 7  # in Stockholm: nobody is reminded at night


class Reminder(StrEnum):
    """Of one promised day there are two."""

    NEAR = "near"
    PASSED = "passed"


def told_late_from(promised: date) -> date:
    """The day on which the office is told that a promised day has passed, where the worker does not rest."""
    return promised + timedelta(days=1)


def reminder_on(promised: date, on: date) -> Reminder | None:
    """Which of them is due: from three days before up to the day itself, and from the day after it. A day on which the
    worker rested is made good.

    >>> [reminder_on(date(2027, 1, 15), date(2027, 1, day)) for day in (11, 12, 15, 16)]
    [None, <Reminder.NEAR: 'near'>, <Reminder.NEAR: 'near'>, <Reminder.PASSED: 'passed'>]
    """
    if on > promised:
        return Reminder.PASSED
    return Reminder.NEAR if promised - on <= BEFORE else None
