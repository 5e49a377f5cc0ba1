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
_ENDING = re.compile(rf"\b(?:längst|till(?:\soch\smed)?|t\.?\s?o\.?\s?m\.?)\s{_WEEKDAY}(?:den\s)?$", re.I)
_BEGUN_BY = re.compile(rf"\b(?:senast|före|innan)\s{_WEEKDAY}(?:den\s)?$", re.I)
_OF_SEVERAL = re.compile(r"\b(?:ansökningstid|förläng|flytta|ändra)", re.I)
_OTHER_DAY = re.compile(r"\b(?:intervju|urval|tillträd|start|börja|beslut|besked|anställ)", re.I)


@dataclass
class Period:
    """Each day as found, with or without a date; None where the posting says nothing of it."""

    earliest_start: Found | None = None
    latest_end: Found | None = None
    deadline: Found | None = None


def read_period(page: Page) -> Period:
    """The start, the end and the deadline, each from its label or else from the sentence that speaks of it."""
    period = Period(deadline=_deadline(page))
    started = _labelled(page, "start")
    period.earliest_start = next(_first_days(started), None) or _spoken(page, _STARTS, _first_days)
    ends = (_after(cue, started, find_dates(started)) for cue in _ENDS)  # "enligt överenskommelse, längst till …"
    period.latest_end = next(iter(find_dates(_labelled(page, "end"))), None) or _spoken(page, _ENDS, find_dates)
    period.latest_end = period.latest_end or next(filter(None, ends), None)
    spans = find_dates(" ".join(page.lines("period"))) or _range(page)
    if len(spans) > 1:
        period.earliest_start = period.earliest_start or spans[0]
        period.latest_end = period.latest_end or spans[1]
    return period


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
            day = _after(_AT_LATEST, sentence, find_dates(sentence))
            if day and not _STARTS[1].search(_before(sentence, day)):
                return _last_to_apply(sentence, [day], several=False)
    return None


def _last_to_apply(sentence: str, days: list[Found], *, several: bool) -> Found:
    """The day on which a span from the first of them ends, or else the first, where it can be no other: "före" a day, a
    time to apply that begins on it, and days of which any may be meant (``several``) are asked about."""
    last, *others = days
    if others and _SPAN.fullmatch(sentence, last.end, others[0].start):
        return others[0]
    starts = _NOT_LAST.search(sentence, max(0, last.start - _NEAR), last.start)
    rivals = [day for day in others if not _OTHER_DAY.search(_before(sentence, day, last.end))] if several else []
    if not starts and not rivals:
        return last
    words = sentence[last.start : rivals[-1].end] if rivals else last.text
    return replace(last, text=(starts[0] if starts else "") + without_stop(words), day=None, lacks="last")


def _spoken(page: Page, cues: tuple[re.Pattern[str], ...], days_of: Callable[[str], Iterable[Found]]) -> Found | None:
    spoken = [
        (sentence, days)
        for sentence in page.all_sentences
        if _EMPLOYMENT.search(sentence) and not _NOT_EMPLOYMENT.search(sentence) and (days := list(days_of(sentence)))
    ]
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


def _range(page: Page) -> list[Found]:
    """The two days of "vikariat 1 maj–31 december 2027"."""
    for sentence in page.all_sentences:
        if not _EMPLOYMENT.search(sentence) or _NOT_EMPLOYMENT.search(sentence):
            continue
        days = find_dates(sentence)
        for first, last in pairwise(days):
            if _SPAN.fullmatch(sentence, first.end, last.start):
                return [first, last]
    return []
