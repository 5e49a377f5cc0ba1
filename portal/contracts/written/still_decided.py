"""A paper is accepted and signed only as long as the time it gives is the one that is decided. PURE."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from portal.contracts.acts.kinds import Kind
from portal.contracts.written.refusals import PaperPastItsDecision
from portal.swedish_dates import swedish_day

SHORTER = frozenset({Kind.EARLY_END, Kind.NOTICE})


class Act(Protocol):
    """What is asked of an act: see `contracts.acts.models`."""

    @property
    def ends_on(self) -> date | None: ...
    @property
    def previous_ends_on(self) -> date | None: ...
    @property
    def decided_on(self) -> date: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def kind(self) -> str: ...


class Decided(Protocol):
    """What is asked of the employment."""

    @property
    def ends_on(self) -> date | None: ...
    @property
    def never_began(self) -> bool: ...


def require_decided(
    offered_at: datetime | None, employment: Decided, acts: Sequence[Act], *, signed_on: date | None = None
) -> None:
    """Raises PaperPastItsDecision where the paper ends on another day than the employment does by now, whatever act has moved
    that since the offer: ``acts`` in order. What was taken back again has moved nothing, and nor has an earlier end or a
    notice of after the day it was ``signed_on``: then the time was still the decided one. Of one that was called off there is
    no other paper to offer: its copies are filed by their days."""
    since = [act for act in acts if offered_at is not None and act.recorded_at > offered_at]
    if not since or employment.never_began:
        return
    before = acts[: len(acts) - len(since)]
    # How it was recorded stands before the first act; an act itself knows no end before it of what had turned permanent.
    paper = decided = before[-1].ends_on if before else since[0].previous_ends_on
    for act in since:  # taking back is an act too, and gives the end that holds again
        if signed_on is None or act.kind not in SHORTER or act.decided_on <= signed_on:
            decided = act.ends_on
    if paper != decided:
        raise PaperPastItsDecision(paper=_words(paper), ends=_words(employment.ends_on))


def _words(day: date | None) -> str:
    return f"till och med {swedish_day(day)}" if day else "tills vidare"
