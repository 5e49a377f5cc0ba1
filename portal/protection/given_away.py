"""What in the texts that everybody reads tells who it is that has applied under a code name. PURE."""

from collections.abc import Iterator

from portal.documents.masking import Kind, Known, secret_spans
from portal.review.blind.given_away import names_given_away

MOST_TOLD = 5


def tells_who(text: str, *, name: str, address: str = "") -> list[str]:
    """The first places, as they are written, at which a text surely has the person's name, how to reach somebody, a person's
    number or a link."""
    found = list(dict.fromkeys(_places(text, name, address))) if text else []
    return [one for one in found if not _is_within(one, found)][:MOST_TOLD]


def _is_within(one: str, found: list[str]) -> bool:
    """A name within an address: the address says it."""
    return any(len(one) < len(other) and one.casefold() in other.casefold() for other in found)


def _places(text: str, name: str, address: str) -> Iterator[str]:
    yield from names_given_away(text, [name])
    for span in secret_spans(text, Known(name, address)):
        if span.sure and span.kind is not Kind.NAME:
            yield " ".join(text[span.start : span.end].split())
