"""What the keeping of applications puts on the office's to-do list: what goes in two weeks, and clocks that have not
started because nobody has said from which day. The ad is named, a candidate never."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Final
from uuid import UUID

from portal.desk.agenda import Item
from portal.privacy.clocks import NOTICE, Kept, Wait
from portal.privacy.wording import verb_of

LAPSES, UNDO = "Ansökningar som har sparats för senare raderas", "ångra om de ska sparas längre"
GOES: Final = ("Sker automatiskt", "plain", "")
WAITS: Final = {
    Wait.NOT_FINAL: (
        "Skriv in när anställningsbeslutet fick laga kraft",
        "ansökningarnas tid har inte börjat",
    ),
    Wait.UNSAID: ("Skriv från vilken dag ansökningarnas tid räknas", "ingen anställdes, och tiden har inte börjat"),
}


def kept_items(cases: Iterable[Kept], on: date, own_lines: Collection[UUID] = ()) -> Iterator[Item]:
    """One line for each recruitment that asks for something, or whose day is near enough to be undone.

    ``own_lines``: employments whose decision is asked for by a line of its own, each step on its day. Where nothing else is
    waited for laga kraft is not asked for here too, long before it can be had."""
    for kept in cases:
        place = "privacy.case", {"ad_id": kept.ad_id}
        day = kept.day(on)
        if isinstance(kept.start, Wait) and kept.start in WAITS and kept.left:
            text, why = WAITS[kept.start]
            if kept.not_final and set(kept.not_final) <= set(own_lines):
                continue
            yield Item(on, text, f"{kept.title} · {why}", *place)
        elif day is not None and day <= on + NOTICE:
            text = LAPSES if kept.only_later else f"Ansökningar {verb_of(kept.by_authority)}: {UNDO}"
            yield Item(day, text, kept.title, *place, GOES)
