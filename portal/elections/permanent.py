"""When a party's fixed-term employment turns permanent by itself: LAS (1982:80) 5 a §."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from portal.refusal import N_, Refusal
from portal.swedish_dates import years_after

RULE_APPLIES_FROM: Final = date(2022, 10, 1)  # särskild visstidsanställning, SFS 2022:835 and 2022:836
FRAME_YEARS: Final = 5  # before the first day: what of earlier employments counts
TWELVE_OF_THIRTY: Final = timedelta(days=12 * 30)
STAND_IN_TIME: Final = timedelta(days=2 * 365)  # a year is 365 days, leap years too: AD 2019 nr 56


class EarlierDaysImpossible(Refusal):
    """The earlier days are negative, or more than the five years hold."""

    text = N_("De fem åren före första dagen rymmer 0 till %(most)s dagar. Ange hur många av dem som var anställning.")
    field = "earlier_days"


class Form(StrEnum):
    """How a party employs, in the words of an ad."""

    SPECIAL = "visstid"  # särskild visstidsanställning
    STAND_IN = "vikariat"
    PERMANENT = "tillsvidare"

    @classmethod
    def of(cls, word: str) -> "Form":
        """The form of a word; what says nothing of it is särskild visstid."""
        return next((one for one in cls if one == word), cls.SPECIAL)


def permanent_on(starts: date, earlier_days: int = 0, *, form: Form = Form.SPECIAL) -> date | None:
    """The first day on which the time in särskild visstidsanställning is more than twelve months in all; of a stand-in, on
    which the time as one is more than two years.

    ``starts`` is the first day of an unbroken employment with the same employer; ``earlier_days`` the calendar days
    in särskild visstidsanställning with that employer within the five years before ``starts``. Reckoning:

    - Twelve months are twelve calendar months from ``starts``: 1 September 2025 – 31 August 2026, so the first day
      beyond them is 1 September 2026. From 29 February they run out on 27 February, the earlier of two readings.
    - Two years are 730 days, so a stand-in's first day beyond them is the 731st, wherever they begin (AD 2019 nr 56).
    - Each earlier day takes one day off their end, or moves their beginning one day back, as if they all lay right before
      ``starts``: a 29 February in only one of the two years makes them differ, and the earlier day holds. Where nothing of
      the months is left, the answer is ``starts`` itself.
    - Earlier days leave the five-year frame as it moves on, but which ones is known only from their dates. They are
      all kept, so no later day than theirs is given. A month of 30 days gives an earlier one: `with_months_of_thirty`.
    - Days between three or more agreements of one calendar month count too (LAS 3 §), and allmän visstid from 1 March 2022
      (SFS 2022:835, transitional provisions): whoever tells the days counts them, and is told so where they are asked for.
    - The other way to a permanent employment in the paragraph, employments that follow on one another, needs dates
      too and is not reckoned here.

    ``earlier_days`` of a stand-in are those as one: days in särskild visstid are none, nor the other way round.

    None where the employment is permanent from the start, or began before the rule (1 October 2022): older terms followed
    other limits.
    Raises EarlierDaysImpossible.
    """
    most = (starts - years_after(starts, -FRAME_YEARS)).days
    if not 0 <= earlier_days <= most:
        raise EarlierDaysImpossible(most=most)
    if starts < RULE_APPLIES_FROM or form is Form.PERMANENT:
        return None
    before = timedelta(days=earlier_days)
    if form is Form.STAND_IN:
        return max(starts, starts + STAND_IN_TIME - before)
    return max(starts, min(years_after(starts, 1) - before, years_after(starts - before, 1)))


def with_months_of_thirty(starts: date, earlier_days: int = 0) -> date:
    """The first day beyond twelve months in särskild visstidsanställning where each month is of 30 days: 360 days in all.

    AD 2019 nr 56 counts years as 365 days, and says of months that what the law was made from takes them as 30; of twelve
    months in one stretch nobody has said which holds. What ends before `permanent_on` may be permanent from this day.
    """
    return max(starts, starts + TWELVE_OF_THIRTY - timedelta(days=earlier_days))
