"""What a change of mandate puts on the to-do list, from half a year before its last day until that day is over. No names."""

from collections.abc import Iterable, Iterator
from datetime import date

from portal.contracts.mandate.change import Change, Phase, change_at
from portal.desk.agenda import Item, ending_items, lasting_items
from portal.desk.facts import Ending
from portal.swedish_dates import in_words, shown_day

PLACE = "contracts.mandate_change"


def change_told_on(on: date) -> Change | None:
    """The change that the desk tells of on a day, if any."""
    change = change_at(on)
    return change if change is not None and change.phase(on) in (Phase.BEFORE, Phase.AFTER) else None


def last_days(endings: Iterable[Ending], on: date, *, of_party: bool = True) -> Iterator[Item]:
    """Employments that come to their end, by day; those of the change's last day as the change itself."""
    change = change_told_on(on)
    for ending in endings:
        yield from lasting_items([ending])
        if change is None or ending.on != change.last:
            yield from ending_items([ending])
        elif left := ending.count - ending.renewed - ending.lasting:
            yield _item(change, left, on, of_party)


def _item(change: Change, left: int, on: date, of_party: bool) -> Item:
    who = "en anställning slutar" if left == 1 else f"{in_words(left)} anställningar slutar"
    if not of_party:
        about = "Partiernas tjänster före och efter"
    elif change.phase(on) is Phase.BEFORE:
        about = f"Förbered överlämningen. Nästa period kan beslutas från {shown_day(change.decided_from)}"
    else:
        about = f"Förnya för {change.words}, eller lämna över"
    return Item(change.last, f"Mandatskiftet: {who}", about, PLACE)
