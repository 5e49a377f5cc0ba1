"""How the measures of GDPR art. 32 were tried, and what came of it: made from the proofs themselves, never written by hand.
PURE."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from portal.refusal import N_

PLACE: Final = Path(__file__).with_name("trials.json")  # `python -m tests.proofs` writes it

# By the points of art. 32.1; b is three: confidentiality, integrity, availability with resilience. All of it is d: testing.
POINTS: Final = {
    "a": N_("Pseudonymisering och kryptering (32.1 a)"),
    "b1": N_("Konfidentialitet (32.1 b)"),
    "b2": N_("Integritet (32.1 b)"),
    "b3": N_("Tillgänglighet och motståndskraft (32.1 b)"),
    "c": N_("Återställning i rimlig tid (32.1 c)"),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One proof in its full size: on which database, on which day (ISO), and whether the promise held."""

    proof: str
    database: str
    on: str
    held: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised, under which of `POINTS`, in both languages, and its proofs; none where it has not run in full yet."""

    point: str
    swedish: str
    english: str
    trials: tuple[Trial, ...]

    @property
    def broken(self) -> bool:
        """Whether any of its proofs failed."""
        return not all(trial.held for trial in self.trials)

    @property
    def databases(self) -> list[str]:
        """On which databases it was tried."""
        return sorted({trial.database for trial in self.trials})

    @property
    def tried_on(self) -> str:
        """The day of the oldest of its last proofs: it has been tried since then on all of them."""
        return min(trial.on for trial in self.trials)

    @property
    def proofs(self) -> list[str]:
        """The names of its proofs."""
        return sorted({trial.proof for trial in self.trials})


@cache
def promises() -> tuple[Promise, ...]:
    """Every promise, in the order of the file."""
    return tuple(
        Promise(one["point"], one["swedish"], one["english"], tuple(Trial(**trial) for trial in one["trials"]))
        for one in json.loads(PLACE.read_text("utf-8"))
    )
