"""When a first day, earlier days, an extent or a stand-in were put right, as the log says: how it was recorded is changed by
no act."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from portal.audit.queries import reasons_about
from portal.clock import STOCKHOLM
from portal.contracts.models import Employment

CORRECTED: Final = "employment.first_day_corrected"
RESIZED: Final = "employment.extent_corrected"
RECOUNTED: Final = "employment.earlier_days_corrected"
STOOD_IN: Final = "employment.stand_in_corrected"
_TO, _AND, _NONE = " → ", ", ", "–"
_SAYS: Final = {True: "ja", False: "nej"}


@dataclass(frozen=True, slots=True)
class Moved:
    """The first day and the end as they stood and as they were put right; an end None: until further notice."""

    on: date
    starts: tuple[date, date]
    ends: tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Resized:
    """The extent in per cent of full time as it stood and as it was put right."""

    on: date
    percent: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Recounted:
    """The earlier days at the party as they stood and as they were put right."""

    on: date
    days: tuple[int, int]


@dataclass(frozen=True, slots=True)
class StoodIn:
    """Whether it was a stand-in as it stood and as it was put right; where it is both, it is for another."""

    on: date
    is_one: tuple[bool, bool]


Corrected = Moved | Resized | Recounted | StoodIn


def moved_in_words(former: tuple[date, date | None], now: tuple[date, date | None]) -> str:
    """The days, as a line of the log has them."""
    return _AND.join(_day(old) + _TO + _day(new) for old, new in zip(former, now, strict=True))


def changed_in_words(former: int, now: int) -> str:
    """The same of an extent, or of earlier days."""
    return f"{former}{_TO}{now}"


def stood_in_words(former: bool, now: bool) -> str:
    """The same of a stand-in."""
    return f"{_SAYS[former]}{_TO}{_SAYS[now]}"


def corrections_of(session: Session, row: Employment) -> list[Corrected]:
    """Each time, in order."""
    made: dict[str, Callable[[date, str], Corrected]] = {
        CORRECTED: _moved,
        RESIZED: _resized,
        RECOUNTED: _recounted,
        STOOD_IN: _stood_in,
    }
    return [
        made[verb](at.astimezone(STOCKHOLM).date(), said)
        for at, verb, said in reasons_about(session, row.party_id, tuple(made), row.id)
    ]


def _resized(on: date, said: str) -> Resized:
    return Resized(on, _numbers(said))


def _recounted(on: date, said: str) -> Recounted:
    return Recounted(on, _numbers(said))


def _stood_in(on: date, said: str) -> StoodIn:
    was, became = said.split(_TO)
    return StoodIn(on, (was == _SAYS[True], became == _SAYS[True]))


def _numbers(said: str) -> tuple[int, int]:
    was, became = said.split(_TO)
    return int(was), int(became)


def _moved(on: date, said: str) -> Moved:
    first, last = (part.split(_TO) for part in said.split(_AND))
    was, became = (date.fromisoformat(day) for day in first)
    before, after = (None if day == _NONE else date.fromisoformat(day) for day in last)
    return Moved(on, (was, became), (before, after))


def _day(day: date | None) -> str:
    return day.isoformat() if day else _NONE
