"""Where a person's name stands in a text. The text is walked once, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from portal.documents.name_forms import PIECE, NameForms, fold
from portal.documents.name_words import NAMES_THAT_ARE_WORDS, SHORT
from portal.documents.spans import Kind, Span

_MOST_PIECES = 40
_SPACE = re.compile("[ \u00a0\u2002-\u200a\u202f]{1,3}")
_LINE_END = re.compile("[-\u2010\u2011\u00ad][ \t]{0,2}\r?\n[ \t]{0,3}")
_BETWEEN = re.compile("[ \u00a0]{1,3}|[-._\u2010\u2011]|[ \t]{0,2}\r?\n[ \t]{0,3}")
_BETWEEN_INITIALS = re.compile("\\. ?-?|[ \u00a0]{1,2}|[-\u2010\u2011]|['\u2019]|")
_GENITIVE = re.compile("['\u2019\u00b4:]s(?!\\w)", re.I)
_LINE_BREAK = re.compile("[\u0002\ufffe]")  # PDFium's sign for a hyphen at the end of a line
_EDGES = frozenset("(),:;|/[]\u2013\u2014\u2022")
_ROOM = 20  # blanks that a signature may have on each side


@dataclass(slots=True)
class _Word:
    start: int
    end: int
    key: str
    large: bool  # begins with a capital, or with a letter that has no case


@dataclass(slots=True)
class _Match:
    first: int
    last: int
    start: int
    end: int
    base: bool
    sure: bool


def name_spans(text: str, names: NameForms) -> Iterator[Span]:
    """Names, halves of names and initials."""
    if not names.forms:
        return
    words = [_Word(m.start(), m.end(), fold(m[0]), m[0][0].islower() is False) for m in PIECE.finditer(text)]
    found = list(_matches(text, words, names))
    _believe_neighbours(text, found)
    for match in found:
        if match.sure:
            yield Span(*_with_initials(text, words, match, names), Kind.NAME)
        elif match.base:
            yield Span(match.start, match.end, Kind.NAME, sure=False)
    yield from _initials(text, words, names)


def _matches(text: str, words: list[_Word], names: NameForms) -> Iterator[_Match]:
    place = 0
    while place < len(words):
        last = _longest(text, words, place, names)
        if last is None:
            yield from _halves(text, words[place], place, names)
            place += 1
            continue
        word, end = words[place], words[last].end
        key = "".join(each.key for each in words[place : last + 1])
        genitive = _GENITIVE.match(text, end)
        sure = word.large or last > place or not _is_a_word(key, names)
        yield _Match(place, last, word.start, genitive.end() if genitive else end, key in names.bases, sure)
        place = last + 1


def _is_a_word(key: str, names: NameForms) -> bool:
    """Whether a name written small is rather the ordinary word, or its genitive."""
    base = key if key in names.bases else key[:-1]
    return len(base) <= SHORT or base in NAMES_THAT_ARE_WORDS or key in NAMES_THAT_ARE_WORDS


def _longest(text: str, words: list[_Word], place: int, names: NameForms) -> int | None:
    """The last of the words that from ``place`` on make up one name; most often that very word, or None."""
    key, best, broken = "", None, False
    for last in range(place, min(len(words), place + _MOST_PIECES)):
        if last > place:
            gap = text[words[last - 1].end : words[last].start][:10]
            if _LINE_END.fullmatch(gap):
                broken = True
            elif not _SPACE.fullmatch(gap):
                break
        if len(key) + len(words[last].key) > names.longest:
            break
        key += words[last].key
        if key not in names.starts:
            break
        if key in names.forms and (last == place or broken or _may_be_spaced(words[place : last + 1], key)):
            best = last
    return best


def _may_be_spaced(words: list[_Word], key: str) -> bool:
    """Letters one by one, or a name that a gap between letters has cut in pieces."""
    return all(len(word.key) == 1 for word in words) or (len(key) > SHORT and words[0].large)


def _halves(text: str, word: _Word, place: int, names: NameForms) -> Iterator[_Match]:
    """The halves of a word at whose line end there was a hyphen that belongs there."""
    if not _LINE_BREAK.search(text, word.start, word.end):
        return
    for piece in re.finditer("[^\u0002\ufffe]+", text[word.start : word.end]):
        key = fold(piece[0])
        if key in names.forms and not piece[0][0].islower():
            yield _Match(place, place, word.start + piece.start(), word.start + piece.end(), base=True, sure=True)


def _believe_neighbours(text: str, found: list[_Match]) -> None:
    """``karin lind`` in small letters is a name: two of the person's names side by side are no chance."""
    for one, other in pairwise(found):
        if one.last + 1 == other.first and _BETWEEN.fullmatch(text[one.end : other.start][:10]):
            apart = text[one.start : one.end] != text[other.start : other.end]
            one.sure = other.sure = one.sure or other.sure or apart


def _with_initials(text: str, words: list[_Word], match: _Match, names: NameForms) -> tuple[int, int]:
    """``A. Lind``, ``Karin L.`` and ``von Essen`` are whole."""
    start, end = match.start, match.end
    for place in range(match.first - 1, max(-1, match.first - 4), -1):
        word = words[place]
        gap = text[word.end : start][:5]
        initial = word.key in names.initials and word.large and _BETWEEN_INITIALS.fullmatch(gap)
        if not initial and not (word.key in names.particles and _BETWEEN.fullmatch(gap)):
            break
        start = word.start
    if match.last + 1 < len(words):
        word = words[match.last + 1]
        gap = text[end : word.start][:3]
        ends = text[word.end : word.end + 1]
        if (
            word.key in names.initials
            and word.large
            and gap in (" ", "-", "\u00a0")
            and ends not in ("-", "'", "\u2019")
        ):
            end = word.end + text.startswith(".", word.end)
    return start, end


def _initials(text: str, words: list[_Word], names: NameForms) -> Iterator[Span]:
    """``A.L.`` and ``A-K L`` wherever; ``AL`` and ``A L`` as a signature, elsewhere between signs as a question."""
    place = 0
    while place < len(words):
        last = place
        if words[place].large and len(words[place].key) == 1:
            while last + 1 < len(words) and _goes_on(text, words[last], words[last + 1]):
                last += 1
        start, end = words[place].start, words[last].end
        key = "".join(word.key for word in words[place : min(last, place + 9) + 1])
        if key in names.signatures and text[start:end].isupper():
            yield from _signature(text, start, end)
        place = last + 1


def _goes_on(text: str, word: _Word, following: _Word) -> bool:
    gap = text[word.end : following.start][:4]
    return following.large and len(following.key) == 1 and bool(gap) and bool(_BETWEEN_INITIALS.fullmatch(gap))


def _signature(text: str, start: int, end: int) -> Iterator[Span]:
    if any(sign in text[start:end] for sign in ".-\u2010\u2011"):
        yield Span(start, end + text.startswith(".", end), Kind.NAME)
        return
    before = text[max(0, start - _ROOM) : start].rstrip(" \t\u00a0")[-1:]
    after = text[end : end + _ROOM].lstrip(" \t\u00a0")[:1]
    alone = before in ("", "\n", "\r") and after in ("", "\n", "\r")
    if alone or (before == "/" and not after.isalnum()):
        yield Span(start, end, Kind.NAME)
    elif (before in _EDGES or before in ("", "\n")) and (after in _EDGES or after in ("", "\n", "\r")):
        yield Span(start, end, Kind.NAME, sure=False)
