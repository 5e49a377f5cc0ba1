"""A paper is accepted and signed only as long as the time it gives is decided. PURE."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from portal.contracts.acts.kinds import Kind
from portal.contracts.written.refusals import PaperPastItsDecision
from portal.swedish_dates import swedish_day


class Act(Protocol):
    """What is asked of an act: see `contracts.acts.models`."""

    @property
    def number(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def ends_on(self) -> date | None: ...
    @property
    def takes_back(self) -> int | None: ...
    @property
    def recorded_at(self) -> datetime: ...


def require_decided(offered_at: datetime | None, ends_on: date | None, acts: Sequence[Act]) -> None:
    """Raises PaperPastItsDecision where the paper goes on past ``ends_on``, the end that is decided, since the extension it
    rests on was taken back after the offer (KL 4:33)."""
    if offered_at is None or ends_on is None:
        return
    undone = {act.takes_back for act in acts if act.recorded_at > offered_at}
    rests_on = [act for act in acts if act.kind == Kind.EXTENSION and act.recorded_at <= offered_at]
    paper = [act.ends_on for act in rests_on if act.number in undone]
    if any(ends is None or ends > ends_on for ends in paper):
        latest = max((day for day in paper if day is not None), default=None)
        raise PaperPastItsDecision(paper=swedish_day(latest) if latest else "vidare", ends=swedish_day(ends_on))
