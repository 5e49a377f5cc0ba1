"""What is to be done about an employment's contract, on which day, so that all have signed when the work begins."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

# No law says when a contract is offered. Two weeks leave time to read it and for two or three to sign in turn.
OFFER_BEFORE: Final = timedelta(days=14)


class Lacking(StrEnum):
    """What the contract lacks."""

    WORD = "word"  # the candidate has taken the application back before they were told
    OFFER = "offer"
    SIGNATURES = "signatures"


@dataclass(frozen=True, slots=True)
class Awaited:
    """One employment whose contract not all have signed. ``title`` is the ad's: no name."""

    employment_id: UUID
    title: str
    lacking: Lacking
    day: date


def lacking_of(*, offered: bool, accepted: bool, left: bool) -> Lacking:
    """The first thing. Whoever has ``left`` and accepts the contract comes all the same."""
    if left and not accepted:
        return Lacking.WORD
    return Lacking.SIGNATURES if offered else Lacking.OFFER


def offer_by(decided: date, starts: date) -> date:
    """The day to have offered a contract: two weeks before the work begins, never before it was decided."""
    return max(decided, starts - OFFER_BEFORE)


def day_of(what: Lacking, decided: date, starts: date, on: date) -> date:
    """The day on which it is to be done, of an employment decided and begun on these; ``on`` where it is due at once."""
    if what is Lacking.WORD:
        return min(on, starts)
    return offer_by(decided, starts) if what is Lacking.OFFER else starts
