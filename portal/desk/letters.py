"""What letterboxes put on the office's to-do list. The ad is named, a candidate never."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from portal.ads.window import STOCKHOLM
from portal.desk.agenda import Item
from portal.desk.asked import INVITING
from portal.swedish_dates import in_words


class Waiting(Protocol):
    """Candidates of one recruitment who wait for an answer, the first of them since when."""

    @property
    def ad_id(self) -> UUID: ...
    @property
    def title(self) -> str: ...
    @property
    def candidates(self) -> int: ...
    @property
    def since(self) -> datetime: ...


def letter_items(waiting: Iterable[Waiting], on: date, *, for_nobody: bool = False) -> Iterator[Item]:
    """To-day's, whenever it came: no rule says by when a letter is answered. How long it has waited stands beside it. And a
    colleague to invite where one waits that none of the office may read; of that one not even the ad is said."""
    if for_nobody:
        yield Item(on, "Bjud in en kollega till kansliet", "ett brev väntar som ingen av er får läsa", INVITING)
    for one in waiting:
        who = f"{in_words(one.candidates).capitalize()} sökande väntar på svar i brevlådan"
        days = (on - one.since.astimezone(STOCKHOLM).date()).days
        ago = "kom i dag" if days < 1 else "kom i går" if days == 1 else f"den första för {in_words(days)} dagar sedan"
        yield Item(on, who, f"{one.title} · {ago}", "letterbox.boxes", {"ad_id": one.ad_id})
