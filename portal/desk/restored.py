"""A backup that was put back, on the to-do list of whoever looks after the people."""

from collections.abc import Iterator
from datetime import date, datetime

from portal.ads.window import STOCKHOLM
from portal.desk.agenda import Item
from portal.swedish_dates import swedish_day


def restored_items(people_as_of: datetime | None, on: date) -> Iterator[Item]:
    """A backup of then was put back, and nobody has looked over who is in the party or authority since."""
    if people_as_of is not None:
        of = people_as_of.astimezone(STOCKHOLM)
        why = f"portalen är återställd till {swedish_day(of.date())} kl. {of:%H.%M}"
        yield Item(on, "Gå igenom vilka som är med", why, "organisations.people")
