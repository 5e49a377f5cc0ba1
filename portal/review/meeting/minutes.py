"""The minutes as data: plain words and rows, ready to be set. Nothing in it is markup, whatever people wrote."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Final

ERASED: Final = "[raderad]"
HIDDEN: Final = (
    "Det här exemplaret är utan de sökande som du har jäv mot, eller som du inte har lämnat in din bedömning av. "
    "Platserna är räknade utan dem."
)
NO_ORDER: Final = "Ingen ordning bestämdes."
ORDER_WORDS: Final = {"enad": "Mötet är enigt om ordningen.", "rostad": "Ordningen är bestämd efter omröstning."}


@dataclass(frozen=True, slots=True)
class Said:
    """The joint text of one candidate."""

    name: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """All that the minutes say to one reader."""

    ad: str
    about: Sequence[tuple[str, str]]  # label and words: days and times, who led
    present: Sequence[tuple[str, str]]  # name, from when to when
    conflicts: Sequence[tuple[str, str]]  # who stepped out, for whom
    agenda: Sequence[tuple[str, str, str]]  # candidate, criterion, steps apart
    texts: Sequence[Said]
    order_words: str
    order: Sequence[tuple[str, str]]  # place, name
    votes: Sequence[tuple[str, str, str]]  # question, result, who voted how
    events: Sequence[tuple[str, str, str]]  # when, what, who and why
    hidden: str = ""
    title: str = field(default="Protokoll från bedömningsmötet")

    def as_data(self) -> dict[str, object]:
        """For the engine that sets it."""
        return asdict(self)
