"""Which of an employer's rules on how long applications are kept holds on a day. PURE."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, Protocol, TypeVar

USUAL_MONTHS: Final = 24  # within which a claim of discrimination can be made (diskrimineringslagen 6:4)


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
