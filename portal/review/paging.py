"""A long list by pages of fifty: which rows, and the numbers to choose from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

SIZE: Final = 50
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Paged(Generic[Item]):
    """One page's rows; ``number`` counts from 1."""

    rows: Sequence[Item]
    number: int
    of: int
    total: int

    @property
    def first(self) -> int:
        """The number of the page's first row among all."""
        return (self.number - 1) * SIZE + 1

    @property
    def last(self) -> int:
        """Of its last one."""
        return self.first + len(self.rows) - 1

    def numbers(self, address: Callable[[int], str]) -> list[dict[str, Any]]:
        """Every page as a link; empty where there is one alone."""
        if self.of == 1:
            return []
        return [
            {"text": str(number), "href": address(number), "current": number == self.number}
            for number in range(1, self.of + 1)
        ]


def page_of(rows: Sequence[Item], asked: str) -> Paged[Item]:
    """The page asked for; whatever is no page of this list is the first one."""
    of = max(1, -(-len(rows) // SIZE))
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 6 else 1
    number = number if 1 <= number <= of else 1
    return Paged(rows[(number - 1) * SIZE : number * SIZE], number, of, len(rows))
