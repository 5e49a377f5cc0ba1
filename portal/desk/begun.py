"""What is begun and not finished of applications that came by post or mail, on the office's to-do list. The ad is named, a
candidate never."""

from collections.abc import Iterable, Iterator
from datetime import date

from portal.desk.agenda import Item
from portal.desk.facts import Recruitment
from portal.swedish_dates import in_words


def begun_items(cases: Iterable[Recruitment], on: date) -> Iterator[Item]:
    """To-day's until each is finished or thrown away."""
    for one in cases:
        if one.begun:
            what = "en påbörjad registrering" if one.begun == 1 else f"{in_words(one.begun)} påbörjade registreringar"
            about = f"{one.shown_title} · eller ta bort"
            yield Item(on, f"Gör klart {what}", about, "intake.begin", {"ad_id": one.ad_id})
