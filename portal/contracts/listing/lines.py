"""The register of employments as lines: which are shown, which share a post, and in what order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from portal.swedish_dates import months_after, swedish_day
from portal.swedish_names import alphabetical

FULL_TIME: Final = 100
SOON_MONTHS: Final = 6


class Showing(StrEnum):
    """Which employments; the value stands in the address."""

    ALL = "alla"
    RUNNING = "lopande"
    SOON = "slutar"
    ENDED = "avslutade"


WORDS: Final[Mapping[Showing, str]] = {
    Showing.ALL: "Alla",
    Showing.RUNNING: "Löper eller ska börja",
    Showing.SOON: "Slutar inom sex månader",
    Showing.ENDED: "Avslutade",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One employment as the register tells it. ``post`` is what those who share a post have in common: the ad they came
    from, and ``whole`` one post of it in per cent. ``ended_by`` says which act set the end, ``noticed`` the day a notice was
    given; empty and None where none has. ``renewed``: another employment that the reader sees goes on where it ends.
    ``lasts_from``: from that day it goes on whatever ``ends`` says (LAS 5 a §)."""

    id: UUID
    name: str
    title: str
    party: str
    party_id: UUID
    employer: str
    percent: int
    starts: date
    ends: date | None
    post: UUID | None = None
    whole: int = FULL_TIME
    ended_by: str = ""
    noticed: date | None = None
    contract: str = ""
    decision: str = ""
    mark: str = ""  # undecided: nobody has written down the decision; stand_in: a stand-in's
    renewed: bool = False
    lasts_from: date | None = None

    def is_over(self, on: date) -> bool:
        """Whether it was called off, or its last day has gone by and was one: of what has turned permanent, that of before a
        renewal."""
        passed = self.ends is not None and self.ends < on
        return self.never_began or (passed and (self.renewed or self.lasts_from is None))

    @property
    def never_began(self) -> bool:
        """Whether it was called off before its first day; then ``ends`` is the day of that decision."""
        return self.ends is not None and self.ends < self.starts

    @property
    def goes_on(self) -> bool:
        """Whether it has a last day that is none, and nobody has renewed it."""
        return self.lasts_from is not None and self.ends is not None and not self.renewed

    def end_words(self, on: date) -> str:
        """That, with its day; empty where its last day is its last."""
        if self.ends is None or self.lasts_from is None or not self.goes_on:
            return ""
        by_itself = f"{'tar' if self.ends >= on else 'tog'} inte slut av sig själv"
        return f"{by_itself}: tillsvidareanställning från {swedish_day(self.lasts_from)}"


@dataclass(frozen=True, slots=True)
class Post:
    """Those who share a post, or one person alone. ``sum`` is "40 % + 60 % = 100 %" where they are several."""

    lines: tuple[Listed, ...]

    @property
    def shared(self) -> bool:
        """Whether there are several."""
        return len(self.lines) > 1

    @property
    def sum(self) -> str:
        """What each has of it, and together."""
        parts = " + ".join(f"{line.percent} %" for line in self.lines)
        return f"{parts} = {sum(line.percent for line in self.lines)} %" if self.shared else ""


def showing_of(word: str) -> Showing:
    """What the address asks for; all where it asks for nothing that there is."""
    return Showing(word) if word in set(Showing) else Showing.ALL


def shown(lines: Sequence[Listed], showing: Showing, *, on: date) -> list[Listed]:
    """Those that are asked for, in the order they have."""
    return [line for line in lines if _is(line, showing, on)]


def _is(line: Listed, showing: Showing, on: date) -> bool:
    ended = line.is_over(on)
    if showing is Showing.SOON:
        return (
            line.ends is not None
            and not ended
            and not line.goes_on
            and on <= line.ends <= months_after(on, SOON_MONTHS)
        )
    return {Showing.ALL: True, Showing.RUNNING: not ended, Showing.ENDED: ended}[showing]


def by_post(lines: Sequence[Listed]) -> list[Post]:
    """The lines in their order, those who share a post brought together where the first of them stands.

    People from one ad whose times meet and who each have a part of its post share it; whoever has a whole one has it alone.
    """
    left, found = list(lines), list[Post]()
    while left:
        first = left.pop(0)
        beside = [line for line in left if _share(first, line)]
        left = [line for line in left if line not in beside]
        found.append(Post(tuple(sorted((first, *beside), key=lambda line: (line.percent, alphabetical(line.name))))))
    return found


def _share(one: Listed, other: Listed) -> bool:
    meet = (other.ends is None or one.starts <= other.ends) and (one.ends is None or other.starts <= one.ends)
    parts = one.percent < one.whole and other.percent < other.whole
    begins = not (one.never_began or other.never_began)
    return one.post is not None and one.post == other.post and parts and meet and begins
