"""All that the panel's page chooses, as one value: what a page was opened with, and what another has saved since. PURE."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from portal.review.visibility import Sharing

_ONLY_TOLD = ("sharing", "blind")  # from when they stand fast the page asks nothing of them


@dataclass(frozen=True, slots=True)
class PanelChoices:
    """Who assesses, leads, decides and stands in, until when; blind or not, and what they see of each other.

    ``leader`` None: nobody leads, for whoever did has left. ``decider`` None: whoever leads decides. ``sharing`` and
    ``blind`` None: the page only told which it is.
    """

    people: tuple[UUID, ...]
    leader: UUID | None
    deputies: tuple[UUID, ...]
    decider: UUID | None
    hand_in_by: datetime | None
    sharing: Sharing | None
    blind: bool | None

    @property
    def print(self) -> str:
        """Another for other choices: a page carries it, so that it is known later what the page was opened with."""
        return sha256(repr(list(self._said.items())).encode()).hexdigest()[:16]

    def differences(self, saved: "PanelChoices") -> list[str]:
        """The names of what is chosen otherwise here than is saved. What was not asked is no difference."""
        theirs = saved._said
        return [
            name
            for name, mine in self._said.items()
            if mine != theirs[name] and not (mine is None and name in _ONLY_TOLD)
        ]

    @property
    def _said(self) -> Mapping[str, object]:
        """What is compared, by name. Assessors are ticked and stand in no order; deputies do."""
        return {
            "people": sorted(self.people),
            "leader": self.leader,
            "deputies": self.deputies,
            "decider": self.decider,
            "hand_in_by": self.hand_in_by,
            "sharing": self.sharing,
            "blind": self.blind,
        }
