"""Days and small numbers as Swedish sentences write them. No locale, no library: the same text on every machine."""

import re
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
