"""What waits at the authority's desk for records: each request with the days since it came and what is left to look through,
and what has no diary number. Who asked is nobody's to know."""

from collections.abc import Iterable, Iterator
from datetime import date

from portal.desk.agenda import Item
from portal.disclosure.requests import State, Waiting

TEXTS = {
    State.RECEIVED: "Besvara en begäran om handlingar",
    State.DECIDED: "Lämna svaret på en begäran om handlingar",
}


def request_items(waiting: Iterable[Waiting]) -> Iterator[Item]:
    """One item for each, on the day after it came: later than that it stands as late."""
    for one in waiting:
        about = f"{one.clock.words.capitalize()}{_left(one)}"
        yield Item(one.clock.due_on, TEXTS[one.state], about, "disclosure.request_page", {"request_id": one.id})


def _left(one: Waiting) -> str:
    if not one.records:
        chosen = ", inga handlingar valda än" if one.state is State.RECEIVED else ""
        return f"{chosen}, så inget gallras" if chosen else ", inget gallras förrän svaret är lämnat"
    if one.state is not State.RECEIVED:
        return ""
    return f", {one.left} av {one.records} handlingar kvar att pröva" if one.left else ", beslutet kvar att skriva"


def number_items(cases: int, waiting: Iterable[Waiting], on: date) -> Iterator[Item]:
    """What is to have the authority's own number: cases, and requests that are open."""
    if cases:
        text = "Skriv diarienumret på ett ärende" if cases == 1 else f"Skriv diarienumret på {cases} ärenden"
        yield Item(on, text, "Handlingarna har sina löpande nummer", "disclosure.register", {"_anchor": "diarienummer"})
    bare = [one for one in waiting if not one.numbered]
    if bare:
        text = "Skriv diarienumret på en begäran" if len(bare) == 1 else f"Skriv diarienumret på {len(bare)} begäranden"
        values = {"request_id": bare[0].id} if len(bare) == 1 else {}
        endpoint = "disclosure.request_page" if len(bare) == 1 else "disclosure.requests"
        yield Item(on, text, "Begäran har sitt löpande nummer", endpoint, values)
