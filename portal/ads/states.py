"""The states of an ad, in one table. "Closed" is no state: the clock says it (see `ads.window`).

PURE.
"""

from enum import StrEnum
from typing import Final

from portal.refusal import N_, Refusal


class AdState(StrEnum):
    """Where an ad stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"  # the outcome of the recruitment is recorded


TRANSITIONS: Final = {
    AdState.DRAFT: frozenset({AdState.PUBLISHED}),
    AdState.PUBLISHED: frozenset({AdState.WITHDRAWN, AdState.ENDED}),
    AdState.WITHDRAWN: frozenset[AdState](),
    AdState.ENDED: frozenset[AdState](),
}
FINAL: Final = frozenset(state for state, following in TRANSITIONS.items() if not following)
SHOWN: Final = frozenset(state for following in TRANSITIONS.values() for state in following)
EDITABLE: Final = frozenset(AdState) - FINAL


class WrongState(Refusal):
    """The ad is not where this can be done."""

    text = N_("Annonsen är %(state)s, så det går inte. Tryck på Öppna sidan på nytt och se vad som gäller nu.")
    status = 409


WORDS: Final = {
    AdState.DRAFT: N_("ett utkast"),
    AdState.PUBLISHED: N_("publicerad"),
    AdState.WITHDRAWN: N_("tillbakadragen"),
    AdState.ENDED: N_("avslutad"),
}


def moved(present: str, to: AdState) -> AdState:
    """The state after a step from ``present``. Raises WrongState where the table has no such step."""
    state = AdState(present)
    if to not in TRANSITIONS[state]:
        raise WrongState(state=WORDS[state])
    return to


def require_editable(present: str) -> None:
    """Raises WrongState for an ad that is over."""
    state = AdState(present)
    if state not in EDITABLE:
        raise WrongState(state=WORDS[state])
