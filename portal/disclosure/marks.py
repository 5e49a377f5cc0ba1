"""Secrecy marks on one record: where on which page, and on what ground; and how they are kept. PURE."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

from portal.disclosure.grounds import is_protection, words_of
from portal.documents.masks import MOST_BOXES, WHOLE_PAGE, Box, read_boxes
from portal.refusal import Refusal

WHOLE_RECORD = 0  # the page of a mark that withholds all of it


class TooManyMarks(Refusal):
    """More than a page can be burnt with."""

    text = f"En sida kan ha högst {MOST_BOXES} rutor. Täck hela sidan i stället."


@dataclass(frozen=True, slots=True)
class Mark:
    """A box on a page (from 1), the key of its ground, and the reason where one was typed."""

    page: int
    box: Box
    ground: str
    reason: str = ""

    @property
    def words(self) -> str:
        """The ground in words."""
        return words_of(self.ground, self.reason)


def as_text(marks: Iterable[Mark]) -> str:
    """As they are sealed."""
    return json.dumps([[one.page, list(astuple(one.box)), one.ground, one.reason] for one in marks], ensure_ascii=False)


def marks_in(text: str) -> list[Mark]:
    """Back from what `as_text` made."""
    return [Mark(page, read_boxes([box])[0], ground, reason) for page, box, ground, reason in json.loads(text)]


def with_mark(marks: Sequence[Mark], mark: Mark) -> list[Mark]:
    """One more; of a page that is covered whole the others are let go. Raises TooManyMarks."""
    if sum(one.page == mark.page for one in marks) >= MOST_BOXES:
        raise TooManyMarks
    others = [one for one in marks if one.page != mark.page] if mark.box == WHOLE_PAGE else list(marks)
    return others if mark in others else [*others, mark]


def without_mark(marks: Sequence[Mark], page: int, which: int) -> list[Mark]:
    """The page's mark at this place (from 1) taken away; the same where there is none."""
    own = [one for one in marks if one.page == page]
    gone = own[which - 1] if 0 < which <= len(own) else None
    return [one for one in marks if one is not gone]


def by_page(marks: Iterable[Mark]) -> Mapping[int, list[Box]]:
    """The boxes of each page."""
    found: dict[int, list[Box]] = {}
    for one in marks:
        if one.page != WHOLE_RECORD:
            found.setdefault(one.page, []).append(one.box)
    return found


def protects(marks: Iterable[Mark]) -> bool:
    """Whether any is there for a protected identity."""
    return any(is_protection(one.ground) for one in marks)


def grounds_of(marks: Iterable[Mark]) -> list[str]:
    """The grounds in words, each once, in order."""
    return list(dict.fromkeys(one.words for one in marks))
