"""The terms of the employment: hours, place, remote work, form, number of posts, leave, pay, and who employs."""

import re
from typing import Literal

from portal.ads.reading.sections import QUALITIES, TASKS, Page
from portal.ads.reading.sentences import without_stop
from portal.swedish_dates import NUMBERS

_HOURS = re.compile(
    r"\b(?:arbetstid\w*|\w*helgarbete|kvällsarbete|kvälls-|kvällar|helger|oreglerad\w*|kontorstid\w*|flextid)\b", re.I
)
_NO_HOURS = re.compile(r"(?:heltid|deltid|halvtid|[\d ,%])+\.?", re.I)
_PLACE = re.compile(
    r"\b(?:utgår från|placera(?:d|s|t) (?:på|i|vid)|placeringsort(?:en)? (?:är|:)|placering(?:en)? (?:är"
    r" )?(?:i|på|vid)|stationerad (?:i|på|vid)"
    r"|arbetsplats(?:en)? (?:är|ligger|finns)(?: i| på| vid)?|arbetsort(?:en)? är|tjänstgöringsort(?:en)? är"
    r"|tjänsteställe(?:t)? är(?: i| på)?"
    r"|arbetet utförs (?:i|på|vid))\s([^.,;:()]{2,90})",
    re.I,
)
_PLACE_ENDS = re.compile(r"\s(?:med|men|där|och (?:det|vi|du|arbet)|samt|som)\b")
_REMOTE = re.compile(r"\b(?:distansarbete\w*|på distans|distans|hemifrån|hemarbete|remote)\b", re.I)
_NO_REMOTE = re.compile(
    r"(?<!behöver\s)(?<!måste\s)\b(?:inte|ingen|inget|inga|ej|utan(?!\s(?:även|också)\b))\s(?:(?!men\b|dock\b)[^\s,;]{1,30}\s){0,4}?"
    rf"{_REMOTE.pattern}|{_REMOTE.pattern}\s(?:(?!men\b|dock\b|och\b)[^\s,;]{{1,30}}\s){{0,3}}?(?:inte|ej)\b",
    re.I,
)
_DENIED = re.compile(r"\b(?:inte|ingen|inget|inga|ej|utan)\b", re.I)
_ONLY_LIMITED = re.compile(r"\b(?:inte|ej)\s(?:mer|fler|oftare|längre)\sän\b", re.I)
_NOT_WHOLLY = re.compile(r"\b(?:inte|ej)\b(?:\s\S{1,30}){0,3}\s(?:helt|hela|enbart|bara|uteslutande)\b", re.I)
_FORM = re.compile(
    r"\b(?:särskild visstidsanställning|tidsbegränsa(?:d|t|de) (?:anställning|vikariat)\w*|tidsbegränsad"
    r" tjänst|\w*visstidsanställning\w*"
    r"|tillsvidareanställning\w*|provanställning\w*|projektanställning\w*|vikariat\w*|visstid\b|tills vidare"
    r"|tillsvidare|tidsbegränsad|fast anställning)",
    re.I,
)
_NUMBER = "|".join([*NUMBERS[1:], "ett"])
_POSTS = re.compile(
    rf"\b({_NUMBER}|[0-9]{{1,2}})\s(?:st\.?\s|stycken\s)?(?:till\s|ytterligare\s"
    rf"|nya?\s)?(?:[a-zåäö-]{{2,20}}\s){{0,2}}?"
    r"(?:(?:politiska?|politiske)\s\w{0,12}(?:sekreterare|samordnare|kommunikatör)\w*|\w*sekreterare|vikariat"
    r"|tjänster|tjänst som|poster|platser|vikarier"
    r"|kanslist\w*|kanslichef|visstidsanställningar)\b",
    re.I,
)
_SOUGHT = re.compile(r"\b(?:sök(?:er|s|es)|anställ\w*|rekryterar|vikariat|tjänster|utlys\w*|behöver)\b", re.I)
_LEAVE = re.compile(
    r"\brätt till (?:tjänst)?ledig\w*|\b(?:tjänst)?ledig(?:het)?\b.{0,80}\b(?:kommunallagen|KL)\b", re.I
)
_PAY_PHRASE = re.compile(r"\bindividuell lönesättning\b", re.I)
PAY = re.compile(
    r"\b(?:lön(?:en)?|lönesättning\w*|löneläge\w*|lönespann\w*|löneintervall\w*|månadslön\w*|ingångslön\w*|heltidslön\w*)\b"
    r"|\bkr(?:onor)?(?:/| per | i )mån",
    re.I,
)
_NOT_PAY = re.compile(r"\b(?:löneanspråk|nuvarande|tidigare lön|dagens lön|lönehistorik)\b", re.I)
_LONGEST_PAY = 160
_BY_AUTHORITY = re.compile(
    r"\banställ\w*\s(?:\w{1,20}\s){0,3}?(?:av|i|hos|vid)\s(?:region|kommun|landsting|[A-ZÅÄÖ]\w{1,30} kommun)"
    r"|\b(?:region\w*|kommun\w*|landsting\w*)(?: \w{1,40}){0,2}"
    r" är (?:din )?arbetsgivare|\barbetsgivare\w* är (?:region|kommun|landsting|[A-ZÅÄÖ]\w{1,30} kommun)"
    r"|\benligt kommunallagen\b|\b(?:region|landsting\w*) (?:\w{1,40} ){0,2}anställer\b|\b4 kap\.? 33\b",
    re.I,
)
_BY_PARTY = re.compile(
    r"\banställ\w*\s(?:\w{1,20}\s){0,3}?(?:av|i|hos)\s\w{0,40}(?:partiet|demokraterna|moderaterna"
    r"|liberalerna)\b|\w{0,40}(?:partiet|demokraterna|moderaterna"
    r"|liberalerna)(?: \w{1,40}){0,2} är (?:din )?arbetsgivare|\barbetsgivare\w* är \w{0,40}(?:partiet"
    r"|demokraterna|moderaterna|liberalerna)\b",
    re.I,
)


def _value(page: Page, kind: str) -> str | None:
    """The first block under a label."""
    blocks = page.blocks(kind)
    return blocks[0].text if blocks else None


def _of_terms(page: Page) -> list[str]:
    """All sentences but those about tasks and qualities, which come last: they may speak of the same things loosely."""
    loose = [*page.sentences(*TASKS), *page.sentences(*QUALITIES)]
    named = set(loose)
    return [sentence for sentence in page.all_sentences if sentence not in named] + loose


def read_hours(page: Page) -> str | None:
    """What the posting says about working hours, as a sentence or a label's value."""
    labelled = _value(page, "hours")
    if labelled and not _NO_HOURS.fullmatch(labelled):
        return labelled
    return next((sentence for sentence in _of_terms(page) if _HOURS.search(sentence)), None)


def read_place(page: Page) -> str | None:
    """Where the work is done."""
    labelled = page.lines("place")
    if labelled:
        return without_stop(labelled[0])
    for sentence in _of_terms(page):
        place = _PLACE.search(sentence)
        if place:
            return _PLACE_ENDS.split(place[1].strip())[0]
    return None


def read_remote(page: Page) -> bool | None:
    """Whether work from elsewhere is possible; None when nothing is said of it, or what is denied may be something else."""
    for sentence in _of_terms(page):
        if _REMOTE.search(sentence):
            if _NOT_WHOLLY.search(sentence):
                return None
            sentence = _ONLY_LIMITED.sub("", sentence)
            return False if _NO_REMOTE.search(sentence) else None if _DENIED.search(sentence) else True
    return None


def read_form(page: Page) -> str | None:
    """The form of employment in the posting's words."""
    labelled = _value(page, "form")
    found = _FORM.search(labelled) if labelled else None
    if found:
        return found[0]
    if labelled:
        return without_stop(labelled)
    for sentence in _of_terms(page):
        found = _FORM.search(sentence)
        if found:
            return found[0]
    return None


def read_posts(page: Page) -> int | None:
    """How many are sought; None when no number is written."""
    labelled = _value(page, "posts")
    digits = re.match(r"[0-9]{1,2}\b", labelled or "")
    if digits:
        return int(digits[0])
    for sentence in [*page.sentences("title", "lead"), *page.all_sentences]:
        number = _POSTS.search(sentence) if _SOUGHT.search(sentence) else None
        if number:
            word = number[1].casefold()
            return 1 if word == "ett" else NUMBERS.index(word) if word in NUMBERS else int(word)
    return None


def read_leave_right(page: Page) -> bool | None:
    """Whether the posting tells of the right to leave (kommunallagen 4 kap. 34 §); None when it says nothing."""
    for sentence in page.all_sentences:
        if _LEAVE.search(sentence):
            return _DENIED.search(sentence) is None
    return None


def read_salary(page: Page) -> str | None:
    """How pay is set, in the posting's words; what the applicant is to ask for is no part of it."""
    labelled = _value(page, "salary")
    for sentence in [labelled] if labelled else page.all_sentences:
        phrase = _PAY_PHRASE.search(sentence)
        if phrase and (len(sentence) > _LONGEST_PAY or _NOT_PAY.search(sentence)):
            return phrase[0]
        if (
            phrase
            or labelled
            or (PAY.search(sentence) and len(sentence) <= _LONGEST_PAY and not _NOT_PAY.search(sentence))
        ):
            return without_stop(sentence)
    return None


def read_employer(page: Page) -> Literal["authority", "party"] | None:
    """Who employs, where the posting says it or speaks of a right that only an authority's employee has."""
    labelled = _value(page, "employer")
    text = f"Arbetsgivare är {labelled}" if labelled else ""
    sentences = [text, *page.all_sentences]
    if any(_BY_PARTY.search(sentence) for sentence in sentences):
        return "party"
    if any(_BY_AUTHORITY.search(sentence) for sentence in sentences):
        return "authority"
    return None
