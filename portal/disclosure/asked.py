"""Which lines of the register are asked for. PURE."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from portal.clock import STOCKHOLM

HIGHEST = 2**31 - 1  # that the column holds


@dataclass(frozen=True, slots=True)
class Asked:
    """The days (both are meant, in Stockholm), one case (an ad); None: all. ``before`` is a number that the lines come
    before."""

    since: date | None = None
    until: date | None = None
    ad_id: UUID | None = None
    before: int | None = None

    @property
    def first(self) -> datetime | None:
        """The instant at which the first day begins."""
        return _midnight(self.since) if self.since else None

    @property
    def end(self) -> datetime | None:
        """The instant at which the last day is over."""
        return _midnight(self.until + timedelta(days=1)) if self.until else None

    @property
    def below(self) -> int | None:
        """``before`` as the column can be asked."""
        return None if self.before is None else max(0, min(self.before, HIGHEST))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), STOCKHOLM)


def id_of(text: str | None) -> UUID | None:
    """The id that a text is; None where it is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
