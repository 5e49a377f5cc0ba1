"""Papers that an assessor cannot read, on the office's to-do list. The ad is named, a candidate never."""

from collections.abc import Iterable, Iterator
from datetime import date

from portal.desk.agenda import Item
from portal.desk.facts import Recruitment
from portal.swedish_dates import in_words


def unreadable_items(cases: Iterable[Recruitment], on: date) -> Iterator[Item]:
    """To-day's until the office has said of each that it can be read."""
    for one in cases:
        if one.unreadable and not one.over:
            what = "En handling" if one.unreadable == 1 else f"{in_words(one.unreadable).capitalize()} handlingar"
            about = f"{one.shown_title} · en bedömare har sagt till"
            yield Item(on, f"{what} går inte att läsa", about, "review.unreadable", {"ad_id": one.ad_id})
