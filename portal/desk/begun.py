"""What is begun and not finished of applications that came by post or mail, on the office's to-do list. The ad is named, a
candidate never."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from portal.desk.agenda import Item
from portal.swedish_dates import in_words


class Unfinished(Protocol):
    """Registrations of one recruitment that wait to be finished."""

    @property
    def ad_id(self) -> UUID: ...
    @property
    def title(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def since(self) -> datetime: ...


def begun_items(unfinished: Iterable[Unfinished], known: set[UUID], on: date) -> Iterator[Item]:
    """To-day's until each is finished or thrown away, of the recruitments that the person may know of."""
    for one in unfinished:
        if one.ad_id in known:
            several = f"{in_words(one.number)} påbörjade registreringar"
            what = "en påbörjad registrering" if one.number == 1 else several
            yield Item(on, f"Gör klart {what}", f"{one.title} · eller ta bort", "intake.begin", {"ad_id": one.ad_id})
