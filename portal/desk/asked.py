"""What candidates' requests put on the office's to-do list, each on the last day for its answer. The case is named, a
candidate never."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol
from uuid import UUID

from portal.desk.agenda import Item

INVITING = "organisations.people"


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


def asked_items(waiting: Iterable[Waiting], *, for_nobody: bool = False, on: date) -> Iterator[Item]:
    """The start page's items of candidates' requests: each that waits for an answer, by its last day; and where one waits
    ``for_nobody`` of the office, a colleague to invite, ``on`` to-day. Of that one neither ad nor kind is said: they have jäv
    for its candidate."""
    if for_nobody:
        yield Item(on, "Bjud in en kollega till kansliet", "en begäran väntar som ingen av er får besvara", INVITING)
    for one in waiting:
        text = "Lämna uppgift om meriter" if one.kind == "merits" else "Svara på en sökandes begäran"
        yield Item(one.due_on, text, one.title, "privacy.asked_for", {"request_id": one.id})
