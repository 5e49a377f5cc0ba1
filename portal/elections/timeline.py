"""The days that an employment's limit is seen against: today, election day, the new fullmäktige's first day, 31 December."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.elections.calendar import FIRST_TERM_FROM_15_OCTOBER, Election, term_start

TODAY: Final = "I dag"
ELECTION: Final = "Val i hela landet"
TERM: Final = "Nya fullmäktige tillträder"
LAST: Final = "Sista möjliga dag"
POLICY: Final = "Utgångsläget"  # the same day where a party employs, which may be passed: KL 4:33 binds no party


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day and what it is, in Swedish."""

    label: str
    day: date


def timeline(*, today: date, election: date, latest_end: date, by_law: bool = True) -> tuple[Milestone, ...]:
    """The days in order. An election before 2014 has no first day of the term that was the same everywhere.

    ``by_law``: ``latest_end`` is the law's last day, and no policy's.
    """
    days = [(TODAY, today), (ELECTION, election), (LAST if by_law else POLICY, latest_end)]
    if election.year >= FIRST_TERM_FROM_15_OCTOBER:
        days.append((TERM, term_start(Election(election, source=""))))
    return tuple(sorted((Milestone(label, day) for label, day in days), key=lambda one: one.day))
