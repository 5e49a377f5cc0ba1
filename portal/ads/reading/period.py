"""The three days of a posting: the first and last day of the employment and the last day to apply."""

import re
from dataclasses import dataclass
from itertools import pairwise

from portal.ads.reading.dates import Found, find_dates
from portal.ads.reading.sections import Page

_LAST_DAY = re.compile(
    r"\b(?:sista (?:ansöknings|svars)?(?:dag\w*|datum\w*)|ansökningsdag\w*|ansökningstid\w*|ansök(?:an)? senast)\b",
    re.I,
)
_AT_LATEST = re.compile(r"\b(?:senast|före|till och med|t\.?\s?o\.?\s?m|fram till)\b", re.I)
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


@dataclass
class Period:
    """Each day as found, with or without a date; None where the posting says nothing of it."""

    earliest_start: Found | None = None
    latest_end: Found | None = None
    deadline: Found | None = None


def read_period(page: Page) -> Period:
    """The start, the end and the deadline, each from its label or else from the sentence that speaks of it."""
    period = Period(deadline=_deadline(page))
    period.earliest_start = _labelled(page, "start") or _spoken(page, _STARTS)
    period.latest_end = _labelled(page, "end") or _spoken(page, _ENDS)
    spans = find_dates(" ".join(page.lines("period"))) or _range(page)
    if len(spans) > 1:
        period.earliest_start = period.earliest_start or spans[0]
        period.latest_end = period.latest_end or spans[1]
    return period


def _labelled(page: Page, kind: str) -> Found | None:
    blocks = page.blocks(kind)
    found = find_dates(blocks[0].text) if blocks else []
    return found[0] if found else None


def _deadline(page: Page) -> Found | None:
    labelled = _labelled(page, "deadline")
    if labelled:
        return labelled
    for sentence in page.all_sentences:
        cue = _LAST_DAY.search(sentence)
        days = find_dates(sentence) if cue else []
        if cue and days:
            return next((day for day in days if day.start >= cue.end()), days[0])
    for sentence in page.all_sentences:
        if _ABOUT_APPLYING.search(sentence):
            day = _after(_AT_LATEST, sentence, find_dates(sentence))
            if day and not _STARTS[1].search(sentence[max(0, day.start - _NEAR) : day.start]):
                return day
    return None


def _spoken(page: Page, cues: tuple[re.Pattern[str], ...]) -> Found | None:
    spoken = [
        (sentence, days)
        for sentence in page.all_sentences
        if _EMPLOYMENT.search(sentence) and not _NOT_EMPLOYMENT.search(sentence) and (days := find_dates(sentence))
    ]
    for cue in cues:
        for sentence, days in spoken:
            day = _after(cue, sentence, days)
            if day:
                return day
    return None


def _after(cue: re.Pattern[str], sentence: str, days: list[Found]) -> Found | None:
    """The first day that stands near behind a cue."""
    for day in days:
        near = sentence[max(0, day.start - _NEAR) : day.start]
        if cue.search(near + " "):
            return day
    return None


def _range(page: Page) -> list[Found]:
    """The two days of "vikariat 1 maj–31 december 2027"."""
    for sentence in page.all_sentences:
        if not _EMPLOYMENT.search(sentence) or _NOT_EMPLOYMENT.search(sentence):
            continue
        days = find_dates(sentence)
        for first, last in pairwise(days):
            if sentence[first.end : last.start].strip() in {"-", "–", "—", "till", "till och med", "t.o.m."}:
                return [first, last]
    return []
