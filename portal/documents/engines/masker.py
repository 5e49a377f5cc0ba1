"""Masks through the door for strangers' files: where they should be, and pages with them burnt in, each in the limited child.

What the portal knows of the candidate goes to the child by its pipe, before the file. What comes back is treated as hostile.
A DOCX, ODT, text file or typed letter is set as pages in the child, the same each time, so both see the same pages.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from portal import clock
from portal.documents import kinds
from portal.documents.engines import frames, keeper, places
from portal.documents.engines.reader import BUDGET, LONGEST, verdict_in
from portal.documents.masking import Known, Seek
from portal.documents.masks import WHOLE_PAGE, Box, BoxesRefused, Doubt, read_boxes
from portal.documents.reading import Verdict

_SUGGESTED_BY_A_CHILD = 10
_BURNT_BY_A_CHILD = 4


@dataclass(frozen=True, slots=True)
class PageSuggestion:
    """Of one page (from 1): what the machine would cover, and why a human must look."""

    number: int
    boxes: tuple[Box, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion for every page of the file. ``verdict``: ok; waiting (no child was free); else what it stopped at.

    Where it stopped early but the file opens, the pages it did not come to have no boxes and the doubt UNREADABLE.
    """

    verdict: Verdict
    page_count: int = 0
    pages: tuple[PageSuggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class BurntPage:
    """One page (from 1) as a PNG without metadata, boxes filled, and the text still to be read on it. ``bare``: the SHA-256
    of its picture without boxes, of a page that is set anew each time."""

    number: int
    picture: bytes
    text: str
    bare: str = ""


@dataclass(frozen=True, slots=True)
class Burnt:
    """The pages asked for. ``verdict``: ok where all of them are there; waiting, or what it stopped at."""

    verdict: Verdict
    page_count: int = 0
    pages: tuple[BurntPage, ...] = ()


def suggest_masks(
    data: bytes,
    kind: str,
    known: Known,
    *,
    seek: Seek = Seek.WRITER,
    until: float | None = None,
    patience: float | None = None,
) -> Suggested:
    """Boxes over everything that is sought in the file, page by page, and what only a hand can mask.

    `until` is an instant of `clock.monotonic` by which it is over (default: nine seconds for every ten pages); `patience`
    is how many seconds it waits for a free child (default: three). Never raises for what the file is.
    """
    asked = frames.with_order({"known": astuple(known), "seek": seek}, data)
    found: dict[int, PageSuggestion] = {}
    count, verdict = 0, Verdict.ok
    for first in range(1, kinds.MAX_PAGES + 1, _SUGGESTED_BY_A_CHILD):
        last = first + _SUGGESTED_BY_A_CHILD - 1
        answer, verdict = _ask(asked, "suggest", kind, first, last, until, patience)
        pages = [page for facts in _facts(answer) if (page := _suggestion(facts))]
        found |= {page.number: page for page in pages if first <= page.number <= last}
        count = _page_count(answer) or count
        if verdict is not Verdict.ok or last >= count:
            break
    every = (found.get(n, PageSuggestion(n, (), (Doubt.UNREADABLE,))) for n in range(1, count + 1))
    complete = Verdict.ok if len(found) >= count > 0 else Verdict.stuck
    return Suggested(complete if verdict is Verdict.ok else verdict, count, tuple(every))


def burn_masks(
    data: bytes,
    kind: str,
    boxes: Mapping[int, Sequence[Box]],
    *,
    most: int | None = None,
    until: float | None = None,
    patience: float | None = None,
) -> Burnt:
    """Pictures and text of the pages named in `boxes`, and of no other, with those boxes burnt in.

    A page with no boxes is named with an empty list. Whatever does not show on the picture is not in the text. `until` as
    for `suggest_masks`, here nine seconds for every four pages. `most` is how many bytes a picture should keep to, by fewer
    colours; one that does not come down to them is given as small as it is.
    """
    wanted = sorted(boxes)
    done: dict[int, BurntPage] = {}
    count, verdict = 0, Verdict.ok
    for start in range(0, len(wanted), _BURNT_BY_A_CHILD):
        pages = wanted[start : start + _BURNT_BY_A_CHILD]
        order = {"boxes": {str(n): [astuple(box) for box in boxes[n]] for n in pages}, "most": most}
        asked = frames.with_order(order, data)
        answer, verdict = _ask(asked, "burn", kind, pages[0], pages[-1], until, patience)
        count = _page_count(answer) or count
        done |= {page.number: page for page in _burnt(answer) if page.number in pages}
        if verdict is not Verdict.ok:
            break
    complete = Verdict.ok if len(done) == len(wanted) else Verdict.stuck
    in_order = tuple(done[number] for number in sorted(done))
    return Burnt(complete if verdict is Verdict.ok else verdict, count, in_order)


def _ask(
    asked: bytes, job: str, kind: str, first: int, last: int, until: float | None, patience: float | None
) -> tuple[keeper.Answer, Verdict]:
    """One child's answer, and ok where it came to its end."""
    try:
        latest = clock.monotonic() + BUDGET if until is None else until
        with places.place(latest if patience is None or until is not None else latest + patience, patience):
            ends = clock.monotonic() + BUDGET if until is None else until
            answer = keeper.ask(asked, job, kind, first, last, until=ends)
    except places.NoChildFree:
        return keeper.Answer((), ended=False), Verdict.waiting
    told = [verdict for _letter, body in answer.frames if (verdict := verdict_in(frames.facts_in(body)))]
    return answer, told[-1] if told else Verdict.ok if answer.ended else Verdict.stuck


def _facts(answer: keeper.Answer) -> Iterator[dict[str, Any]]:
    yield from (frames.facts_in(body) for letter, body in answer.frames if letter == frames.WORDS)


def _page_count(answer: keeper.Answer) -> int:
    counts = [facts["pages"] for facts in _facts(answer) if type(facts.get("pages")) is int]
    return counts[-1] if counts and 0 < counts[-1] <= kinds.MAX_PAGES else 0


def _suggestion(facts: dict[str, Any]) -> PageSuggestion | None:
    """One page's frame, checked. Boxes that are none: all of the page, and a human must look."""
    page, doubts = facts.get("page"), facts.get("doubts")
    if type(page) is not int or not isinstance(doubts, list):
        return None
    known = {doubt for doubt in Doubt if doubt.value in doubts}
    try:
        boxes = read_boxes(facts.get("boxes"))
    except BoxesRefused:
        boxes, known = (WHOLE_PAGE,), known | {Doubt.UNREADABLE}
    return PageSuggestion(page, boxes, tuple(doubt for doubt in Doubt if doubt in known))


def _burnt(answer: keeper.Answer) -> Iterator[BurntPage]:
    """Each picture with the page number and text told just before it."""
    page, text, bare = 0, "", ""
    for letter, body in answer.frames:
        if letter == frames.WORDS:
            facts = frames.facts_in(body)
            number, words, told = facts.get("page"), facts.get("text"), facts.get("bare")
            bare = told if type(told) is str else ""
            page = number if type(number) is int else 0
            text = kinds.clean_text(words[: kinds.MAX_CHARACTERS]) if type(words) is str else ""
        elif letter == frames.PICTURE and page and frames.is_picture(body, LONGEST):
            yield BurntPage(page, body, text, bare)
            page = 0
