"""What a candidate can ask for about their own data, by which way it comes, and what such a request says as a record. PURE.

The rules of it are the feature's (`privacy.rights`); the words are here, for the register of an authority reads them too.
"""

from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from portal.clock import STOCKHOLM, is_noon
from portal.refusal import N_
from portal.swedish_dates import swedish_day


class Kind(StrEnum):
    """What is asked for. `CONTACT` is no question: the candidate has changed it, and the row says so."""

    COPY = "copy"  # GDPR art. 15
    CORRECTION = "correction"  # art. 16
    ERASURE = "erasure"  # art. 17
    RESTRICTION = "restriction"  # art. 18
    OBJECTION = "objection"  # art. 21
    MERITS = "merits"  # diskrimineringslagen (2008:567) 2:4
    CONTACT = "contact"
    CONSENT = "consent"  # art. 7.3, said to the office: on their own page the candidate takes it back themself


class Way(StrEnum):
    """By which way it came to the staff; empty for what the candidate asked on their own page."""

    LETTER = "letter"
    TELEPHONE = "telephone"
    VISIT = "visit"


WORDS: Final = MappingProxyType(
    {
        Kind.COPY: N_("Kopia av uppgifterna"),
        Kind.CORRECTION: N_("Rättelse"),
        Kind.ERASURE: N_("Radering"),
        Kind.RESTRICTION: N_("Uppgifterna ska inte få användas en tid (begränsning)"),
        Kind.OBJECTION: N_("Invändning mot hur uppgifterna används"),
        Kind.MERITS: N_("Uppgift om meriter"),
        Kind.CONTACT: N_("Ändrade kontaktuppgifter"),
        Kind.CONSENT: N_("Samtycket tas tillbaka"),
    }
)
WAYS: Final = MappingProxyType(
    {Way.LETTER: N_("Brev eller mejl"), Way.TELEPHONE: N_("Telefon"), Way.VISIT: N_("Besök")}
)


def request_place(request_id: UUID, column: str) -> str:
    """What a sealed text of a request is bound to: text, extension or answer."""
    return f"candidate_request.{column}|{request_id}"


def asked_in_words(*, kind: str, made_at: datetime, came_by: str, text: str) -> str:
    """What came in, as the register shows it: what is asked for, the day, and the candidate's words where there are any, or
    those of whoever of the staff wrote it down."""
    way = f" ({WAYS[Way(came_by)].lower()}, nedtecknat av den som tog emot det)" if came_by else ""
    head = f"{WORDS[Kind(kind)]}\nBegärt den {day_of(made_at)}{way}"
    return f"{head}\n\n{text}" if text else head


def is_by_day(came_by: str, made_at: datetime) -> bool:
    """Whether of when it was asked the day alone is known: the staff registered it, or it is joined with one that they did,
    whose noon it counts from (`clock.is_noon`)."""
    return bool(came_by) or is_noon(made_at)


def day_of(at: datetime) -> str:
    """The day in Stockholm, as the register writes it."""
    return swedish_day(at.astimezone(STOCKHOLM).date())
