"""A stretch of a text that tells who wrote it, and how stretches found by several rules become one list."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

_BETWEEN_NAMES = (" ", "-", "\u00a0", "  ", ", ")


class Kind(StrEnum):
    """What a stretch is."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"
    ADDRESS = "address"
    LINK = "link"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters from ``start`` up to ``end``. ``sure`` ones are masked; the others are for a human to decide on."""

    start: int
    end: int
    kind: Kind
    sure: bool = True


def joined(found: Iterable[Span], text: str) -> list[Span]:
    """In order and apart: sure ones that meet are one, names with only a space between them too, and an unsure one that
    touches a sure one is gone."""
    sure: list[Span] = []
    unsure: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        into = sure if span.sure else unsure
        if into and _meet(into[-1], span, text):
            into[-1] = replace(into[-1], end=max(into[-1].end, span.end))
        else:
            into.append(span)
    return sorted([*sure, *_outside(unsure, sure)], key=lambda span: span.start)


def _meet(one: Span, other: Span, text: str) -> bool:
    if other.start < one.end:
        return True
    return one.kind is other.kind is Kind.NAME and one.sure and text[one.end : other.start][:3] in _BETWEEN_NAMES


def _outside(unsure: list[Span], sure: list[Span]) -> Iterable[Span]:
    """Those of the first list that touch none of the second; both are in order."""
    place = 0
    for span in unsure:
        while place < len(sure) and sure[place].end <= span.start:
            place += 1
        if place == len(sure) or sure[place].start >= span.end:
            yield span
