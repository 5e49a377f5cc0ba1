"""Days and small numbers as Swedish sentences write them, and months and years on as the law counts them. No locale, no
library: the same on every machine."""

import re
from calendar import monthrange
from datetime import date
from typing import Final

NBSP: Final = "\u00a0"
FIRST_DAY: Final = date(2020, 1, 1)  # the days that forms take
LAST_DAY: Final = date(2050, 12, 31)
MONTHS: Final = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
WEEKDAYS: Final = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAY: Final = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(MONTHS + ENGLISH_MONTHS)})(?: \d{{4}})?\b")
NUMBERS: Final = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def swedish_day(day: date) -> str:
    """The day as text: "31 december 2030"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def shown_day(day: date) -> str:
    """The same for a page, with spaces that do not break: not for what is compared, filed or sent."""
    return swedish_day(day).replace(" ", NBSP)


def months_after(day: date, months: int) -> date:
    """The day of the same number so many months later (earlier, where negative), or the last of that month: from 31 January
    one month is 28 or 29 February (regulation 1182/71 art. 3.2 c). Raises ValueError beyond the years 1 to 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_after(day: date, years: int) -> date:
    """The same day of another year, earlier where ``years`` is negative; 29 February is 28 February where there is none."""
    return months_after(day, 12 * years)


def with_whole_days(text: str) -> str:
    """A sentence for a page, Swedish or English, each of its days as `shown_day` has it, whoever made it or stored it."""
    return _DAY.sub(lambda found: found[0].replace(" ", NBSP), text)


def swedish_weekday_day(day: date) -> str:
    """The day with its weekday: "fredag 11 december 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {swedish_day(day)}"


def shown_weekday_day(day: date) -> str:
    """The same for a page, as `shown_day`; after the weekday a line may end."""
    return f"{WEEKDAYS[day.weekday()]} {shown_day(day)}"


def in_words(number: int, *, neuter: bool = False) -> str:
    """A count as running text has it: words up to twelve, then figures.

    ``neuter`` chooses *ett* before *CV* or *brev*; only the number one differs.
    """
    if number == 1 and neuter:
        return "ett"
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)
