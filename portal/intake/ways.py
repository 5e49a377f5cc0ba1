"""By which way an application came, when it then arrived, and how a consent was given. PURE."""

from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from portal.refusal import Refusal
from portal.swedish_dates import swedish_day

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class Way(StrEnum):
    """How it came."""

    POST = "post"
    MAIL = "mail"
    HAND = "hand"


WAYS = {Way.POST: "Med post", Way.MAIL: "Med e-post", Way.HAND: "Lämnad på plats"}


class Consent(StrEnum):
    """How a party was given the consent that it must have (GDPR art. 9.2 a)."""

    FORM = "form"
    LETTER = "letter"


CONSENTS = {
    Consent.FORM: "En undertecknad blankett, som jag lägger till",
    Consent.LETTER: "I det som kom: den sökande skriver själv att hen samtycker",
}


class DayNotYet(Refusal):
    """A day that has not been."""

    text = "Den dagen har inte varit än. Skriv dagen då ansökan kom."
    field = "day"


class DayBeforeAd(Refusal):
    """Before the ad was there to be answered."""

    text = "Annonsen publicerades %(published)s. Skriv dagen då ansökan kom, tidigast den dagen."
    field = "day"


class ConsentBeforeAd(DayBeforeAd):
    """Nobody can agree to what there is not yet."""

    text = "Annonsen publicerades %(published)s. Skriv dagen då den sökande samtyckte, tidigast den dagen."
    field = "consent_day"


def arrived_at(on: date, *, published_at: datetime, at: datetime) -> datetime:
    """The instant at which an application counts as arrived that came some time on ``on``: noon, but neither before the ad
    was published nor after now. Raises `DayNotYet`, `DayBeforeAd`."""
    published_on = published_at.astimezone(STOCKHOLM).date()
    if on > at.astimezone(STOCKHOLM).date():
        raise DayNotYet
    if on < published_on:
        raise DayBeforeAd(published=swedish_day(published_on))
    return max(published_at, min(datetime.combine(on, time(12), STOCKHOLM), at))
