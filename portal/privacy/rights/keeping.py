"""What is kept of an application though its candidate wants it gone, why, and until when. PURE."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from portal.applications.consent import OWN_WORDS
from portal.contracts.decision.appeal import weekday_from
from portal.refusal import N_
from portal.swedish_dates import months_after
from portal.swedish_holidays import holidays_from

# Consents that said nothing of keeping: whoever gave one is erased on their word.
PROMISED_ERASURE = frozenset({"", "1", OWN_WORDS})
NOT_FURTHER = "gar_inte_vidare"


class Kept(StrEnum):
    """Why it is not erased at the candidate's word."""

    EMPLOYMENT = "employment"  # GDPR art. 6.1 b, 17.3 b
    RECORD = "record"  # art. 17.3 b and d, TF 2:4, arkivlagen (1990:782) 3 §
    HOLD = "hold"  # art. 17.3 e: somebody has made a claim
    CLAIMS = "claims"  # the same: a claim can still be made (diskrimineringslagen 6:4)


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides it. ``hold`` says that there is a legal hold, ``alone`` that the time for claims is over and only the
    candidate's consent to be asked later keeps it."""

    by_authority: bool
    employed: bool
    hold: bool
    decided_as: str
    consent_version: str
    alone: bool = False


def kept_because(facts: Facts) -> Kept | None:
    """The first reason that holds; None where the candidate decides alone.

    A claim can be made by whoever was told that they do not go further. Nobody has been refused who withdraws before.
    """
    if facts.employed:
        return Kept.EMPLOYMENT
    if facts.by_authority:
        return Kept.RECORD
    if facts.hold:
        return Kept.HOLD
    told_no = facts.decided_as == NOT_FURTHER and not facts.alone
    return Kept.CLAIMS if told_no and facts.consent_version not in PROMISED_ERASURE else None


def kept_until(day: date, months: int) -> date:
    """The last day it is kept, so many months after a day: that of the same number, all of it, or where nobody can bring a
    claim on that day the next on which they can (lag (1930:173) 1-2 §§)."""
    last = months_after(day, months)
    return weekday_from(last, holidays_from(last))


WHY: Final = MappingProxyType(
    {
        Kept.EMPLOYMENT: N_(
            "Du är eller har varit anställd, och ansökan hör till anställningen. Den sparas så länge uppgifterna behövs för "
            "den."
        ),
        Kept.RECORD: N_(
            "Ansökan är en allmän handling. En myndighet får inte radera den för att någon ber om det, utan "
            "gallrar den när tiden är ute enligt myndighetens beslut."
        ),
        Kept.HOLD: N_(
            "Någon har fört fram ett rättsligt krav som rör rekryteringen. Ansökan måste finnas kvar tills det är avgjort."
        ),
        Kept.CLAIMS: N_(
            "Du har fått besked att du inte går vidare. Så länge någon kan kräva att rekryteringen prövas enligt "
            "diskrimineringslagen måste partiet kunna visa hur den gick till."
        ),
    }
)  # fmt: skip
OF_THEM: Final = MappingProxyType(
    {
        **WHY,
        Kept.EMPLOYMENT: (
            "Den sökande är eller har varit anställd, och ansökan hör till anställningen. Den sparas så länge uppgifterna "
            "behövs för den."
        ),
        Kept.CLAIMS: (
            "Den sökande har fått besked att hen inte går vidare. Så länge någon kan kräva att rekryteringen prövas enligt "
            "diskrimineringslagen måste partiet kunna visa hur den gick till."
        ),
    }
)  # the same to the office, of a candidate
