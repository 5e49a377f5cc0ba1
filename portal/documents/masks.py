"""Masks on a page's picture: boxes in fractions of it, who drew them, and what only a hand can mask."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.refusal import Refusal

A4 = (1240, 1754)  # pixels of a page's picture; other pages keep their own proportions in the same width
MOST_BOXES = 400  # a page
_TOUCHING = 0.002  # of the page; boxes this near each other are one


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the page as it is shown, turned and cropped: 0 to 1 from the left and from the top."""

    left: float
    top: float
    right: float
    bottom: float


WHOLE_PAGE = Box(0.0, 0.0, 1.0, 1.0)


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes of a page have any of it in common."""
    across = one.left < other.right and other.left < one.right
    return across and one.top < other.bottom and other.top < one.bottom


class Origin(StrEnum):
    """Who drew a box."""

    machine = "machine"
    hand = "hand"


class Doubt(StrEnum):
    """Why a page must be looked at by a human with special care. `text` is the Swedish sentence."""

    PICTURE_TEXT = "picture_text"
    OUTLINES = "outlines"
    HIDDEN_LAYER = "hidden_layer"
    FORM_OR_NOTE = "form_or_note"
    DOUBTFUL_WORD = "doubtful_word"
    UNREADABLE = "unreadable"

    @property
    def text(self) -> str:
        """What is the matter with the page, and what to do."""
        return _SENTENCES[self]


_SENTENCES = {
    Doubt.PICTURE_TEXT: (
        "Sidan är en bild, eller har en, och datorn ser inte orden i den. Läs sidan och dölj själv det som röjer namnet."
    ),
    Doubt.OUTLINES: (
        "Något på sidan kan vara bokstäver som är ritade, inte skrivna. Läs sidan och dölj själv det som röjer namnet."
    ),
    Doubt.HIDDEN_LAYER: (
        "Sidan har text som inte syns, till exempel i ett avstängt lager. De som bedömer får bara den text som syns. "
        "Titta om det som syns är dolt som det ska."
    ),
    Doubt.FORM_OR_NOTE: (
        "Sidan har ifyllda fält, stämplar eller anteckningar. Läs dem och dölj själv det som röjer namnet."
    ),
    Doubt.DOUBTFUL_WORD: (
        "Sidan har ord eller nummer som kan höra till den sökande men också till något annat. De är inte dolda. "
        "Läs dem och dölj dem om de röjer vem det är."
    ),
    Doubt.UNREADABLE: (
        "Datorn kunde inte läsa hela sidan. Läs den och dölj själv det som röjer namnet, eller dölj hela sidan."
    ),
}


class BoxesRefused(Refusal):
    """Boxes that are none, or too many."""


def read_boxes(raw: Any) -> tuple[Box, ...]:
    """Boxes from a list of lists of four numbers (left, top, right, bottom). Raises `BoxesRefused`."""
    if not isinstance(raw, list | tuple):
        raise BoxesRefused("Rutorna gick inte att läsa. Tryck på Öppna sidan på nytt och rita dem igen.")
    if len(raw) > MOST_BOXES:
        raise BoxesRefused(
            f"En sida kan ha högst {MOST_BOXES} rutor. Ta bort några och dölj större delar av sidan med var och en."
        )
    return tuple(_box(each) for each in raw)


def _box(raw: Any) -> Box:
    if isinstance(raw, list | tuple) and len(raw) == 4 and all(type(n) in (int, float) for n in raw):
        left, top, right, bottom = raw
        if 0 <= left < right <= 1 and 0 <= top < bottom <= 1:  # which no infinite number and no NaN is
            return Box(float(left), float(top), float(right), float(bottom))
    raise BoxesRefused(
        "En av rutorna ligger utanför sidan eller är tom. Tryck på Öppna sidan på nytt och rita den igen."
    )


def box_within(left: float, top: float, right: float, bottom: float) -> Box | None:
    """What of a rectangle lies on the page; None where nothing does."""
    if not all(map(math.isfinite, (left, top, right, bottom))):
        return None
    left, right = max(0.0, min(left, right)), min(1.0, max(left, right))
    top, bottom = max(0.0, min(top, bottom)), min(1.0, max(top, bottom))
    return Box(left, top, right, bottom) if left < right and top < bottom else None


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of these."""
    lefts, tops, rights, bottoms = zip(*((b.left, b.top, b.right, b.bottom) for b in boxes), strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def merged(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """The same boxes without those inside others, and with those in one that touch and stand on one line.

    Where more are left than a page may have, one box over the whole page: better too much than too little.
    """
    if len(boxes) > 10 * MOST_BOXES:
        return (WHOLE_PAGE,)
    left: list[Box] = []
    for box in sorted(set(boxes), key=lambda box: (box.top, box.left, -box.right, -box.bottom)):
        place = next((n for n, other in enumerate(left) if _are_one(other, box)), None)
        if place is None:
            left.append(box)
        else:
            left[place] = union((left[place], box))
    apart = [box for n, box in enumerate(left) if not any(_holds(o, box) for m, o in enumerate(left) if m != n)]
    return tuple(apart) if len(apart) <= MOST_BOXES else (WHOLE_PAGE,)


def _holds(box: Box, other: Box) -> bool:
    return box.left <= other.left and box.top <= other.top and box.right >= other.right and box.bottom >= other.bottom


def _are_one(box: Box, other: Box) -> bool:
    if _holds(box, other) or _holds(other, box):
        return True
    one_line = abs(box.top - other.top) < _TOUCHING and abs(box.bottom - other.bottom) < _TOUCHING
    return one_line and box.left - _TOUCHING <= other.right and other.left - _TOUCHING <= box.right


def covered(box: Box, masks: Iterable[Box]) -> bool:
    """Whether a character is masked: its middle lies under a mask, or more than a quarter of it does."""
    middle_x, middle_y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    size = (box.right - box.left) * (box.bottom - box.top)
    for mask in masks:
        if mask.left <= middle_x <= mask.right and mask.top <= middle_y <= mask.bottom:
            return True
        wide = min(box.right, mask.right) - max(box.left, mask.left)
        high = min(box.bottom, mask.bottom) - max(box.top, mask.top)
        if wide > 0 and high > 0 and wide * high > size / 4:
            return True
    return False
