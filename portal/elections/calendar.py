"""When fullmäktige is elected in the whole country, 1970–2050: a table with sources, and the rule it is tested against.

Extra elections and repeated elections concern one fullmäktige and are kept apart: they never count (KL 5:10).
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from portal.refusal import N_, Refusal
from portal.swedish_dates import swedish_day

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2050
FIRST_FOUR_YEAR_TERM: Final = 1994  # every third year until then, every fourth since (KL 5:9, RF 3:3)
FIRST_SECOND_SUNDAY: Final = 2014  # vallagen (2005:837) 1:3 as changed by SFS 2010:1416; third Sunday before
FIRST_TERM_FROM_15_OCTOBER: Final = 2014  # KL 5:9; earlier terms began on other days in different places
TABLE: Final = Path(__file__).with_name("dates.toml")
SUNDAY: Final = 6


class BeyondElectionTable(Refusal):
    """A day or year for which no ordinary election is known. It is refused, never guessed."""

    text = N_("%(asked)s ligger utanför valkalendern, som går från %(first)s till %(last)s. Välj en dag däremellan.")


class NotAnElectionYear(Refusal):
    """The rule has no ordinary election in that year."""

    text = N_("%(year)s är inget valår. Välj ett år med ordinarie val.")


class TermStartUnknown(Refusal):
    """The day a term began before 2014 differed between municipalities and regions."""

    text = N_("Före 2014 började mandatperioden olika dagar på olika håll. Välj valet 2014 eller ett senare.")


@dataclass(frozen=True, slots=True)
class Election:
    """An ordinary election of fullmäktige in the whole country, and where its day is known from."""

    day: date
    source: str

    @property
    def year(self) -> int:
        return self.day.year


@dataclass(frozen=True, slots=True)
class LocalElection:
    """An extra or repeated election (``kind`` "extra val" or "omval") of one fullmäktige. It moves no limit."""

    day: date
    kind: str
    where: str
    source: str


def is_election_year(year: int) -> bool:
    """Whether the rule has an ordinary election in ``year``; false outside 1970–2050, where nothing is claimed."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return False
    if year < FIRST_FOUR_YEAR_TERM:
        return (year - FIRST_YEAR) % 3 == 0
    return (year - FIRST_FOUR_YEAR_TERM) % 4 == 0


def ordinary_election_day(year: int) -> date:
    """The Sunday of September that the rule gives: the second from 2014 on, the third before.

    Vallagen (1972:620) 1:3, vallagen (2005:837) 1:3. Raises BeyondElectionTable or NotAnElectionYear.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BeyondElectionTable(asked=year, first=FIRST_YEAR, last=LAST_YEAR)
    if not is_election_year(year):
        raise NotAnElectionYear(year=year)
    earliest = date(year, 9, 8 if year >= FIRST_SECOND_SUNDAY else 15)
    return earliest + timedelta(days=SUNDAY - earliest.weekday())


def elections(first: int = FIRST_YEAR, last: int = LAST_YEAR) -> tuple[Election, ...]:
    """The ordinary elections of the years ``first`` to ``last``, in order. Raises BeyondElectionTable."""
    for year in (first, last):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise BeyondElectionTable(asked=year, first=FIRST_YEAR, last=LAST_YEAR)
    return tuple(election for election in _ordinary() if first <= election.year <= last)


def next_election(on: date) -> Election:
    """The first ordinary election on or after ``on``; election day itself counts as still ahead.

    Whether that day counts is unsettled in law; the shorter time is always lawful. Raises BeyondElectionTable before
    the year of the first election of the table and after the day of the last.
    """
    table = _ordinary()
    if on.year >= table[0].year:
        for election in table:
            if election.day >= on:
                return election
    opening = date(table[0].year, 1, 1)
    raise BeyondElectionTable(asked=swedish_day(on), first=swedish_day(opening), last=swedish_day(table[-1].day))


def decided_at_earliest(starts: date) -> date:
    """The first day on which an employment can be decided that begins on ``starts``, where an election has to be held
    first: the day after the last one whose year ends before it (KL 4:33)."""
    return elections(last=starts.year - 1)[-1].day + timedelta(days=1)


def local_elections() -> tuple[LocalElection, ...]:
    """Known extra and repeated elections, none of which counts for the limit."""
    return tuple(LocalElection(**row) for row in _table().get("local", []))


def term_start(election: Election) -> date:
    """The first day of the term of the fullmäktige that was elected: 15 October (KL 5:9).

    Not the day styrelsen changes (KL 6:18), often 1 January. Raises TermStartUnknown for elections before 2014.
    """
    if election.year < FIRST_TERM_FROM_15_OCTOBER:
        raise TermStartUnknown
    return date(election.year, 10, 15)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@cache
def _ordinary() -> tuple[Election, ...]:
    return tuple(sorted((Election(**row) for row in _table()["ordinary"]), key=lambda election: election.day))
