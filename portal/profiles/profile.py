"""One authority's own rules for political secretaries: each key a value with its source, or unknown in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.profiles.keys import KEYS, Key, Kind

EMPLOYERS = ("authority", "party")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the first days, and who takes it. ``days`` is when, counted from the first day of work (below zero:
    before it); None where the source does not say."""

    who: str
    what: str
    days: int | None = None


Value = str | int | float | bool | tuple[str, ...] | tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Sourced:
    """A value, and where it is written."""

    value: Value
    source: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """No value, and in a Swedish sentence what is unclear or not said. There is nothing here to show as a value. ``unread``:
    the rules may say it, in a part that nobody has read into the file."""

    unclear: str
    unread: bool = False


Answer = Sourced | Unknown


@dataclass(frozen=True, slots=True)
class Profile:
    """A version of one authority's rules.

    ``key`` is the file's name without its ending and stays the same through the versions. ``valid_from`` is the day
    of the source that shows the rules to hold; nothing is claimed of earlier days. ``print`` is a hash of all that
    the version says: who keeps it beside ``key`` and ``version`` can tell that it is still the same.
    ``alternatives`` hold what depends on who employs, where the party chooses; every key is in ``rules`` or in both.
    """

    key: str
    name: str
    also_called: tuple[str, ...]
    kind: str
    version: int
    valid_from: date
    note: str
    rules: Mapping[str, Answer]
    alternatives: Mapping[str, Mapping[str, Answer]]
    print: str

    @property
    def employers(self) -> tuple[str, ...]:
        """Who can employ, as far as is known: both where the party chooses and where no source says."""
        answer = self.rules["employer"]
        if isinstance(answer, Sourced) and answer.value in EMPLOYERS:
            return (str(answer.value),)
        return EMPLOYERS

    def rules_for(self, employer: str) -> dict[str, Answer]:
        """Every key in the catalogue's order, as it is where ``employer`` ("authority" or "party") employs."""
        said = {**self.rules, **self.alternatives.get(employer, {})}
        return {name: said[name] for name in KEYS}

    def needed(self, employer: str) -> tuple[Key, ...]:
        """What a person must fill in before a contract with this employer can be finished, since no source says it.

        Where the party chooses, the post says who employs and the employer is no longer open.
        """
        said = self.rules_for(employer)
        return tuple(key for name, key in KEYS.items() if employer in key.needed_by and isinstance(said[name], Unknown))

    def counted(self) -> tuple[int, int]:
        """How many keys have a source and how many are unknown; of a key that depends on the employer, each answer."""
        said = [*self.rules.values(), *(answer for one in self.alternatives.values() for answer in one.values())]
        sourced = sum(isinstance(answer, Sourced) for answer in said)
        return sourced, len(said) - sourced


def words_of(key: Key, value: Value) -> tuple[str, ...]:
    """The value as lines for a page, in Swedish."""
    if isinstance(value, tuple):
        return tuple(_step_words(one) if isinstance(one, Step) else one for one in value)
    if key.kind is Kind.CHOICE:
        return (key.choices[str(value)],)
    if isinstance(value, bool):
        return ("Ja" if value else "Nej",)
    if isinstance(value, int | float):
        return (f"{value:g} {key.unit}".replace(".", ",").strip(),)
    return (value,)


def when_words(days: int) -> str:
    """ "14 dagar före tillträdet" """
    if not days:
        return "på tillträdesdagen"
    count = "en dag" if abs(days) == 1 else f"{abs(days)} dagar"
    return f"{count} {'före' if days < 0 else 'efter'} tillträdet"


def _step_words(one: Step) -> str:
    said = f"{one.who}: {one.what}"
    return said if one.days is None else f"{said}, senast {when_words(one.days)}"
