"""What the reader covers of a paper, page by page: kept as one sealed text. PURE."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from portal.documents.masks import Box, Origin
from portal.review.blind.mask_boxes import Drawn, boxes_of, drawn_of, kept, print_of
from portal.review.refusals import BoxUnknown


@dataclass(frozen=True, slots=True)
class PageMasks:
    """One page (from 1) of the paper: the boxes over it, and why it must be looked at with special care. ``setting``: how the
    page was set when its boxes were drawn (`documents.engines.layout`); empty of a PDF, which has pages of its own."""

    number: int
    drawn: tuple[Drawn, ...] = ()
    doubts: tuple[str, ...] = ()  # documents.masks.Doubt values
    setting: str = ""


def as_text(pages: Sequence[PageMasks]) -> str:
    """As it is sealed."""
    return json.dumps([[one.number, kept(one.drawn), list(one.doubts), one.setting] for one in pages])


def pages_in(text: str, setting: str) -> list[PageMasks]:
    """Back from what `as_text` made, for pages that are set like this now. None where they were set otherwise then, or where
    it was not kept how: their boxes would cover other words."""
    rows = json.loads(text)
    if any(len(row) < 4 or row[3] not in ("", setting) for row in rows):
        return []
    return [PageMasks(number, tuple(drawn_of(boxes)), tuple(doubts), then) for number, boxes, doubts, then in rows]


def with_box(pages: Sequence[PageMasks], number: int, box: Box) -> list[PageMasks]:
    """One more place covered on one page. Raises `BoxesRefused` where there are too many."""
    changed = [
        replace(one, drawn=(*one.drawn, Drawn(box, Origin.hand))) if one.number == number else one for one in pages
    ]
    for one in changed:
        boxes_of(kept(one.drawn))
    return changed


def without_box(pages: Sequence[PageMasks], number: int, which: int) -> list[PageMasks]:
    """The page's box at this place (from 1) taken away. Raises `BoxUnknown`."""
    own = next((one for one in pages if one.number == number), PageMasks(number))
    if not 1 <= which <= len(own.drawn):
        raise BoxUnknown
    left = (*own.drawn[: which - 1], *own.drawn[which:])
    return [replace(one, drawn=left) if one.number == number else one for one in pages]


def boxes_by_page(pages: Sequence[PageMasks]) -> Mapping[int, list[Box]]:
    """What is burnt on each page."""
    return {one.number: [drawn.box for drawn in one.drawn] for one in pages}


def print_of_pages(pages: Sequence[PageMasks]) -> str:
    """Changes with any box: a form carries it, so that what is approved is what was on the page."""
    return print_of(as_text(pages))


def doubts_of(pages: Sequence[PageMasks]) -> list[str]:
    """Every doubt, as *page:doubt*."""
    return [f"{one.number}:{doubt}" for one in pages for doubt in one.doubts]
