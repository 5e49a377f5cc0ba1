"""What an authority's rules say of one contract, and what they leave to the people who write it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portal.profiles.keys import KEYS
from portal.profiles.profile import Answer, Profile, Sourced, Unknown, words_of
from portal.profiles.rulebook import PLACES

NO_RULES: Final = "Det finns inga regler inlagda här, så det står inte någonstans."
NOT_READ: Final = "Den delen av reglerna är inte inlagd här."
NOT_THIS_EMPLOYER: Final = "De regler som finns gäller inte %(when)s."

HOLDERS: Final = ("work_leader", "work_environment", "decided_by")


@dataclass(frozen=True, slots=True)
class Rules:
    """Every key of the catalogue, as it is for this employer; ``profile`` is None where no rules are to be followed.
    ``by_party``: a party employs."""

    said: Mapping[str, Answer]
    profile: Profile | None
    by_party: bool = False

    def words(self, key: str) -> tuple[str, ...]:
        """The value as lines of Swedish; none at all where it is unknown."""
        answer = self.said[key]
        return words_of(KEYS[key], answer.value) if isinstance(answer, Sourced) else ()

    def source(self, key: str) -> str:
        """Where the value is written; empty where it is unknown."""
        answer = self.said[key]
        return f"{answer.source}, {answer.paragraph}" if isinstance(answer, Sourced) else ""

    def unclear(self, key: str) -> str:
        """What is unclear or not said; empty where there is a value. Why something is not read stands on the rules' page."""
        answer = self.said[key]
        if not isinstance(answer, Unknown):
            return ""
        return NOT_READ if answer.unread else answer.unclear

    @property
    def roles(self) -> tuple[str, ...]:
        """Who signs, in order, where the rules say it."""
        answer = self.said["signatories"]
        if isinstance(answer, Sourced) and isinstance(answer.value, tuple):
            return tuple(str(role) for role in answer.value)
        return ()

    @property
    def notice_months(self) -> int | None:
        """Whole months of notice, where the rules say it."""
        answer = self.said["notice_months"]
        if (
            isinstance(answer, Sourced)
            and not isinstance(answer.value, str | tuple)
            and answer.value == int(answer.value)
        ):
            return int(answer.value)
        return None

    @property
    def notice_mutual(self) -> bool:
        """Whether the rules say that both have the same time of notice."""
        answer = self.said["notice_mutual"]
        return isinstance(answer, Sourced) and answer.value is True

    @property
    def sources(self) -> tuple[str, ...]:
        """The papers that the rules are written in, each once."""
        return tuple(dict.fromkeys(one.source for one in self.said.values() if isinstance(one, Sourced)))


def rules_for(profile: Profile | None, *, employer: str, kind: str) -> Rules:
    """The rules of ``profile`` where ``employer`` ("authority" or "party") employs; ``kind`` is region or kommun.

    Rules for the other employer say nothing of this one: then all is unknown.
    """
    if profile is not None and employer in profile.employers:
        return Rules(profile.rules_for(employer), profile, employer == "party")
    unclear = NO_RULES
    if profile is not None:
        who = PLACES[kind] if employer == "authority" else "partiet"
        unclear = NOT_THIS_EMPLOYER % {"when": f"när {who} är arbetsgivare"}
    return Rules({name: Unknown(unclear) for name in KEYS}, None)
