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


def in_words(text: str, content: Mapping[str, Any], *, extent_now: int | None = None) -> str:
    """What was chosen of what that published ad offered, for the staff: "en tjänst (40 %), två tillsammans (80 %)"; empty
    where nothing was. Where the ad says another extent by now, ``extent_now``, it tells which one was chosen by."""
    chosen, then = from_text(text), content.get("extent_percent") or FULL
    words = ", ".join(
        f"{'en tjänst' if number == 1 else f'{number_in_words(number)} tillsammans'} ({percent}\u00a0%)"
        for number, percent in choices(content)
        if number in chosen
    )
    changed = words and extent_now is not None and extent_now != then
    return f"{words}, när annonsen gällde {then}\u00a0%" if changed else words


def without_extent(text: str) -> str:
    """The same choice whatever the ad offers by now: "en tjänst, två tillsammans"."""
    return ", ".join(
        "en tjänst" if number == 1 else f"{number_in_words(number)} tillsammans" for number in from_text(text)
    )
