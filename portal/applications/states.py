"""An application's states in one table, and the four words by which its candidate is told how it stands. PURE."""

from enum import StrEnum
from types import MappingProxyType

from portal.refusal import N_


class State(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"  # being written; nobody but its candidate sees it
    SENT = "sent"  # arrived in time
    LATE = "late"  # arrived after the last day, to an authority, which cannot turn it away (TF 2:9)
    PROPOSAL = "proposal"  # a second sending from the same address; waits for whoever reads that address
    DECLINED = "declined"  # the address kept its first application
    REPLACED = "replaced"  # the address put a second one in its place
    WITHDRAWN = "withdrawn"  # taken back by its candidate
    DISPOSED = "disposed"  # its time is over: erased by a party, disposed of (gallrad) by an authority


NEXT: MappingProxyType[State, frozenset[State]] = MappingProxyType(
    {
        State.DRAFT: frozenset({State.SENT, State.LATE, State.PROPOSAL}),
        # back to a proposal: the address was mended to one that has an application already
        State.SENT: frozenset({State.WITHDRAWN, State.REPLACED, State.PROPOSAL, State.DISPOSED}),
        State.LATE: frozenset({State.WITHDRAWN, State.REPLACED, State.PROPOSAL, State.DISPOSED}),
        State.PROPOSAL: frozenset({State.SENT, State.LATE, State.DECLINED, State.WITHDRAWN, State.DISPOSED}),
        State.DECLINED: frozenset({State.DISPOSED}),
        State.REPLACED: frozenset({State.DISPOSED}),
        State.WITHDRAWN: frozenset({State.DISPOSED}),
        State.DISPOSED: frozenset(),
    }
)
ARRIVED = frozenset(NEXT) - {State.DRAFT}
COUNTS = frozenset({State.SENT, State.LATE})  # what is assessed; one of these per address and ad
ENDED = frozenset(state for state, after in NEXT.items() if not COUNTS & {state, *after})  # will never count again
CAN_BE_WITHDRAWN = frozenset(state for state, after in NEXT.items() if State.WITHDRAWN in after)


def may_become(now: str, then: State) -> bool:
    """Whether the table has this step."""
    return then in NEXT[State(now)]


class Step(StrEnum):
    """What the candidate is told: one of four words, that it was taken back, or that the ad was."""

    RECEIVED = "received"
    ASSESSED = "assessed"
    INTERVIEW = "interview"
    DECIDED = "decided"
    TAKEN_BACK = "taken_back"
    AD_WITHDRAWN = "ad_withdrawn"

    @property
    def word(self) -> str:
        """The Swedish word, marked for the catalogue."""
        return _WORDS[self]


_WORDS = {
    Step.RECEIVED: N_("Mottagen"),
    Step.ASSESSED: N_("Bedöms"),
    Step.INTERVIEW: N_("Intervju"),
    Step.DECIDED: N_("Avgjord"),
    Step.TAKEN_BACK: N_("Tillbakatagen"),
    Step.AD_WITHDRAWN: N_("Annonsen är tillbakadragen"),
}


def step_of(state: str, *, closed: bool, called: bool, decided: bool, off: bool) -> Step:
    """What the candidate is told. ``closed``: the last day has passed; ``called``: to an interview; ``decided``: the
    recruitment has its outcome; ``off``: the ad was taken back, so that no clock goes on. A proposal reads as any other
    application, and a declined one as one taken back: the page is open to whoever wrote the address into a form, and must
    not tell that the address had applied before."""
    if state in (State.WITHDRAWN, State.DECLINED):
        return Step.TAKEN_BACK
    if decided:
        return Step.DECIDED
    if called:
        return Step.INTERVIEW
    if off:
        return Step.AD_WITHDRAWN
    return Step.ASSESSED if closed else Step.RECEIVED
