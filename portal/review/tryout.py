"""A made-up candidate to try the scale on, before anything real is opened. Nothing of it is kept."""

from dataclasses import dataclass
from typing import Final

from portal.review.steps import CANNOT, SCALE


@dataclass(frozen=True, slots=True)
class Card:
    """A criterion and what a made-up candidate says of it."""

    criterion: str
    candidate: str
    text: str


CARD: Final = Card(
    criterion="Skriver väl, också när det är bråttom",
    candidate="Påhittad sökande",
    text="Jag har skrivit byalagets medlemsblad i tre år. När vägen rasade gick första texten ut samma kväll, "
    "och kommunen lånade den till sin webbplats.",
)
_SAID: Final = {
    0: "Det finns ett exempel i texten, så något framgår. Läs en gång till.",
    1: "Det håller, om ett medlemsblad är liten skala för uppdraget.",
    2: "Det håller: exempel som går att peka på, i tid och lästa av andra.",
    3: "Det håller, om du tycker att det är mer än uppdraget kräver.",
}
_CANNOT: Final = "Välj det när handlingarna inte räcker. Det räknas inte alls, varken för eller emot."


def said_of(value: str) -> str:
    """What the card says of a step that was tried; empty for no step of the scale."""
    if value == CANNOT:
        return _CANNOT
    return next((_SAID[step.value] for step in SCALE if str(step.value) == value), "")
