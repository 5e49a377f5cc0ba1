"""One at a time, and nobody waits for their turn: whoever is at it does what the others came for."""

from collections.abc import Callable, Hashable
from threading import Lock


class Turns:
    """Jobs that only one thread of the process does at a time, each under a name."""

    def __init__(self) -> None:
        self._jobs: dict[Hashable, Callable[[], object]] = {}  # in the order in which they came
        self._somebody_is_at_it = False
        self._guard = Lock()  # for moments only

    def take(self, name: Hashable, job: Callable[[], object]) -> None:
        """Do the job, and what others come for meanwhile; or leave it to the thread that is at it.

        A job that waits already is not left a second time. A fault in one ends the turn: the rest waits for the next.
        """
        with self._guard:
            self._jobs.setdefault(name, job)
            if self._somebody_is_at_it:
                return
            self._somebody_is_at_it = True
        try:
            while next_job := self._next():
                next_job()
        except BaseException:
            with self._guard:
                self._somebody_is_at_it = False
            raise

    def _next(self) -> Callable[[], object] | None:
        with self._guard:
            if not self._jobs:
                self._somebody_is_at_it = False  # under the same guard: who comes now finds nobody, and does it
                return None
            return self._jobs.pop(next(iter(self._jobs)))
