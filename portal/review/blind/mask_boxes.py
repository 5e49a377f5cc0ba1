"""The boxes of one page as they are kept, typed and shown: each with who drew it, and a print that changes with them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from portal.documents.masks import A4, WHOLE_PAGE, Box, BoxesRefused, Doubt, Origin, read_boxes
from portal.refusal import Refusal

SIDES: Final = ("left", "top", "right", "bottom")
BY_WORDS: Final = {Origin.machine: "Förslag", Origin.hand: "Tillagd"}
_LONGEST_NUMBER: Final = 12


class PlaceUnreadable(Refusal):
    """A typed side of a box that is no number."""

    text = "Skriv var rutan börjar och slutar som procent av sidan, till exempel 12,5."


class SidesWrong(Refusal):
    """Typed sides between which there is nothing, or something that is not of the page."""

    text = (
        "Rutan är tom eller går utanför sidan. Varje Till ska vara större än talet före, och alla tal mellan 0 och 100."
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box, and whether the machine suggested it or somebody drew it."""

    box: Box
    origin: Origin


def kept(drawn: Iterable[Drawn]) -> list[list[Any]]:
    """As the database keeps them: four numbers and who drew it."""
    return [[*(getattr(one.box, side) for side in SIDES), one.origin.value] for one in drawn]


def drawn_of(rows: Sequence[Sequence[Any]]) -> list[Drawn]:
    """Back from what `kept` made."""
    boxes = read_boxes([list(row[:4]) for row in rows])
    return [Drawn(box, Origin(row[4])) for box, row in zip(boxes, rows, strict=True)]


def boxes_of(rows: Sequence[Sequence[Any]]) -> list[Box]:
    """The boxes alone."""
    return [one.box for one in drawn_of(rows)]


def typed_box(typed: Sequence[str]) -> Box:
    """The box that four typed percentages say (left, top, right, bottom). Raises a Refusal."""
    sides = [_number(text) / 100 for text in typed]
    try:
        return read_boxes([sides])[0]
    except BoxesRefused:
        raise SidesWrong(field="left") from None


def _number(text: str) -> float:
    try:
        return float(text.strip().removesuffix("%").replace(",", ".")[:_LONGEST_NUMBER])
    except ValueError:
        raise PlaceUnreadable(field="left") from None


def covers_page(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether nothing of the page is left to see."""
    return WHOLE_PAGE in boxes_of(rows)


def percent(fraction: float) -> str:
    """12,5"""
    return f"{100 * fraction:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def place_words(box: Box) -> str:
    """Where a box is, for whoever does not see it."""
    left, top, right, bottom = (percent(getattr(box, side)) for side in SIDES)
    return f"{top}–{bottom} % uppifrån, {left}–{right} % från vänster"


def shown_page(number: int, drawn: Iterable[Drawn], doubts: Iterable[str], *, src: str, href: str) -> dict[str, Any]:
    """What a page of masking shows of one page of a file: its picture (``src``), boxes and doubts; ``href`` its own page."""
    wide, high = A4  # scaled to the column: the proportion keeps the place while the picture loads
    return {
        "number": number,
        "src": src,
        "href": href,
        "width": wide,
        "height": high,
        "boxes": [
            {"box": one.box, "words": place_words(one.box), "by": one.origin.value, "said": BY_WORDS[one.origin]}
            for one in drawn
        ],
        "doubts": [(f"{number}:{key}", sentence) for key, sentence in doubt_sentences(doubts)],
    }


def print_of(*shown: Any) -> str:
    """Another for other boxes, doubts or texts: a form carries it, so that what is approved is what was on the page."""
    return sha256(json.dumps(shown, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def all_doubts_seen(doubts: Iterable[str], seen: Iterable[str]) -> bool:
    """Whether each of a page's doubts is ticked as looked at."""
    return set(doubts) <= set(seen)


def doubt_sentences(doubts: Iterable[str]) -> list[tuple[str, str]]:
    """Key and sentence of each doubt."""
    return [(doubt, Doubt(doubt).text) for doubt in doubts]
