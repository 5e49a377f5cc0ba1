"""What interviews put on the to-do list. The case is named, a candidate never."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from portal.ads.window import STOCKHOLM
from portal.desk.agenda import Item
from portal.desk.facts import Recruitment
from portal.swedish_dates import in_words


class Coming(Protocol):
    """A booked meeting that the person takes part in."""

    @property
    def ad_id(self) -> UUID: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def minutes(self) -> int: ...
    @property
    def place(self) -> str: ...


def met(cases: Iterable[Recruitment]) -> dict[UUID, Recruitment]:
    """The recruitments that have somebody to meet."""
    return {case.ad_id: case for case in cases if case.called and not case.over}


def wish_items(cases: Mapping[UUID, Recruitment], wishes: Mapping[UUID, int], on: date) -> Iterator[Item]:
    """Candidates who ask for another time, for the office."""
    for ad_id, count in wishes.items():
        who = f"{in_words(count).capitalize()} sökande ber om en annan tid"
        yield Item(on, who, cases[ad_id].shown_title, "interviews.slots", {"ad_id": ad_id})


def meeting_items(cases: Mapping[UUID, Recruitment], coming: Iterable[Coming]) -> Iterator[Item]:
    """The meetings that wait for the person, each on its day."""
    for one in coming:
        start = one.starts_at.astimezone(STOCKHOLM)
        until = (one.starts_at + timedelta(minutes=one.minutes)).astimezone(STOCKHOLM)
        text = f"Intervju kl. {start:%H.%M}–{until:%H.%M}"
        about = f"{cases[one.ad_id].shown_title} · {one.place}"
        yield Item(start.date(), text, about, "interviews.slots", {"ad_id": one.ad_id})
