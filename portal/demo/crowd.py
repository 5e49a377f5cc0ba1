"""Invented people in any number: their names, what they write, and the dice by which it all comes out the same each time.

PURE. Addresses are of example.com (RFC 2606), telephones of the series kept free for film and print.
"""

import random
from uuid import UUID

FIRST = (
    "Agnes", "Amina", "Björn", "Cecilia", "David", "Ebba", "Elin", "Farid", "Greta", "Hanna", "Ivar", "Jonas", "Karin",
    "Leila", "Malte", "Nils", "Omar", "Petter", "Rut", "Sara", "Tove", "Ulla", "Viggo", "Ylva", "Åsa", "Örjan",
)  # fmt: skip
LAST = (
    "Almfors", "Bergsund", "Dalvret", "Ekdalen", "Forsvik", "Granlid", "Hedmark", "Isfält", "Järnborg", "Kvarnäng",
    "Lidvall", "Mosebäck", "Norrvik", "Oxlunda", "Rönnås", "Sandhed", "Tallberg", "Uddmark", "Vargsund", "Åmark",
    "Ängsholm", "Österlid",
)  # fmt: skip
SENTENCES = (
    "Den kväll då budgeten avgjordes satt jag på läktaren och skrev ner varje fråga som ingen ställde.",
    "I fyra år har jag berett ärenden åt en nämnd och lärt mig vad som skiljer ett underlag från ett önskemål.",
    "Jag skriver tal som går att säga högt och debattartiklar som går att läsa på bussen.",
    "Kollektivtrafiken i inlandet är en fråga om var man kan bo, och därför om vem som stannar.",
    "När handlingarna kommer sent läser jag fort, och jag säger till om det jag inte hann.",
    "Förra hösten ledde jag en kampanj om närvården med fyra möten i bygdegårdar och en rapport på tolv sidor.",
    "Jag tål att planen ändras samma dag och vet vem som ska ringas först.",
    "Det jag behöver lära mig hos er är hur en regionstyrelse arbetar i praktiken.",
    "Min förra chef brukade säga att jag hittar siffran som saknas i tabellen.",
    "Jag har bott i länet hela livet, utom två år då jag studerade statsvetenskap på annan ort.",
)
ANSWERS = (
    "Det har jag gjort varje vecka de senaste tre åren, se mitt CV.",
    "I mitt förra arbete byggde jag upp rutinen själv och höll i den ett år.",
    "Jag har grunderna och lär mig gärna mer; mitt bästa exempel står i brevet.",
)
LETTER_BYTES = 4096
BODIES = 200  # different letters, beside the line of their own


class Dice:
    """Chance that comes out the same for the same seed: ids, names, texts, views."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 nothing is secret in an invented country
        self.bodies = [self._body() for _ in range(BODIES)]

    def id(self) -> UUID:
        """A random id."""
        return UUID(int=self.random.getrandbits(128), version=4)

    def reference(self) -> str:
        """A public reference."""
        return f"{self.random.getrandbits(32):08x}"

    def name(self) -> str:
        """First name and last name."""
        return f"{self.random.choice(FIRST)} {self.random.choice(LAST)}"

    def letter(self, number: int) -> str:
        """A letter of just over four thousand bytes, with a line that no other candidate's has."""
        return f"Det här är brev nummer {number}. {self.random.choice(self.bodies)}"

    def _body(self) -> str:
        lines, length = [], 0
        while length < LETTER_BYTES:
            lines.append(self.random.choice(SENTENCES))
            length += len(lines[-1].encode()) + 1
        return " ".join(lines)

    def step(self, merit: float) -> int | None:
        """One assessor's step for a candidate of this merit (0 to 3); now and then *kan inte bedöma*."""
        if self.random.random() < 0.03:
            return None
        return min(3, max(0, round(merit + self.random.gauss(0, 0.6))))


def candidate_email(number: int) -> str:
    """The address of candidate ``number``."""
    return f"sokande{number}@example.com"


def phone(number: int) -> str:
    """A telephone number of nobody."""
    return f"070-174 06 {5 + number % 95:02d}"
