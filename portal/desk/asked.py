"""What candidates' requests put on the office's to-do list, each on the last day for its answer. The case is named, a
candidate never."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol
from uuid import UUID

from portal.desk.agenda import Item


class Waiting(Protocol):
    """One request that waits for its answer."""

    @property
    def id(self) -> UUID: ...
    @property
    def kind(self) -> str: ...
    @property
    def due_on(self) -> date: ...
    @property
    def title(self) -> str: ...


def asked_items(waiting: Iterable[Waiting]) -> Iterator[Item]:
    """A request to answer."""
    for one in waiting:
        text = "Lämna uppgift om meriter" if one.kind == "merits" else "Svara på en sökandes begäran"
        yield Item(one.due_on, text, one.title, "privacy.asked_for", {"request_id": one.id})
