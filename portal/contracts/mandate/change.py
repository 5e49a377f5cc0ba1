"""A change of mandate: the election, the last day that employments of the old term can have, and the new term's first day.

PURE. Every day follows from the table of elections, so a change years ahead is the same as this year's.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from portal.elections.board import latest_board_day
from portal.elections.calendar import FIRST_TERM_FROM_15_OCTOBER, Election, elections, term_start

NEXT: Final = timedelta(days=1)


class Phase(StrEnum):
    """How near the change is."""

    FAR = "far"  # more than half a year to its last day
    BEFORE = "before"  # the election has not been held: nobody can be decided for the new term
    AFTER = "after"  # it has: the new term can be decided
    OVER = "over"  # the new term has begun


@dataclass(frozen=True, slots=True)
class Change:
    """The change after one election. ``following`` is None where the next election is beyond the table."""

    election: Election
    following: Election | None

    @property
    def last(self) -> date:
        """31 December of the election year."""
        return date(self.election.year, 12, 31)

    @property
    def first(self) -> date:
        """The day after: the first of the new term."""
        return self.last + NEXT

    @property
    def ends(self) -> date | None:
        """The last day of the new term, where the table of elections has it."""
        return date(self.following.year, 12, 31) if self.following else None

    @property
    def told_from(self) -> date:
        """Half a year before the last day."""
        return date(self.election.year, 7, 1)

    @property
    def decided_from(self) -> date:
        """From when somebody can be decided for the new term: the day after the election (KL 4:33)."""
        return self.election.day + NEXT

    @property
    def council(self) -> date:
        """The new fullmäktige's first day."""
        return term_start(self.election)

    @property
    def board_at_latest(self) -> date:
        """The new board's first day where nothing else has been decided."""
        return latest_board_day(self.election)

    @property
    def words(self) -> str:
        """The new term, as people write it."""
        return f"{self.first.year}–{self.following.year}" if self.following else f"från {self.first.year}"

    def phase(self, on: date) -> Phase:
        """How near it is on a day."""
        if on > self.last:
            return Phase.OVER
        if on >= self.decided_from:
            return Phase.AFTER
        return Phase.BEFORE if on >= self.told_from else Phase.FAR

    def days_left(self, on: date) -> int:
        """Days from ``on`` to the last day; none once it has passed."""
        return max(0, (self.last - on).days)


def changes() -> tuple[Change, ...]:
    """Every change that the table of elections knows, from the first whose new fullmäktige began on 15 October."""
    held = elections(first=FIRST_TERM_FROM_15_OCTOBER)
    return tuple(Change(one, after) for one, after in zip(held, (*held[1:], None), strict=True))


def change_at(on: date) -> Change | None:
    """The change that comes, or is going on: the first whose last day has not passed. None beyond the table."""
    return next((one for one in changes() if one.last >= on), None)


def change_of(year: int) -> Change | None:
    """The change of one election year; None where there is no such election."""
    return next((one for one in changes() if one.election.year == year), None)
