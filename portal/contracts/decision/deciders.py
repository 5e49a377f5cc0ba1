"""Who can decide on an employment, and by what right: kommunallagen 6:37 and 7:5, or the party's own rules."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from portal.posts.employer_model import Employer


class Decider(StrEnum):
    """What whoever decided is. The first five decide for an authority, the others for a party."""

    BOARD = "board"  # styrelsen itself, which needs nobody's delegation and reports to nobody
    COMMITTEE = "committee"
    MEMBER = "member"
    GROUP_LEADER = "group_leader"
    EMPLOYEE = "employee"
    PARTY_BOARD = "party_board"
    PARTY_GROUP = "party_group"
    PARTY_PERSON = "party_person"


class Seat(StrEnum):
    """A gruppledare's own seat in the board (styrelsen) that has delegated."""

    MEMBER = "member"
    DEPUTY = "deputy"
    NONE = "none"


NAMES: Final[Mapping[Decider, str]] = {
    Decider.BOARD: "Styrelsen själv",
    Decider.COMMITTEE: "Presidiet eller ett utskott",
    Decider.MEMBER: "Ledamot eller ersättare i styrelsen",
    Decider.GROUP_LEADER: "Gruppledare",
    Decider.EMPLOYEE: "Enhetschef eller annan anställd",
    Decider.PARTY_BOARD: "Partiets styrelse",
    Decider.PARTY_GROUP: "Partigruppen",
    Decider.PARTY_PERSON: "Någon som partiet har utsett",
}
SEATS: Final[Mapping[Seat, str]] = {
    Seat.MEMBER: "Ledamot",
    Seat.DEPUTY: "Ersättare",
    Seat.NONE: "Varken ledamot eller ersättare",
}
OF: Final[Mapping[Employer, tuple[Decider, ...]]] = {
    Employer.AUTHORITY: (
        Decider.GROUP_LEADER,
        Decider.BOARD,
        Decider.COMMITTEE,
        Decider.MEMBER,
        Decider.EMPLOYEE,
    ),
    Employer.PARTY: (Decider.PARTY_BOARD, Decider.PARTY_GROUP, Decider.PARTY_PERSON),
}


def decides_by_delegation(decider: Decider) -> bool:
    """Whether the decision needs a delegation point, and is to be reported or minuted by itself (KL 6:40)."""
    return decider in OF[Employer.AUTHORITY] and decider is not Decider.BOARD


def as_words(who: str, decider: Decider, seat: Seat | None, delegation: str, number: str) -> str:
    """A decision in one line of a contract: "Gunnel Sundvall (gruppledare, ledamot i styrelsen), Delegationsordningen 4.2,
    beslut D 12/2026". What nobody wrote is left out; a body named as what it is stands once."""
    what = shown(decider, seat)
    name = who if who.casefold() == what.casefold() else f"{who} ({what[:1].lower()}{what[1:]})"
    return ", ".join(part for part in (name, delegation, f"beslut {number}" if number else "") if part)


def shown(decider: Decider, seat: Seat | None) -> str:
    """What whoever decided is, as one line: "Gruppledare, ersättare i styrelsen"."""
    name = NAMES[decider]
    return f"{name}, {SEATS[seat].lower()} i styrelsen" if seat in (Seat.MEMBER, Seat.DEPUTY) else name
