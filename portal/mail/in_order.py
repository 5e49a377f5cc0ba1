"""Which of the mails that wait are sent now, in what order. PURE."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from portal.mail.states import says_that_the_server_was_away

# Longer than the longest sending: see `engines`.
CLAIM: Final = timedelta(minutes=5)
LONGEST_PAUSE: Final = timedelta(hours=1)
HOLDS_ORDER_FOR: Final = 3  # tries: some minutes


class Waiting(Protocol):
    """What is asked of a mail that waits."""

    @property
    def id(self) -> UUID: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def claimed_until(self) -> datetime | None: ...
    @property
    def tries(self) -> int: ...
    @property
    def last_fault(self) -> str: ...


class Turn(NamedTuple):
    """A mail to send now. ``early``: it waits for a later try of its own, and goes before a later mail to its reader. Where
    one of those fails, the others to that reader wait on: what it met says nothing of the later one."""

    id: UUID
    reader: str
    early: bool = False


def is_claimed(row: Waiting, at: datetime) -> bool:
    """Whether it is on its way. What is held for hours longer than is ever done was so by a clock that was wrong; two
    workers' clocks may be some seconds apart."""
    return row.claimed_until is not None and at < row.claimed_until <= at + CLAIM + LONGEST_PAUSE


def is_due(row: Waiting, at: datetime) -> bool:
    """Whether its time has come. What is put off for so long was so by a wrong clock, too."""
    return not is_claimed(row, at) and not at < row.due_at <= at + 2 * LONGEST_PAUSE


def next_to_each_reader(
    rows: Iterable[Waiting], at: datetime, *, reader_of: Callable[[Waiting], str], most: int
) -> list[Turn]:
    """Of all that waits, which comes oldest first, the mails to send now: to each reader only the first, so that order is
    kept. One that has failed time and again holds no later one back, which may be a code that is good for ten minutes,
    unless it is on its way; but where that was the server's fault, it is tried before the later one, which may say that it
    is so no more."""
    held = set[str]()
    put_off = defaultdict[str, list[UUID]](list)
    found: list[Turn] = []
    for row in rows:
        reader = reader_of(row)
        if reader in held:
            continue
        if row.tries < HOLDS_ORDER_FOR or is_claimed(row, at):
            held.add(reader)
        if is_due(row, at):
            found += [*(Turn(id, reader, early=True) for id in put_off.pop(reader, ())), Turn(row.id, reader)]
            if len(found) >= most:
                break
        elif says_that_the_server_was_away(row.last_fault):
            put_off[reader].append(row.id)
    return found
