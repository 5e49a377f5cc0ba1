"""Other offices beside the post: which may be combined with it, by the authority's rules and the party's own policy.

Whoever leads the group never leads their own work: that holds whatever the policy says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.contracts.written.rules import Rules
from portal.profiles.profile import Sourced


class Also(StrEnum):
    """What else the one who is to be employed is."""

    GROUP_LEADER = "group_leader"
    ELECTED = "elected"


class Policy(StrEnum):
    """What is said of it, from the mildest to the strictest."""

    ALLOW = "allow"
    WARN = "warn"
    FORBID = "forbid"


NAMES: Final[Mapping[Also, str]] = {
    Also.GROUP_LEADER: "Gruppledare",
    Also.ELECTED: "Förtroendevald i samma organ",
}
_ORDER: Final = list(Policy)
FORBIDDEN: Final = "Den som är %(also)s får inte också vara politisk sekreterare, enligt %(whose)s."
DISCOURAGED: Final = (
    "Den som är %(also)s bör inte också vara politisk sekreterare, enligt %(whose)s. Avtalet kan erbjudas ändå."
)
ANOTHER_LEADS: Final = (
    "Gruppledaren är den som ska anställas och kan inte leda sitt eget arbete. Skriv någon annan som arbetsledare."
)
NOT_ONESELF: Final = "%(name)s ska anställas och kan inte leda sitt eget arbete. Skriv någon annan som arbetsledare."
OWN: Final = "partiets egen policy"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What holds of one combination, and whose word it is."""

    also: Also
    policy: Policy
    whose: str

    @property
    def sentence(self) -> str:
        """What is said of it on the page; nothing where it is allowed."""
        text = {Policy.ALLOW: "", Policy.WARN: DISCOURAGED, Policy.FORBID: FORBIDDEN}[self.policy]
        return text % {"also": NAMES[self.also].lower(), "whose": self.whose} if text else ""


def ruling(also: Also, rules: Rules, own: Mapping[str, str]) -> Ruling:
    """The stricter of what the authority's rules say of it, where they do, and the party's own policy."""
    found = [Ruling(also, Policy(own.get(also.value, Policy.ALLOW)), OWN)]
    answer = rules.said["roles_policy"]
    if also is Also.GROUP_LEADER and isinstance(answer, Sourced):
        found.append(Ruling(also, Policy(str(answer.value)), rules.source("roles_policy")))
    return max(found, key=lambda one: _ORDER.index(one.policy))


def rulings(also: Sequence[str], rules: Rules, own: Mapping[str, str]) -> list[Ruling]:
    """Those of what a person has ticked."""
    return [ruling(one, rules, own) for one in Also if one.value in also]


def leads_the_group(also: Sequence[str]) -> bool:
    """Whether the one who is to be employed is gruppledare."""
    return Also.GROUP_LEADER.value in also
