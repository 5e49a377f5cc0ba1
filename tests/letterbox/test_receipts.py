"""What became of a message follows from what was written after it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from portal.letterbox.receipts import answered_at, waiting

START = datetime(2026, 12, 14, 9, tzinfo=UTC)


@dataclass(frozen=True)
class One:
    """A message by its side; ``settled`` by the office."""

    sender: str
    written_at: datetime
    settled_at: datetime | None = None


def written(sides: str) -> list[One]:
    """``c`` the candidate, ``C`` the same and settled, ``o`` the office; a minute apart."""
    known = {"c": "candidate", "C": "candidate", "o": "office"}
    times = [START + timedelta(minutes=place) for place in range(len(sides))]
    return [One(known[side], at, at if side == "C" else None) for side, at in zip(sides, times, strict=True)]


@pytest.mark.parametrize(
    ("sides", "count"), [("", 0), ("c", 1), ("cc", 2), ("co", 0), ("coc", 1), ("o", 0), ("C", 0), ("Cc", 1), ("cCo", 0)]
)
def test_the_candidates_messages_wait_until_they_are_answered_or_settled(sides: str, count: int) -> None:
    assert waiting(written(sides)) == count


@pytest.mark.parametrize(
    ("sides", "place", "minutes"), [("co", 0, 1), ("cco", 0, 2), ("oc", 0, 1), ("cc", 0, None), ("coo", 0, 1)]
)
def test_a_message_is_answered_by_the_first_that_the_other_side_writes_after_it(
    sides: str, place: int, minutes: int | None
) -> None:
    expected = None if minutes is None else START + timedelta(minutes=minutes)
    assert answered_at(written(sides), place) == expected
