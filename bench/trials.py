"""What a trial gives: figures by the name of their row, each with what it cost and what others took meanwhile."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.machine import Spent
from bench.servers import Running


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one round. ``server_ms`` is the server's processor time per request."""

    row: str
    value: float
    server_ms: float | None = None
    others_percent: float | None = None

    @classmethod
    def of(cls, row: str, value: float, took: Spent, requests: int) -> "Figure":
        """A figure with its cost divided by the requests."""
        return cls(row, value, 1000 * took.server / max(1, requests), took.others_percent)


Trial = Callable[[Running], Iterator[Figure]]
