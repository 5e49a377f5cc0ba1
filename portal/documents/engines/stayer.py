"""A child that stays for order after order, one at a time: what sets our own papers keeps what it has learnt of sheets and
fonts, and a paper takes a quarter of the time. Strangers' files are each read by a child of their own."""

import contextlib
import os
import selectors
import threading
from typing import BinaryIO

from portal import clock
from portal.documents.engines import frames
from portal.documents.engines.keeper import MAX_ANSWER, Answer, Control, child_at_work
from portal.documents.engines.nursery import UNASKED_SECONDS

MOST_ORDERS, MOST_BYTES = 50, 600_000  # of one child, which has eight seconds of a processor in all
_CHUNK = 65536


class Stayer:
    """The child of this process that does one kind of job. There is none before the first order, nor a minute after one."""

    def __init__(self, job: str) -> None:
        self._job = job
        self._guard = threading.Lock()
        self._there: _Child | None = None
        self._leaving: threading.Timer | None = None

    def ask(self, order: bytes, *, until: float) -> Answer:
        """What the child answers to an order, in a `place` that the caller has taken.

        One that has answered others before and now does not is replaced, for what it has been through may be why; a new one
        is asked once. Raises `NoChildFree` where none can be started in time.
        """
        with self._guard:
            if self._leaving is not None:
                self._leaving.cancel()
            stayed = self._has_room_for(order)
            answer = self._asked(order, until)
            if stayed and not answer.ended:
                answer = self._asked(order, until)
            if self._there is not None:
                self._leaving = threading.Timer(UNASKED_SECONDS, self.leave)
                self._leaving.daemon = True
                self._leaving.start()
            return answer

    def leave(self) -> None:
        """End the child; the next order has another. None there is no fault."""
        with self._guard:
            self._end()

    def _has_room_for(self, order: bytes) -> bool:
        if self._there is not None and not self._there.has_room_for(order):
            self._end()
        return self._there is not None

    def _asked(self, order: bytes, until: float) -> Answer:
        if self._there is None:
            self._there = _Child(self._job, until)
        answer = self._there.asked(order, until)
        if not answer.ended:
            self._end()
        return answer

    def _end(self) -> None:
        there, self._there = self._there, None
        if there is not None:
            there.end()


class _Child:
    """One child, and what it has been given so far."""

    def __init__(self, job: str, until: float) -> None:
        self._open = contextlib.ExitStack()
        ends: tuple[BinaryIO, BinaryIO, Control] = self._open.enter_context(child_at_work([job, "", "0", "0"], until))
        self._to, self._from, _ = ends
        for end in (self._to, self._from):
            self._open.callback(end.close)
            os.set_blocking(end.fileno(), False)
        self._orders = self._bytes = 0

    def has_room_for(self, order: bytes) -> bool:
        return self._orders < MOST_ORDERS and self._bytes + len(order) <= MOST_BYTES

    def end(self) -> None:
        self._open.close()

    def asked(self, order: bytes, until: float) -> Answer:
        """The frames up to the end of just this order. `ended` is False where the child went away, said anything else, or
        has not been through by then: it is not to be asked again."""
        self._orders, self._bytes = self._orders + 1, self._bytes + len(order)
        number = str(self._orders).encode()
        came, found, left = frames.Arriving(), [], MAX_ANSWER
        with contextlib.suppress(OSError), selectors.DefaultSelector() as ready:
            ready.register(self._from, selectors.EVENT_READ)
            ready.register(self._to, selectors.EVENT_WRITE)
            unsent = memoryview(frames.packed(number, order))
            while left > 0 and (patience := until - clock.monotonic()) > 0:
                for key, _ in ready.select(patience):
                    if key.fileobj is self._to:
                        unsent = unsent[os.write(key.fd, unsent[:_CHUNK]) :]
                        if not unsent:
                            ready.unregister(self._to)
                        continue
                    chunk = os.read(key.fd, _CHUNK)
                    left = left - len(chunk) if chunk else 0
                    found += came.with_more(chunk)
                    if found and found[-1][0] == frames.END:
                        return Answer(tuple(found), ended=found[-1][1] == number and not came.rest)
        return Answer(tuple(found), ended=False)
