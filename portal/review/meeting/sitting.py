"""The meeting since it began, or since it was last opened again; and whether anybody has been noted to sit at it."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple


class Sitting(NamedTuple):
    """Since when it is open, and whether anybody has been noted to be there, also where they have left."""

    since: datetime
    again: bool
    anybody: bool


def sitting_of(began: datetime, opened_again: Iterable[datetime], left: Iterable[datetime | None]) -> Sitting:
    """How it stands. ``left`` is the end of each stay; None of one that is not over."""
    times = list(opened_again)
    since = max([began, *times])
    return Sitting(since, bool(times), any(end is None or end >= since for end in left))
