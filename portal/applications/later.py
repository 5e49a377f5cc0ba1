"""Of whom a party may ask whether it is to keep their application for later posts. PURE."""

from typing import Final

from portal.applications.states import COUNTS, State

_ASKED: Final = {
    *COUNTS,
    State.PROPOSAL,
}  # a second sending reads as any other, or it would tell that there was a first
HIRED: Final = frozenset(
    {"anstalls", "erbjuds"}
)  # who has the post, or is offered it, is not asked to wait for another


def may_be_asked(*, by_party: bool, state: str, decided: bool, decided_as: str) -> bool:
    """Whether the private page asks: after the word or the recruitment's end, so that nobody thinks that the answer counts.
    An authority keeps what its disposal rules say, whatever anybody wishes."""
    return by_party and state in _ASKED and decided and decided_as not in HIRED
