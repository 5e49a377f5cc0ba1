"""What a candidate can ask for about their own data, what can come of it, and by when it is answered. PURE."""

from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from portal.applications.own_requests import WAYS as WAYS
from portal.applications.own_requests import WORDS as WORDS
from portal.applications.own_requests import Kind as Kind
from portal.applications.own_requests import Way as Way
from portal.refusal import N_
from portal.swedish_dates import months_after
from portal.swedish_holidays import SATURDAY, holidays_from


class Result(StrEnum):
    """What came of it."""

    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"


RESULTS: Final = MappingProxyType(
    {
        Result.DONE: N_("Har gjorts"),
        Result.PARTLY: N_("Har gjorts till en del"),
        Result.REFUSED: N_("Har inte gjorts"),
    }
)
ASKED: Final = (
    Kind.CORRECTION,
    Kind.ERASURE,
    Kind.RESTRICTION,
    Kind.OBJECTION,
    Kind.COPY,
)  # by the candidate, in words
WORDLESS: Final = frozenset({Kind.COPY, Kind.ERASURE})  # what needs no reason, and is understood without a word
REGISTERED: Final = (Kind.COPY, Kind.CORRECTION, Kind.CONSENT, Kind.ERASURE, Kind.RESTRICTION, Kind.OBJECTION)
LEAVING: Final = frozenset({Kind.CONSENT, Kind.ERASURE})  # what taking the application back answers
EXTENDABLE: Final = frozenset(ASKED)  # GDPR art. 12.3; merits are given "skyndsamt", which nothing lengthens
LONGEST_TEXT: Final = 4_000  # characters

MONTHS, MONTHS_MORE = 1, 2  # GDPR art. 12.3
MERITS_WITHIN_WEEKS: Final = 2  # promised; the law says no time, only that a written answer is owed


def answer_by(kind: Kind, on: date) -> date:
    """The last day for an answer to what was asked for on a day."""
    if kind is Kind.MERITS:
        return date.fromordinal(on.toordinal() + 7 * MERITS_WITHIN_WEEKS)
    return _working_day_from(months_after(on, MONTHS))


def extended_to(on: date) -> date:
    """The last day there can be, counted from the day on which it was asked for."""
    return _working_day_from(months_after(on, MONTHS + MONTHS_MORE))


def _working_day_from(day: date) -> date:
    """The day itself, or where it is a Saturday, a Sunday or a holiday the next working day (regulation 1182/71 art. 3.4, by
    which the times of the GDPR are counted). The three eves, which lag (1930:173) adds, are none of its holidays."""
    holidays = holidays_from(day)
    while day.weekday() >= SATURDAY or day in holidays:
        day += timedelta(days=1)
    return day
