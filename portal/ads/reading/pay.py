"""The sums of a posting's pay that hold for full time, as an ad's sums do.

PURE.
"""

import re
from typing import NamedTuple

_SUM = r"(\d{2}[ \u00a0\u202f.]?\d{3})"
_RANGE = re.compile(rf"{_SUM}\s{{0,3}}(?:kr\w{{0,8}})?\s{{0,3}}(?:–|-|till|och)\s{{0,3}}{_SUM}")
_PART_OF_FULL = re.compile(r"\bav\s(?:en\s)?heltid\w*", re.I)
_FULL = r"(?:heltid|100\s?(?:%|procent))(?!\w|\s(?:eller|kan)\b)"
_FULL_AFTER = re.compile(
    r"(?:\s{0,2}(?:kr\w{0,8}|:-))?(?:\s?(?:/|per\s|i\s)\s?mån\w{0,4})?"
    r"(?:[,\s(–-]{0,3}(?:(?:räknat|baserat|brutto|gäller|avser|och|det|som|för|vid|på|i|en)\s){1,4}|\s?[\s(])" + _FULL,
    re.I,
)
_FULL_BEFORE = re.compile(
    rf"(?:\bheltidslön\w*|(?:\b{_FULL}))[\s:(]{{0,3}}(?:(?!deltid|halvtid|eller)[^\s,;.]{{1,20}}\s){{0,5}}$", re.I
)
_NEAR = 120  # characters
_LEAST = 10_000  # kronor a month


class FullTimePay(NamedTuple):
    """From and to in kronor a month, or neither; then ``asked`` says in Swedish, after "och", why they cannot be taken."""

    low: int | None = None
    high: int | None = None
    asked: str = ""


def full_time_pay(text: str, *, extent: int | None, open_extent: bool) -> FullTimePay:
    """The range that is said to be for full time; else the only one, of a post that is not for part time. ``extent`` is per
    cent where the posting says it, ``open_extent`` that it leaves it open."""
    text = _PART_OF_FULL.sub("", text)
    found = [one for one in _RANGE.finditer(text) if _LEAST <= _kronor(one[1]) <= _kronor(one[2])]
    full = [one for one in found if _is_full(text, one)]
    part = open_extent or (extent or 100) < 100
    taken = full if full or part else found
    if len(taken) == 1:
        return FullTimePay(_kronor(taken[0][1]), _kronor(taken[0][2]))
    if not found:
        return FullTimePay()
    if len(taken) > 1:
        return FullTimePay(asked="det är mer än en lön")
    said = f"tjänsten är på {extent} procent"
    return FullTimePay(asked="det är inte klart hur stor tjänsten är" if open_extent or extent is None else said)


def _is_full(text: str, found: re.Match[str]) -> bool:
    if _FULL_AFTER.match(text, found.end()):
        return True
    return _FULL_BEFORE.search(text[max(0, found.start() - _NEAR) : found.start()]) is not None


def _kronor(words: str) -> int:
    return int(re.sub(r"\D", "", words))
