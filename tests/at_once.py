"""Two at once: the second is begun while the first holds what it has changed, and goes on when the first has committed."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from time import sleep
from typing import Any
from uuid import UUID

from portal import clock, scope
from portal.applications.services.withdrawing import withdraw_application
from tests.world import World

UNTIL_IT_WAITS = 0.3  # seconds: for a row, on SQLite for the writer's place
LONGEST = 20


class Second:
    """What comes second."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._future: Future[Any] | None = None

    def begins(self, act: Callable[..., Any], *args: Any, **named: Any) -> None:
        """Begin it, inside the first one's unit of work; it must wait."""
        self._future = self._pool.submit(act, *args, **named)
        sleep(UNTIL_IT_WAITS)
        assert not self._future.done(), "it waits for the first"

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
