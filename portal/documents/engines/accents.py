"""Accents that a file draws as signs of their own, beside or over their letter: read as the letters that they make.

The older fonts of TeX (OT1) have no ö: a free-standing dieresis is drawn, and an o under it. As it is that is no letter,
and a name with an ö would fall apart.
"""

import unicodedata
from collections.abc import Sequence

from portal.documents.engines.page_characters import Character

_MARKS = {
    "\u00a8": "\u0308", "\u02da": "\u030a", "\u00b0": "\u030a", "\u00b4": "\u0301", "`": "\u0300", "\u02cb": "\u0300",
    "\u02ca": "\u0301", "\u02c6": "\u0302", "^": "\u0302", "\u02dc": "\u0303", "~": "\u0303", "\u00b8": "\u0327",
    "\u02c7": "\u030c", "\u00af": "\u0304", "\u02c9": "\u0304", "\u02d8": "\u0306", "\u02d9": "\u0307", "\u02dd": "\u030b",
    "\u02db": "\u0328",
}  # fmt: skip
_DOTLESS = {"\u0131": "i", "\u0237": "j"}
_OVER = 0.5  # of the narrower one: so much of an accent and its letter stand over each other
_ONE_LINE = 0.4  # of the lower one, across the line; over a capital an accent is raised
_NEAR = 2  # characters: with a space that PDFium adds, or a letter that stands close


def accents_of(characters: Sequence[Character], *orders: Sequence[int | None]) -> dict[int, int]:
    """The number of each letter that has an accent drawn apart, with the number of that accent. Of the orders in which the
    characters are read, in one or another the two stand near each other."""
    over: dict[int, tuple[float, int]] = {}
    if _MARKS.keys().isdisjoint({each.letter for each in characters}):
        return {}
    for order in orders:
        for place, number in enumerate(order):
            if number is not None and characters[number].letter in _MARKS and characters[number].rect is not None:
                near = [n for n in order[max(0, place - _NEAR) : place + _NEAR + 1] if n is not None]
                shares = [
                    (_over(characters[number], characters[n]), n) for n in near if _together(characters, n, number)
                ]
                over[number] = max([over.get(number, (0.0, 0)), *shares])
    return {letter: accent for accent, (share, letter) in reversed(over.items()) if share > _OVER}


def with_accents(
    characters: Sequence[Character], numbers: Sequence[int | None], accents: dict[int, int], text: str
) -> tuple[str, list[int | None]]:
    """A text and the numbers of its letters, each accent and its letter as the one letter that they make."""
    drawn = set(accents.values())
    letters: list[str] = []
    left: list[int | None] = []
    for letter, number in zip(text, numbers, strict=True):
        if number is None or number not in drawn:
            accent = accents.get(number) if number is not None else None
            letters.append(letter if accent is None or number is None else _together(characters, number, accent))
            left.append(number)
    return "".join(letters), left


def _together(characters: Sequence[Character], letter: int, accent: int) -> str:
    """The one letter that the two make; empty where they make none."""
    base = characters[letter].letter
    if not base.isalpha():
        return ""
    made = unicodedata.normalize("NFC", _DOTLESS.get(base, base) + _MARKS[characters[accent].letter])
    return made if len(made) == 1 else ""


def _over(one: Character, other: Character) -> float:
    """How much of the narrower one stands over the other, along the line; nothing where they stand on two lines."""
    if not other.is_ink or one.quarter != other.quarter:
        return 0.0
    left, right, top, bottom = one.line
    other_left, other_right, other_top, other_bottom = other.line
    if min(bottom, other_bottom) - max(top, other_top) < _ONE_LINE * min(bottom - top, other_bottom - other_top):
        return 0.0
    narrow = max(0.01, min(right - left, other_right - other_left))
    return (min(right, other_right) - max(left, other_left)) / narrow
