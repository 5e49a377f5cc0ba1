"""Recruitments that nobody decides in any more, on the office's to-do list."""

from collections.abc import Iterable, Iterator
from datetime import date

from portal.desk.agenda import Item
from portal.desk.facts import Recruitment


def undecided_items(cases: Iterable[Recruitment], on: date) -> Iterator[Item]:
    """To-day's until the office has chosen who decides in place of whoever has left."""
    for one in cases:
        if one.decider_gone and not one.over:
            about = f"{one.shown_title} · den som skulle besluta är inte kvar"
            yield Item(on, "Välj vem som beslutar", about, "review.panel", {"ad_id": one.ad_id})
