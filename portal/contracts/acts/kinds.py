"""What can be done to an employment, and which of what was done still stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol


class Kind(StrEnum):
    """``RECORDED`` is how it was when it began: written down with the first act, so that the act has something before it."""

    RECORDED = "recorded"
    EXTENSION = "extension"
    EARLY_END = "early_end"
    NOTICE = "notice"
    NEVER_BEGAN = "never_began"
    TAKEN_BACK = "taken_back"


class By(StrEnum):
    """Who gives notice."""

    EMPLOYER = "employer"
    EMPLOYEE = "employee"


WORDS: Final[Mapping[Kind, str]] = {
    Kind.RECORDED: "Registrerad",
    Kind.EXTENSION: "Förlängning",
    Kind.EARLY_END: "Slutar i förtid",
    Kind.NOTICE: "Uppsägning",
    Kind.NEVER_BEGAN: "Blir inte av",
    Kind.TAKEN_BACK: "Återtagande",
}
BY_WHOM: Final[Mapping[By, str]] = {By.EMPLOYER: "av arbetsgivaren", By.EMPLOYEE: "av den anställde"}


DECISIONS: Final[Mapping[Kind, str]] = {
    Kind.EXTENSION: "förlängningen",
    Kind.EARLY_END: "avslutet i förtid",
    Kind.NOTICE: "uppsägningen",
    Kind.NEVER_BEGAN: "att anställningen inte blir av",
}


class Row(Protocol):
    """One act, as much as is needed to tell what stands."""

    number: int
    kind: str
    takes_back: int | None
    starts_on: date
    decided_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """An employment as its acts have left it. ``first_days`` are its own first day and that of each extension; ``decided``
    the day of the last act that stands, ``notice`` whether one of those is a notice; ``recorded`` when it was entered.
    ``lasts`` is the day from which it goes on whatever ``ends`` says (LAS 5 a §). ``called_off`` are the days on which it was
    decided that it is not to be, taken back since or not. ``stood_in_days`` are a stand-in's as one before the first day."""

    employer: str
    decided: date
    starts: date
    ends: date | None
    earlier_days: int = 0
    stands_in: bool = False
    stood_in_days: int = 0
    first_days: tuple[date, ...] = ()
    notice: bool = False
    recorded: date | None = None
    lasts: date | None = None
    called_off: tuple[date, ...] = ()


def is_decided(kind: str, notice_by: str | None) -> bool:
    """Whether the act is a decision of the employer's, with somebody who took it; whoever resigns decides of themselves."""
    return kind in DECISIONS and notice_by != By.EMPLOYEE


def still_standing(rows: Sequence[Row]) -> list[Row]:
    """The acts that nobody has taken back, in order; what takes back is no act of these."""
    gone = {row.takes_back for row in rows}
    return [row for row in rows if row.number not in gone and row.kind != Kind.TAKEN_BACK]


def ended_by(rows: Sequence[Row]) -> Row | None:
    """The notice that stands, else the earlier last day that does; None where there is none, or an extension came after."""
    found: Row | None = None
    for row in still_standing(rows):
        if row.kind == Kind.EXTENSION:
            found = None
        elif row.kind == Kind.NOTICE or (row.kind == Kind.EARLY_END and found is None):
            found = row
    return found


def was_ended(rows: Sequence[Row]) -> bool:
    """Whether a notice or an earlier last day is what ends it."""
    return ended_by(rows) is not None


def in_force(rows: Sequence[Row]) -> Row | None:
    """The act whose limit the end keeps to: the last extension that stands, or how it was recorded."""
    lengthened = [row for row in still_standing(rows) if row.kind in (Kind.RECORDED, Kind.EXTENSION)]
    return lengthened[-1] if lengthened else None
