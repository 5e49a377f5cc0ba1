"""Places for bodies that come in: so many at once, shared fairly between networks, and lent to slow senders only while nobody
waits. PURE.
"""

import math
from collections.abc import Sequence
from threading import Condition
from typing import Protocol

from portal import clock

WAIT_SECONDS = 20
LONG_SECONDS = WAIT_SECONDS  # to go, of one in a crowd: whoever waits is gone by then
LOOK_AGAIN = 1.0  # seconds between a waiting one's looks at those inside
FAST_BYTES_PER_SECOND = 48_000  # of 64 kB/s of a phone as much as is sure to arrive: asked to leave of a crowd alone
HELD_SECONDS = 60  # that anybody slower has a place for, while somebody waits
HELD_BY_MANY = 15  # the same, of a network that has two places more than the one that waits: less than that waits
SITE_OF_SIX = 48  # bits of an IPv6 address: whoever is given a whole site has 65,536 networks of 64, and is one here


class Body(Protocol):
    """What holds a place."""

    network: str

    def seconds_to_go(self, *, after: float, unless: float) -> float | None:
        """Until all of it is there, as fast as it has come. None before it has come for so many seconds, where it has come
        at the rate of ``unless`` (bytes a second), and where it is there or is leaving."""

    def give_up(self) -> bool:
        """Let it be answered 408. False where it is there already."""


class Places:
    """So many at once, and so many more who wait for their turn; whoever comes then is told to return at once.

    A place goes to the network that holds fewest, and there to whoever came first. While somebody waits, one of those who
    are slow and have long had a place gives it up: of the waiting one's own network, or of one that holds more; of the
    network that holds most first, and there the one with most to go. So no crowd of one network drives a slow sender out
    of another. Of a network that holds two more a fast one does so too, where it would not be through in the time that the
    other is waited for: else four even lines of one laptop shut out everybody.
    """

    def __init__(self, at_once: int, waiting: int) -> None:
        self._at_once, self._may_wait = at_once, waiting
        self._held: list[Body] = []
        self._waiting: list[Body] = []
        self._leaving: list[Body] = []  # of those held, asked to
        self._changed = Condition()

    def take(self, body: Body) -> bool:
        """A place, waited for at most twenty seconds; False where there is none."""
        with self._changed:
            if not self._may_come_in(body):
                return False
            until = clock.monotonic() + WAIT_SECONDS
            self._waiting.append(body)
            try:
                while not self._is_next(body):
                    left = until - clock.monotonic()
                    if left <= 0:
                        return False
                    self._ask_one_to_leave_for(body)
                    self._changed.wait(min(left, LOOK_AGAIN))
                self._held.append(body)
                return True
            finally:
                self._waiting.remove(body)
                self._changed.notify_all()  # somebody else is next now

    def give_back(self, body: Body) -> None:
        """Let the next one in."""
        with self._changed:
            self._held.remove(body)
            if body in self._leaving:
                self._leaving.remove(body)
            self._changed.notify_all()

    def _may_come_in(self, body: Body) -> bool:
        """Whether a place is free, or a seat to wait on: of those one network has half."""
        inside = len(self._held) + len(self._waiting)
        if inside < self._at_once:
            return True
        return inside < self._at_once + self._may_wait and 2 * _of(body.network, self._waiting) < self._may_wait

    def _is_next(self, body: Body) -> bool:
        first = min(self._waiting, key=lambda one: _of(one.network, self._held))
        return body is first and len(self._held) < self._at_once

    def _ask_one_to_leave_for(self, body: Body) -> None:
        """One at most for each who waits."""
        if self._at_once - len(self._held) + len(self._leaving) >= len(self._waiting):
            return
        own = _of(body.network, self._held)
        slow: list[tuple[int, float, Body]] = []
        for one in self._held:
            theirs = _of(one.network, self._held)
            seconds = _long(one) if theirs > own + 1 else _slow(one)
            if seconds is not None and (theirs > own or one.network == body.network):
                slow.append((theirs, seconds, one))
        if slow:
            _, _, chosen = max(slow, key=lambda each: each[:2])
            if chosen.give_up():
                self._leaving.append(chosen)


def _of(network: str, bodies: Sequence[Body]) -> int:
    return sum(one.network == network for one in bodies)


def _slow(one: Body) -> float | None:
    return one.seconds_to_go(after=HELD_SECONDS, unless=FAST_BYTES_PER_SECOND)


def _long(one: Body) -> float | None:
    """Of one of a crowd: slow, or fast with so much to send that nobody waits so long."""
    slow = one.seconds_to_go(after=HELD_BY_MANY, unless=FAST_BYTES_PER_SECOND)
    if slow is not None:
        return slow
    seconds = one.seconds_to_go(after=HELD_BY_MANY, unless=math.inf)
    return seconds if seconds is not None and seconds > LONG_SECONDS else None
