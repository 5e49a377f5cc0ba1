"""Which of an employer's rules on how long applications are kept holds on a day, and what is said of it. PURE."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, NamedTuple, Protocol, TypeVar

from portal.refusal import N_

USUAL_MONTHS: Final = 24  # within which a claim of discrimination can be made (diskrimineringslagen 6:4)
PARTY_RULE: Final = N_("Partiets egen regel")  # what a new party's rests on until it says: its months stand beside it
_MONTHS = re.compile(r"\b(\d{1,3})\s*(?:månad|mån\b)", re.I)


class Retention(NamedTuple):
    """How many months applications are kept, what that rests on, and from which day: months and day None where they are as
    they were, and from to-day."""

    months: int | None
    basis: str
    valid_from: date | None


class Rule(Protocol):
    """One rule, and from which day."""

    @property
    def valid_from(self) -> date: ...
    @property
    def said_at(self) -> datetime: ...


Some = TypeVar("Some", bound=Rule)


def in_force(rules: Iterable[Some], on: date) -> Some | None:
    """The rule with the latest first day that has come; of two with the same day the one said last."""
    known = [rule for rule in rules if rule.valid_from <= on]
    return max(known, key=lambda rule: (rule.valid_from, rule.said_at), default=None)


def other_months(basis: str, months: int | None) -> int | None:
    """The number of months that a basis names where it is another than the one it stands beside: a reader would be told two.
    None where it names none, or that one too."""
    named = [int(number) for number in _MONTHS.findall(basis)]
    return named[0] if named and months is not None and months not in named else None
