"""Which of an ad's several posts are sought: one alone, or some of them together as far as one person can hold them. PURE."""

from collections.abc import Collection, Mapping
from typing import Any

from portal.swedish_dates import in_words as number_in_words

FULL = 100  # per cent: nobody holds more


def choices(content: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    """How many of the published ad's posts one person can have, each with the per cent it comes to: (1, 40), (2, 80).

    Empty where there is nothing to ask: one post, or posts too large for one person to hold two of.
    """
    posts, extent = content.get("posts") or 1, content.get("extent_percent") or FULL
    most = min(posts, FULL // extent)
    return tuple((number, number * extent) for number in range(1, most + 1)) if most > 1 else ()


def as_text(numbers: Collection[int]) -> str:
    """As it is sealed; empty where nothing is chosen."""
    return ",".join(str(number) for number in sorted(numbers))


def from_text(text: str) -> tuple[int, ...]:
    """As it was sealed."""
    return tuple(int(number) for number in text.split(",") if number.isdecimal())


def in_words(text: str, extent: int) -> str:
    """What was chosen, for the staff: "en tjänst (40 %), två tillsammans (80 %)"; empty where nothing was."""
    return ", ".join(
        f"{'en tjänst' if number == 1 else f'{number_in_words(number)} tillsammans'} ({number * extent}\u00a0%)"
        for number in from_text(text)
    )
