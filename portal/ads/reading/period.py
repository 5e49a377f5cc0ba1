"""The three days of a posting: the first and last day of the employment and the last day to apply."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from portal.ads.reading.dates import Found, find_dates
from portal.ads.reading.sections import Page
from portal.ads.reading.sentences import sentences, without_stop

_LAST_DAY = re.compile(
    r"\b(?:sista (?:ansöknings|svars)?(?:dag\w*|datum\w*)|ansökningsdag\w*|ansökningstid\w*|ansök(?:an)? senast)\b",
    re.I,
)
_AT_LATEST = re.compile(r"\b(?:senast|före|innan|till och med|t\.?\s?o\.?\s?m|fram till)\b", re.I)
_ABOUT_APPLYING = re.compile(
    r"\b(?:ansök\w*|söka?|inne|inkom\w*|tillhanda|skicka\w*|mejla\w*|maila\w*|sänd\w*|svar)\b", re.I
)
_NOT_EMPLOYMENT = re.compile(r"\b(?:intervju\w*|ansök\w*|urval\w*|valet|födda?)\b", re.I)
_EMPLOYMENT = re.compile(
    r"\b(?:\w*anställ\w*|tjänst\w*|tillträd\w*|börja\w*|\w*vikariat\w*|start\w*|period\w*|visstid\w*|uppdraget"
    r"|arbetet|förläng\w*|slutdatum|heltid|deltid)\b",
    re.I,
)
_STARTS = (
    re.compile(r"\btidigast\b", re.I),
    re.compile(r"\b(?:tillträd\w*|start(?:ar|datum)?|börja[rn]?)\b", re.I),
    re.compile(r"(?:\bfrån(?: och med)?|\bfr\.?\s?o\.?\s?m\.?|\bf\.?\s?o\.?\s?m\.?)\s", re.I),
)
_ENDS = (
    re.compile(r"\blängst\b", re.I),
    re.compile(
        r"(?:\btill och med|\bt\.?\s?o\.?\s?m\.?|\bfram till|\bupphör\w*|\bslutar|\bslutdatum:?|\bavslutas|\btill)\s",
        re.I,
    ),
)
_NEAR = 45
_WEEKDAY = r"(?:(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?\s)?"
_SPAN = re.compile(
    rf"\s?(?:[-–—]{{1,2}}|\b(?:och\s)?(?:fram\s)?till(?:\soch\smed)?\b|\bt\.?\s?o\.?\s?m\.?)\s?{_WEEKDAY}(?:den\s)?",
    re.I,
)
_NOT_LAST = re.compile(
    rf"\b(?:före|innan|från(?:\soch\smed)?|fr\.?\s?o\.?\s?m\.?|öppnar|börjar|startar)\s{_WEEKDAY}(?:den\s)?$", re.I
)
_BEGINNING = re.compile(rf"\b(?:från(?:\soch\smed)?|fr?\.?\s?o\.?\s?m\.?|börjar|startar)\s{_WEEKDAY}(?:den\s)?$", re.I)
_ENDING = re.compile(rf"\b(?:längst|till(?:\soch\smed)?|t\.?\s?o\.?\s?m\.?)\s{_WEEKDAY}(?:den\s)?$", re.I)
_BEGUN_BY = re.compile(rf"\b(?:senast|före|innan)\s{_WEEKDAY}(?:den\s)?$", re.I)
_OF_SEVERAL = re.compile(r"\b(?:ansökningstid|förläng|flytta|ändra)", re.I)
_FORMER = re.compile(
    r"\b(?:(?:förläng|flytta|framflytta|ändra)\w{0,3}\sfrån|tidigare|ursprungligen|i\s?stället\sför)\s(?:var\s)?(?:den\s)?$",
    re.I,
)
_CLAUSE = re.compile(r"(?:[,;]|\s(?:och|men|samt))\s")
_OTHER_DAY = re.compile(r"\b(?:intervju|urval|tillträd|start|börja|beslut|besked|anställ)", re.I)


@dataclass
class Period:
    """Each day as found, with or without a date; None where the posting says nothing of it."""

    earliest_start: Found | None = None
    latest_end: Found | None = None
    deadline: Found | None = None


def read_period(page: Page) -> Period:
    """The start, the end and the deadline, each from its label or else from the sentence that speaks of it."""
    started, labelled = _labelled(page, "start"), find_dates(" ".join(page.lines("period")))
    told, dated = _told(page), find_dates(started)
    first, last = labelled[:2] if len(labelled) > 1 else (None, None)
    start = next(_first_days(started), None) or first or _spoken(told, _STARTS, _first_days)
    end = next(iter(find_dates(_labelled(page, "end"))), None) or _end_of_span(started, dated) or last
    end = end or _spoken(told, _ENDS, _last_days)
    ends = (_after(cue, started, dated) for cue in _ENDS)  # "enligt överenskommelse, längst till …"
    end = end or next(filter(None, ends), None)
    if not (start and end) and len(labelled) < 2 and (span := _range(told)):
        start, end = start or span[0], end or span[1]
    return Period(start, end, _deadline(page))


def _end_of_span(text: str, days: list[Found]) -> Found | None:
    """The day to which the first of them reaches: "1 mars 2027 – 31 december 2030"."""
    spans = len(days) > 1 and _SPAN.fullmatch(text, days[0].end, days[1].start)
    return days[1] if spans else None


def _told(page: Page) -> list[str]:
    """What the sentences say of the employment, without what follows in them about applying or the like."""
    applying = set(page.sentences("deadline"))
    found = []
    for sentence in page.all_sentences:
        other = _NOT_EMPLOYMENT.search(sentence)
        *_, cut = (
            [0, *(end.start() for end in _CLAUSE.finditer(sentence, 0, other.start()))] if other else [len(sentence)]
        )
        if sentence not in applying and _EMPLOYMENT.search(sentence, 0, cut):
            found.append(sentence[:cut])
    return found


def _labelled(page: Page, kind: str) -> str:
    """What stands at a label, without a line below it that is about something else; empty where there is none."""
    lines = [line for block in page.blocks(kind)[:1] for line in block.lines]
    own = takewhile(lambda line: not _NOT_EMPLOYMENT.search(line), lines[1:])
    return " ".join([*lines[:1], *own])


def _first_days(text: str) -> Iterator[Found]:
    """The days of a text on the first day of work. One to begin by, or of something else, is asked about; an end is none."""
    for day in find_dates(text):
        before = _before(text, day)
        begun_by = _BEGUN_BY.search(before)
        if begun_by or _NOT_EMPLOYMENT.search(before):
            yield replace(day, text=(begun_by[0] if begun_by else "") + day.text, day=None, lacks="first")
        elif not _ENDING.search(before):
            yield day


def _last_days(text: str) -> list[Found]:
    """The days of a text that may be the last day of work: none on which it begins, as in "till en tjänst från 1 mars"."""
    return [day for day in find_dates(text) if not _BEGINNING.search(_before(text, day))]


def _deadline(page: Page) -> Found | None:
    for block in page.blocks("deadline")[:1]:
        for sentence in sentences(block.text):
            if days := find_dates(sentence):
                return _last_to_apply(sentence, days, several=True)
    for sentence in page.all_sentences:
        cue = _LAST_DAY.search(sentence)
        days = find_dates(sentence) if cue else []
        if cue and days:
            behind = [day for day in days if day.start >= cue.end()]
            return _last_to_apply(sentence, behind or days, several=_OF_SEVERAL.search(sentence) is not None)
    for sentence in page.all_sentences:
        if _ABOUT_APPLYING.search(sentence):
            day = _by_which(sentence, find_dates(sentence))
            if day and not _STARTS[1].search(_before(sentence, day)):
                return _last_to_apply(sentence, [day], several=False)
    return None


def _by_which(sentence: str, days: list[Found]) -> Found | None:
    """The day "senast" or the like stands at, one with a word of applying between it and the day before it first."""
    begins = [0, *(day.end for day in days)]
    near = [day for begin, day in zip(begins, days, strict=False) if _ABOUT_APPLYING.search(sentence, begin, day.start)]
    return _after(_AT_LATEST, sentence, near) or _after(_AT_LATEST, sentence, days)


def _last_to_apply(sentence: str, days: list[Found], *, several: bool) -> Found:
    """The day on which a span from the first of them ends, or else the first, where it can be no other: "före" a day, a
    time to apply that begins on it, and days of which any may be meant (``several``) are asked about."""
    last, *others = days
    if others and _SPAN.fullmatch(sentence, last.end, others[0].start):
        return others[0]
    starts = _NOT_LAST.search(sentence, max(0, last.start - _NEAR), last.start)
    rivals = [day for day in others if several and not _is_another(_before(sentence, day, last.end))]
    if not starts and not rivals:
        return last
    words = sentence[last.start : rivals[-1].end] if rivals else last.text
    words += ")" * (words.count("(") - words.count(")"))
    return replace(last, text=(starts[0] if starts else "") + without_stop(words), day=None, lacks="last")


def _is_another(before: str) -> bool:
    """Whether a day with these words before it is told beside the last one: of something else, or the last as it was."""
    return _OTHER_DAY.search(before) is not None or _FORMER.search(before) is not None


def _spoken(
    told: list[str], cues: tuple[re.Pattern[str], ...], days_of: Callable[[str], Iterable[Found]]
) -> Found | None:
    spoken = [(sentence, days) for sentence in told if (days := list(days_of(sentence)))]
    for cue in cues:
        for sentence, days in spoken:
            day = _after(cue, sentence, days)
            if day:
                return day
    return None


def _before(text: str, day: Found, begin: int = 0) -> str:
    """What stands near before a day, from ``begin`` on."""
    return text[max(begin, day.start - _NEAR) : day.start]


def _after(cue: re.Pattern[str], sentence: str, days: list[Found]) -> Found | None:
    """The first day that stands near behind a cue."""
    for day in days:
        if cue.search(_before(sentence, day) + " "):
            return day
    return None


def _range(told: list[str]) -> list[Found]:
    """The two days of "vikariat 1 maj–31 december 2027"."""
    for sentence in told:
        days = find_dates(sentence)
        for first, last in pairwise(days):
            if _SPAN.fullmatch(sentence, first.end, last.start):
                return [first, last]
    return []
