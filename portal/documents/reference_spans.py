"""Where a text names the people who may be asked about the candidate: under a heading that says so, or beside the word."""

import re
from collections.abc import Iterator

from portal.documents.spans import Kind, Span

_WORD = r"[A-ZÅÄÖÉ][^\W\d_A-ZÅÄÖÉ][\w'\u2019-]{0,30}"
_NAME = re.compile(rf"(?<!\w){_WORD}(?: (?:von|af|de|van))?(?: {_WORD}){{1,2}}(?!\w)")
_BEGINS = re.compile(r"^\W{0,3}(?:referens(?:er|person(?:er)?)?|referent(?:er)?|references?)(?!\w)", re.I)
_ENDS = re.compile(
    r"^\W{0,3}(?:utbildning|(?:arbetslivs)?erfarenhet|anställning|språk|körkort|övrigt|kurser|uppdrag|meriter|it-kunskaper|fritid)\w{0,6}\W{0,3}$",
    re.I,
)
_NO_PERSON = frozenset(
    ["region", "regionen", "landstinget", "kommun", "kommunen", "stiftelsen", "föreningen", "partiet"]
)
_MOST_LINES = 14  # under a heading


def reference_spans(text: str) -> Iterator[Span]:
    """The first name of each line from the heading on, until another heading. An organisation's name may come along: what
    is found is a suggestion, and a human decides."""
    place, left = 0, 0
    for line in text.splitlines(keepends=True):
        after = 0
        if begins := _BEGINS.match(line):
            left, after = _MOST_LINES, begins.end()
        elif _ENDS.match(line.strip()):
            left = 0
        if left and (found := _NAME.search(line, after)) and found[0].split()[0].casefold() not in _NO_PERSON:
            yield Span(place + found.start(), place + found.end(), Kind.REFERENCE)
        left = max(0, left - 1)
        place += len(line)
