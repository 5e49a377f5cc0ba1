"""When a code from the app is asked for once more, though somebody is logged in (ASVS 7.5.3): before what a thief of a
log-in would come for. PURE."""

from datetime import datetime, timedelta
from enum import StrEnum

FRESH = timedelta(minutes=15)


class Reason(StrEnum):
    """What a code is asked for, as the address of the page says it."""

    FILE = "fil"  # taken away: many people at once, or all that is known of one
    DELETION = "radering"  # of people's data, and what has held it back
    ACCESS = "uppdrag"  # who comes in, and as what
    READING = "lasning"  # the papers of many candidates within an hour


SENTENCES = {
    Reason.FILE: "Du är på väg att hämta en fil med uppgifter om människor.",
    Reason.DELETION: "Det du är på väg att göra kan ta bort uppgifter om människor för gott.",
    Reason.ACCESS: "Du är på väg att ändra vem som kommer in i portalen, eller vad någon får göra här.",
    Reason.READING: "Du har öppnat handlingar från 30 sökande den senaste timmen. Skriv koden, så kan du läsa 30 till.",
}
_LONG_AGO = (
    "Det var mer än en kvart sedan du skrev en kod. Vi frågar igen, så att ingen annan kan göra det i ditt namn."
)
WHY = dict.fromkeys(Reason, _LONG_AGO) | {
    Reason.READING: "Du har inte gjort något fel. Vi frågar så att den som har kommit över någons inloggning inte kan läsa "
    "alla sökandes handlingar."
}


def stands(code_at: datetime, at: datetime) -> bool:
    """Whether a code given at ``code_at`` (the log-in's own is one) is still enough at ``at``."""
    return at < code_at + FRESH


def read_reason(text: str) -> Reason:
    """The reason that an address names; the plainest for anything else."""
    return Reason(text) if text in set(Reason) else Reason.ACCESS
