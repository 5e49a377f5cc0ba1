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

    OFFER = "offer"
    SIGNATURES = "signatures"


@dataclass(frozen=True, slots=True)
class Awaited:
    """One employment whose contract not all have signed. ``title`` is the ad's: no name."""

    employment_id: UUID
    title: str
    lacking: Lacking
    day: date


def offer_by(decided: date, starts: date) -> date:
    """The day to have offered a contract: two weeks before the work begins, never before it was decided."""
    return max(decided, starts - OFFER_BEFORE)
