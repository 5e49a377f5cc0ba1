"""The criterion's own words, found again in what a candidate has written, so that the eye lands where it matters.

A help to read, and nothing else: a text without a mark is no worse, and nothing is counted from it. Words are compared
by their beginning, as Swedish bends its words at the end (*skriver*, *skrivande*; *journalistik*, *journalisten*) and
joins them with an s (*kommunikationsansvarig*). Another word that happens to begin alike is none of them (*skrivbord*).
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"[^\W\d_]+")
_FEWEST: Final = 4  # letters that must be alike, or half of all words would shine
_BENT: Final = """a ad ade ande ar are aren arna as at de en ende er erna et ets het heten hets ig iga igt ing ingar
    ingarna ingen ik iken itet itets lig liga ligt ling na ning ningar ningen or orna s sk t tion tionen tioner e n r"""
_ENDINGS: Final = tuple(sorted(_BENT.split(), key=len, reverse=True))
_ENDS: Final = frozenset(_ENDINGS) | {first + second for first in _ENDINGS for second in _ENDINGS}
_JOINED: Final = re.compile(f"(?:{'|'.join(_ENDINGS)})?s[^\\W\\d_]{{{_FEWEST}}}")
_SAYS_LITTLE: Final = """alla allt andra annan annat arbeta arbetar arbete arbetet bara behöver blir både därför dessa
    detta egen eget egna eller efter erfarenhet erfarenheter finns från före gärna gott göra goda görs hade hans hela
    hennes honom inom inte just krav kommer kunna kunskap kunskaper liknande med meriterande minst mellan mycket många
    måste någon något några också olika och samt sedan ser sina sitt själv skall ska som stor stora större till tidigare
    under utan vara varit vars vid vilka vilken vilket vill vore vår våra även över är"""
_EMPTY: Final = frozenset(_SAYS_LITTLE.split())


class Piece(NamedTuple):
    """A stretch of text, and whether it is one of the criterion's words."""

    text: str
    mark: bool


def stems_of(criterion: str) -> frozenset[str]:
    """How the criterion's content words begin, each at least four letters long."""
    stems = {_stem(word) for word in _WORD.findall(_plain(criterion)) if word not in _EMPTY and len(word) >= _FEWEST}
    return frozenset(stem for stem in stems if len(stem) >= _FEWEST)


def _stem(word: str) -> str:
    """Without its ending, as long as enough is left to know it by."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _FEWEST:
            return word[: -len(ending)]
    return word


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def marked(text: str, stems: Collection[str]) -> list[Piece]:
    """The text in pieces, put together again letter for letter (with å, ä, ö as one sign each).

    One pass over the text. A word counts when it begins as one of the criterion's does.
    """
    text = unicodedata.normalize("NFC", text)
    return list(_joined(_pieces(text, _by_beginning(stems)), text)) if stems else [Piece(text, mark=False)]


def _by_beginning(stems: Collection[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for stem in stems:
        found[stem[:_FEWEST]] = (*found.get(stem[:_FEWEST], ()), stem)
    return found


def _pieces(text: str, stems: dict[str, tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Where the marked words stand."""
    for word in _WORD.finditer(text):
        folded = word.group().casefold()
        if any(folded.startswith(stem) and _goes_on(folded[len(stem) :]) for stem in stems.get(folded[:_FEWEST], ())):
            yield word.span()


def _goes_on(rest: str) -> bool:
    """Whether what follows the beginning bends or joins it, rather than making another word of it."""
    return len(rest) < _FEWEST or rest in _ENDS or _JOINED.match(rest) is not None


def _joined(spans: Iterator[tuple[int, int]], text: str) -> Iterator[Piece]:
    at = 0
    for begins, ends in spans:
        if begins > at:
            yield Piece(text[at:begins], mark=False)
        yield Piece(text[begins:ends], mark=True)
        at = ends
    if at < len(text) or not text:
        yield Piece(text[at:], mark=False)
