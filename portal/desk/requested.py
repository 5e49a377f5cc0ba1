"""What waits at the authority's desk for records: each request with the days since it came. Who asked is nobody's to know."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from portal.desk.agenda import Item
from portal.disclosure.requests import Clock, State

TEXTS = {
    State.RECEIVED: "Besvara en begäran om handlingar",
    State.DECIDED: "Lämna ut handlingarna enligt beslutet",
}


def request_items(waiting: Iterable[tuple[UUID, State, Clock]]) -> Iterator[Item]:
    """One item for each, on the day after it came: later than that it stands as late."""
    for request_id, state, clock in waiting:
        yield Item(
            clock.due_on, TEXTS[state], clock.words.capitalize(), "disclosure.request_page", {"request_id": request_id}
        )
