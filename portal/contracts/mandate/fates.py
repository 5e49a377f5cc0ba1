"""What a change of mandate means for each employment: who leaves, who has been renewed, who stays, who is new.

PURE. An employment that has ended before the day one looks from (or, looking back, before the change's last day) is gone.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from portal.contracts.mandate.change import Change


class Fate(StrEnum):
    """What becomes of an employment."""

    LEAVES = "leaves"  # ends on 31 December, with nothing after it
    EARLIER = "earlier"  # ends before that, with nothing after it
    NOTICE = "notice"  # somebody has given notice, so it ends on a day of its own
    RENEWED = "renewed"  # another follows on it in the new term
    STAYS = "stays"  # goes on past the year by itself
    NEW = "new"  # begins in the new term and follows on no other


GOING = (Fate.LEAVES, Fate.EARLIER, Fate.NOTICE)


@dataclass(frozen=True, slots=True)
class Held:
    """One employment. ``ends`` None: until further notice. ``renewed`` are first and last day of what follows on it;
    ``lasts_from`` the day from which it goes on whatever ``ends`` says (LAS 5 a §)."""

    id: UUID
    starts: date
    ends: date | None
    percent: int
    renews: UUID | None = None
    renewed: tuple[date, date | None] | None = None
    notice: bool = False
    lasts_from: date | None = None

    @property
    def lasts(self) -> bool:
        """Whether its last day ends nothing, and no other follows on it."""
        return self.lasts_from is not None and self.renewed is None


def fate_of(one: Held, change: Change, *, on: date) -> Fate | None:
    """What the change means for an employment, seen from ``on``; None where it is gone, or follows on another."""
    if one.ends is not None and one.ends < one.starts:
        return None  # was called off before it began
    if one.ends is not None and one.ends < min(on, change.last) and not one.lasts:
        return None
    if one.starts > change.last:
        return None if one.renews else Fate.NEW
    if one.ends is None or one.ends > change.last:
        return Fate.STAYS
    if one.renewed is not None:
        return Fate.RENEWED
    if one.notice:
        return Fate.NOTICE
    return Fate.LEAVES if one.ends == change.last else Fate.EARLIER
