"""Telephone numbers that a line's end cuts where there was a blank. PURE.

Two lines that have nothing to do with each other may each hold figures. So the next line's are taken where the first one's
are too few to be a number, and the two together are as many as one has.
"""

import re
from collections.abc import Iterator

from portal.documents.spans import Kind, Span

_BLANK, _DASH = r" \u00a0\u2002-\u200a\u202f", r"\-\u2010-\u2015"
_CUT_PHONE = re.compile(
    rf"(?<![\w@+])(?<!\d[{_BLANK}.,{_DASH}])"
    rf"(?P<first>(?:(?:\+|00) ?46(?:[{_BLANK}]?\(0\))?|(?:\((?=[\d ]{{1,8}}\)))?0|\+[1-9])"
    rf"(?:[{_BLANK}{_DASH}/()]{{0,3}}\d){{1,11}}\)?[{_DASH}/]?)"
    rf"[{_BLANK}]?\r?\n(?!(?:19|20)\d\d(?!\d))"
    rf"(?P<rest>\d{{2,7}}(?:[{_BLANK}]\d{{2,4}}){{0,3}})(?!\d|[.,:{_DASH}]\d)"
)
_CUT_AFTER_SWEDEN = re.compile(
    rf"(?<![\w@+])(?:\+|00) ?46[{_BLANK}]?\r?\n(?:\(?0\)?[{_BLANK}]?)?\d{{1,3}}[{_BLANK}{_DASH}/]{{1,3}}\d{{2,4}}"
    rf"(?:[{_BLANK}]\d{{2,4}}){{1,3}}(?!\d)"
)
_SWEDEN = re.compile(r"(?:\+|00) ?46")
_THREE_FIGURES = "010 011 013 016 018 019 020 021 023 026 031 033 035 036 040 042 044 046 054 060 063 090"
_AREAS = frozenset(_THREE_FIGURES.split())
_STOCKHOLM, _MOBILE = "08", "07"
_ABROAD = range(10, 14)  # figures with the country's
_LONGEST_GROUP = 4  # but of a mobile number, which may be written as one


def cut_phones(text: str) -> Iterator[Span]:
    """Each number of which the next line has the end, whole."""
    for match in _CUT_PHONE.finditer(text):
        if length := _taken(match["first"], match["rest"]):
            yield Span(match.start(), match.start("rest") + length, Kind.PHONE)
    for match in _CUT_AFTER_SWEDEN.finditer(text):
        yield Span(match.start(), match.end(), Kind.PHONE)


def _taken(first: str, rest: str) -> int:
    """How many characters of the next line belong to the number; 0 where it is none, or whole already."""
    digits, lacking = _lacking(first, rest[0])
    had = 0
    for group in re.finditer(r"\d+", rest):
        had += len(group[0])
        if len(group[0]) > _LONGEST_GROUP and not digits.startswith(_MOBILE):
            return 0
        if had in lacking:
            return group.end()
    return 0


def _lacking(first: str, following: str) -> tuple[str, set[int]]:
    """The figures of the first line, and how many more a number that begins so may have; ``following`` is the next figure."""
    if first.startswith("+") and not _SWEDEN.match(first):
        digits = re.sub(r"\D", "", first)
        return digits, {whole - len(digits) for whole in _ABROAD} if len(digits) < _ABROAD.start else set()
    groups = re.findall(r"\d+", _SWEDEN.sub("", first))
    groups = groups[groups[:1] == ["0"] :] or ["0"]
    digits = f"0{''.join(groups).removeprefix('0')}"
    area, whole = _area(digits + following, f"0{groups[0].removeprefix('0')}")
    own = len(digits) - area
    return digits, {length - own for length in whole} if 0 <= own < min(whole, default=0) else set()


def _area(digits: str, group: str) -> tuple[int, tuple[int, ...]]:
    """The length of the area's code, and of the numbers in it; no lengths where no number begins so."""
    whole: tuple[int, ...]
    if digits.startswith(_MOBILE):
        return 3, (7,)
    if digits.startswith(_STOCKHOLM):
        area, whole = 2, (7, 8) if digits[2:3] in ("4", "5") else (7,)
    elif digits[:3] in _AREAS:
        area, whole = 3, (6, 7)
    else:
        area, whole = 4, (5, 6) if len(group) == 4 else ()
    return area, whole if digits[area : area + 1] != "0" else ()
