"""What the law says of a change of mandate, and what the authority's own rules say, each with its source.

PURE.
"""

from dataclasses import dataclass
from typing import Final

from portal.contracts.mandate.change import Change
from portal.contracts.written.rules import Rules
from portal.profiles.keys import KEYS
from portal.swedish_dates import swedish_day

KL: Final = "https://selex.se/eli/sfs/2017/725"
LOCAL: Final = ("shares", "early_end", "release", "work_leader_instead")
NO_TRANSITION: Final = (
    "Någon skriven övergångsregel för sekreterare hos ett parti som har förlorat sina mandat har inte hittats, varken i lag "
    "eller i de regler som är inlagda."
)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing, and where it is written. Without ``source`` it is unknown, and ``text`` says so."""

    text: str
    source: str = ""
    href: str = ""
    label: str = ""


def by_law(change: Change) -> tuple[Said, ...]:
    """The law's own days and limits around this change."""
    last, council, board = (swedish_day(day) for day in (change.last, change.council, change.board_at_latest))
    return (
        Said(
            "Där regionen eller kommunen är arbetsgivare får en anställning som beslutades före valet gälla längst till "
            f"och med {last}.",
            "Kommunallagen 4 kap. 33 §",
            KL,
        ),
        Said(f"Nya fullmäktige tillträder {council}.", "Kommunallagen 5 kap. 9 §", KL),
        Said(
            f"Den nya styrelsen tillträder {board}, om fullmäktige inte har bestämt en tidigare dag.",
            "Kommunallagen 6 kap. 18 §",
            KL,
        ),
        Said(
            "Ett parti som inte längre är representerat får ha kvar partistöd i högst ett år. Det är inga tjänster.",
            "Kommunallagen 4 kap. 29 §",
            KL,
        ),
        Said(NO_TRANSITION),
    )


def by_local_rules(rules: Rules) -> tuple[Said, ...]:
    """What the authority's own rules say that matters here; what is unknown in the rules' own words."""
    return tuple(
        Said("; ".join(rules.words(key)) or rules.unclear(key), rules.source(key), label=KEYS[key].label)
        for key in LOCAL
    )
