"""The extent of the post in per cent of full time."""

import re
from typing import NamedTuple

from portal.ads.reading.sections import Page
from portal.ads.reading.terms import PAY

_PART = re.compile(
    r"(?<![0-9.,])([0-9]{1,3})(?:\s?(?:-|–|—|/|till|eller)\s?([0-9]{1,3}))?\s?(?:%|procent\b)|\b(heltid\w*"
    r"|halvtid\w*|deltid\w*)",
    re.I,
)
_ABOUT_POST = re.compile(
    r"\b(?:\w*tjänst\w*|\w*anställning\w*|vikariat\w*|omfattning\w*|sysselsättningsgrad\w*|tillträde\w*"
    r"|uppdraget|sekreterare)\b",
    re.I,
)
_NOT_EXTENT = re.compile(r"\b(?:löneanspråk|röster\w*|väljar\w*|valet|mandat\w*|räknat på)\b", re.I)
_WHOLE = re.compile(r"\bav\s(?:en\s)?heltid\w*", re.I)
_SUM = re.compile(r"\b[0-9]{2}[ .]?[0-9]{3}\s?kr", re.I)
_OF_PAY = re.compile(
    r"(?:\b(?:vid|för|motsvara\w*|baserat på|utifrån)\s(?:en\s)?|\b(?:kr\w*|månad\w*)[,\s(]{1,3})heltid\w*|\bheltidslön\w*",
    re.I,
)


class Extent(NamedTuple):
    """`percent` where the posting gives one number; else the words that leave it open, or neither."""

    percent: int | None = None
    open_words: str | None = None


def read_extent(page: Page) -> Extent:
    """The extent from its label, the heading or the first sentence about the post that gives one; "36 000 kr vid
    heltid" gives none, and what speaks of pay comes last."""
    labelled = page.blocks("extent")
    if labelled:
        return _of(labelled[0].text)
    forms = page.sentences("form", "terms", "hours", "post")
    told = [*forms, *page.all_sentences]
    for sentence in sorted(told, key=_speaks_of_pay):
        if _NOT_EXTENT.search(sentence) or not (_ABOUT_POST.search(sentence) or sentence in forms):
            continue
        extent = _of(_OF_PAY.sub("", sentence) if _speaks_of_pay(sentence) else sentence)
        if extent != Extent():
            return extent
    return Extent()


def _speaks_of_pay(sentence: str) -> bool:
    return PAY.search(sentence) is not None or _SUM.search(sentence) is not None


def _of(text: str) -> Extent:
    parts = list(_PART.finditer(_WHOLE.sub("", text)))
    percents = {percent for part in parts for percent in _percents(part) if 0 < percent <= 100}
    either = percents == {100} and any((part[3] or "").casefold().startswith("del") for part in parts)
    if len(percents) == 1 and not either:  # "heltid eller deltid"
        return Extent(percents.pop())
    words = [part[0] for part in parts if _percents(part) or part[3]]
    return Extent(None, ", ".join(dict.fromkeys(words))) if words else Extent()


def _percents(part: re.Match[str]) -> list[int]:
    word = (part[3] or "").casefold()
    if word:
        return [100] if word.startswith("hel") else [50] if word.startswith("halv") else []
    return [int(number) for number in part.group(1, 2) if number]
