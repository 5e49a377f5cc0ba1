"""Two at once: the second is begun while the first holds what it has changed, and goes on when the first has committed."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import get_ident
from time import monotonic, sleep
from types import FrameType
from typing import Any
from uuid import UUID

from portal import clock, scope
from portal.applications.services.withdrawing import withdraw_application
from tests.world import World

LONG_FOR_ONE_CALL, LONGEST = 0.25, 20  # seconds
WAITING_IN = {"_begin_to_write", "do_execute", "do_executemany"}  # the writer's place on SQLite, rows on PostgreSQL


class Second:
    """What comes second."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._thread = pool.submit(get_ident).result()
        self._future: Future[Any] | None = None

    def begins(self, act: Callable[..., Any], *args: Any, **named: Any) -> None:
        """Begin it, inside the first one's unit of work; returns when it waits for the first, however slow the machine."""
        self._future = self._pool.submit(act, *args, **named)
        until, call, since = monotonic() + LONGEST, None, monotonic()
        while monotonic() - since < LONG_FOR_ONE_CALL or call is None:
            assert not self._future.done(), "it waits for the first"
            assert monotonic() < until, "it gets as far as to wait"
            if (now := self._call_of_the_database()) is not call:
                call, since = now, monotonic()
            sleep(0.01)

    def _call_of_the_database(self) -> FrameType | None:
        frame = sys._current_frames().get(self._thread)
        while frame is not None and frame.f_code.co_name not in WAITING_IN:
            frame = frame.f_back
        return frame

    def ends(self) -> Any:
        """What it came to, after the first has committed; raises what it raised."""
        assert self._future is not None
        return self._future.result(timeout=LONGEST)


@contextmanager
def taking_back(world: World, application_id: UUID) -> Iterator[None]:
    """The first is a candidate who takes their application back."""
    with world.writing(scope.candidate(application_id)) as session:
        withdraw_application(session, application_id=application_id, at=clock.now())
        session.flush()
        yield


@contextmanager
def second() -> Iterator[Second]:
    """Somebody who comes second."""
    with ThreadPoolExecutor(1) as pool:
        yield Second(pool)
