"""When a first day was put right, as the log says: it changes how the employment was recorded, and is no act on it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from portal.audit.queries import reasons_about
from portal.clock import STOCKHOLM
from portal.contracts.models import Employment

CORRECTED: Final = "employment.first_day_corrected"
_TO, _AND, _NONE = " → ", ", ", "–"


@dataclass(frozen=True, slots=True)
class Moved:
    """The first day and the end as they stood and as they were put right; an end None: until further notice."""

    on: date
    starts: tuple[date, date]
    ends: tuple[date | None, date | None]


def moved_in_words(former: tuple[date, date | None], now: tuple[date, date | None]) -> str:
    """The days, as a line of the log has them."""
    return _AND.join(_day(old) + _TO + _day(new) for old, new in zip(former, now, strict=True))


def corrections_of(session: Session, row: Employment) -> list[Moved]:
    """Each time, in order."""
    return [
        _read(at.astimezone(STOCKHOLM).date(), said)
        for at, said in reasons_about(session, row.party_id, CORRECTED, row.id)
    ]


def _read(on: date, said: str) -> Moved:
    first, last = (part.split(_TO) for part in said.split(_AND))
    was, became = (date.fromisoformat(day) for day in first)
    before, after = (None if day == _NONE else date.fromisoformat(day) for day in last)
    return Moved(on, (was, became), (before, after))


def _day(day: date | None) -> str:
    return day.isoformat() if day else _NONE
