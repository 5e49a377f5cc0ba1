"""Who may ask for the merits of whoever was hired or called to interview (diskrimineringslagen 2:4). PURE."""

from portal.applications.states import COUNTS, State
from portal.privacy.rights.keeping import NOT_FURTHER

# A second sending reads as any other, or it would tell that there was a first. Taking it back makes nobody hired, and costs
# nobody a right (GDPR art. 7.3-4).
_ASKING = {*COUNTS, State.PROPOSAL, State.WITHDRAWN}


def may_ask_for_merits(*, state: str, decided_as: str) -> bool:
    """Once they have been told that they were not hired: from before that nobody knows who is called and who is hired."""
    return decided_as == NOT_FURTHER and State(state) in _ASKING
