"""The boxes for who is at the meeting, as a page sends them."""

from collections.abc import Set
from typing import NamedTuple
from uuid import UUID


class Ticks(NamedTuple):
    """Who is ticked, and whom the page was opened with as being there."""

    people: frozenset[UUID] = frozenset()
    shown: frozenset[UUID] = frozenset()

    def over(self, there: Set[UUID]) -> frozenset[UUID]:
        """Who is there once the page's own changes are made: whom a colleague has noted or taken away since it was opened
        is as they left it."""
        return (frozenset(there) | (self.people - self.shown)) - (self.shown - self.people)
