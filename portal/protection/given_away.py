"""What in the texts that everybody reads tells who it is that has applied under a code name. PURE."""

import re
from collections.abc import Iterator, Sequence

from portal.documents.masking import Known, secret_spans, surely_told
from portal.review.blind.given_away import names_given_away

MOST_TOLD = 5
MOST_WAYS = 10
_DIGITS = re.compile(r"(?<![\w+])\+?\d(?:[ \u00a0/().-]{0,2}\d){6,15}(?!\w)")


def tells_who(text: str, *, name: str, ways: Sequence[str] = ()) -> list[str]:
    """The first places, as they are written, at which a text surely has the person's name, how to reach somebody, a person's
    number or a link. ``ways``: those in which the person is reached (`ways_to_reach`)."""
    found = list(dict.fromkeys(_places(text, name, ways))) if text else []
    return [one for one in found if not _is_within(one, found)][:MOST_TOLD]


def _is_within(one: str, found: list[str]) -> bool:
    """A name within an address: the address says it."""
    return any(len(one) < len(other) and one.casefold() in other.casefold() for other in found)


def _places(text: str, name: str, ways: Sequence[str]) -> Iterator[str]:
    yield from names_given_away(text, [name])
    yield from surely_told(text, Known(name, ways=tuple(ways)))


def ways_to_reach(told: str) -> tuple[str, ...]:
    """The mail addresses, handles and telephone numbers in what somebody has told of how they are reached; a handle as an
    address without its host."""
    places = [told[span.start : span.end] for span in secret_spans(told, Known(""))]
    mails = [place for place in places if "@" in place[1:]]
    handles = [f"{place[1:]}@" for place in places if place.startswith("@")]
    return tuple(dict.fromkeys([*mails, *handles, *_DIGITS.findall(told)]))[:MOST_WAYS]
