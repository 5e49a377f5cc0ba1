"""Many values a few at a time: a database takes only so many in one question. PURE."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Value = TypeVar("Value")

ASKED_AT_ONCE = 10_000  # SQLite takes 32,766 values in one question, PostgreSQL 65,535


def in_chunks(values: Iterable[Value], size: int = ASKED_AT_ONCE) -> Iterator[list[Value]]:
    """The values in their order, in lists of ``size`` and a shorter last one; read no further than is asked for."""
    left = iter(values)
    while chunk := list(islice(left, size)):
        yield chunk
