"""The grounds of conflict (jäv) that an assessor can give, by who employs.

For an authority the grounds are those of kommunallagen (2017:725) 6 kap. 28 § (wording of 2022:638; for employees by
way of 7 kap. 4 §) in plain words. A party is not bound by it; its own policy says much the same in its own words.
"""

from dataclasses import dataclass
from typing import Final

from portal.posts.employer_model import Employer, model_for
from portal.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground: the key that is kept and the words that are shown."""

    key: str
    words: str


LAW: Final = (
    Ground("narstaende", "Det är jag själv, eller någon som står mig nära: make, sambo, förälder, barn eller syskon"),
    Ground("nytta", "Utgången kan ge mig eller någon som står mig nära stor nytta eller skada"),
    Ground("foretrader", "Jag eller någon som står mig nära företräder den sökande, till exempel som god man"),
    Ground("ombud", "Jag har varit ombud för den sökande i saken, eller hjälpt till mot betalning"),
    Ground(
        "fortroende", "Något annat som kan rubba förtroendet för att jag är opartisk: vän, ovän, chef, affärer ihop"
    ),
)
POLICY: Final = (
    Ground("narstaende", "Vi är släkt eller lever ihop, eller har gjort det"),
    Ground("vanskap", "Vi är nära vänner, eller ovänner"),
    Ground("beroende", "Vi har affärer ihop, eller den ena är chef över den andra"),
    Ground("annat", "Något annat som gör att andra kan undra om jag är opartisk"),
)
_GROUNDS: Final = {"KL 6:28": LAW, "party_policy": POLICY}
_BASIS: Final = {
    "KL 6:28": "Grunderna är de i kommunallagen 6 kap. 28 §.",
    "party_policy": "Grunderna är partiets egna regler. Kommunallagens jävsregler gäller inte när partiet anställer.",
}


class GroundMissing(Refusal):
    """A tick without a ground."""

    text = "Välj varför du har jäv mot %(name)s."


def grounds_for(employer: Employer) -> tuple[Ground, ...]:
    """The grounds to choose from."""
    return _GROUNDS[model_for(employer).conflict_ground]


def basis_for(employer: Employer) -> str:
    """What the grounds rest on, as a sentence."""
    return _BASIS[model_for(employer).conflict_ground]


def is_ground(employer: Employer, key: str) -> bool:
    """Whether ``key`` is a ground for this employer."""
    return any(ground.key == key for ground in grounds_for(employer))
