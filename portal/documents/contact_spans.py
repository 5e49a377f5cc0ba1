"""Where a text says how to reach somebody, or who they are by number: mail, telephone, personnummer, links.

Every pattern is bounded, and none can begin in the middle of what it looks for: a text made to slow it down does not.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from portal.documents.cut_phones import cut_phones
from portal.documents.name_forms import fold
from portal.documents.name_words import NAMES_THAT_ARE_WORDS
from portal.documents.spans import Kind, Span

_MARK = re.compile(
    r"@|[(\[{<] {0,2}(?:at|snabel[- ]?a|a|@) {0,2}[)\]}>]|(?<!\w)snabel[- ]?a(?!\w)|(?<!\w)\(?ät\)?(?= \w+ punkt )",
    re.I,
)
_CUT = "\u200b\x02\ufffe"  # where a word goes on in the next line: ours of a long word, and PDFium's for a hyphen there
_LOCAL = frozenset(f"._+-%'\u00ad\u2010\u2011{_CUT}")
_LINE_END = rf"(?<=[{_CUT}])\r?\n"
_CUT_BEFORE = re.compile(rf"(?:(?P<cut>[{_CUT}])|[^\W\d_]\d{{0,4}}(?P<dash>-))\r?\n\Z")  # a year's dash is none
_LABEL = rf"(?:[\w\u00ad{_CUT}-]|{_LINE_END}){{1,63}}"
_DOT = r"(?:\.|\.\r?\n(?=(?:se|com|nu|org|net|eu|fi|no|dk)(?!\w))| ?[(\[](?:dot|punkt)[)\]] ?| (?:dot|punkt) )"
_DOMAIN = re.compile(rf"\s{{0,2}}{_LABEL}(?:{_DOT}{_LABEL}){{1,5}}", re.I)
_HANDLE = re.compile(r"@[\w.]{2,30}(?<!\.)")
_PLACE = re.compile(r"\w{1,63}")  # as in nagon@jobbet
_LONGEST_LOCAL = 64
_COMMON = "info mail mejl epost post kontakt contact namn name hello hej privat jobb work office"
_COMMON_LOCALS = frozenset(_COMMON.split())

_BLANK, _DASH = r" \u00a0\u2002-\u200a\u202f", r"\-\u2010-\u2015"
_GAP = rf"[\s{_DASH}/(){_CUT}.]"
_ANY_PHONE = re.compile(
    rf"(?<![\w@+])(?<!\d[{_BLANK}.,{_DASH}])"
    r"(?:(?:\+|00) ?46(?:\s?\(0\))?|0(?!\.)|\((?=[\d+ ]{1,8}\))(?:0|\+46)|\+(?!46)\d{1,3})"
    rf"(?:(?:[{_BLANK}{_DASH}/().]{{0,3}}|[{_DASH}][ \u00a0]?\r?\n|[{_CUT}](?:\r?\n)?)\d){{6,20}}(?!\d)"
)
_A_DATE = re.compile(rf"\d\d[-/.]\d\d[-/.]\s{{0,2}}(?:19|20)\d\d|\d\d\.\d\d\s?[{_DASH}]\s{{0,2}}\d\d\.\d\d")
_CASE = re.compile(r"(?<!\w)(?:d(?:iarie)?nr|diarienummer|ärende(?:nr|nummer))\.?:?\s\Z", re.I)

_CASE_WORD = 20  # characters before the number

_D = r"\d ?"
_NUMBER = re.compile(
    rf"(?<![\w+])(?<!\d[.,-])(?:(?:1 ?[89]|2 ?0) ?)?{_D}\d[ -]?(?:0 ?[1-9]|1 ?[0-2])[ -]?(?:[0-3] ?\d|[6-9] ?\d)"
    rf"(?P<gap>\s?[-+\u2010-\u2015\u2212]?\s?)(?P<last>(?:{_D}){{3}}\d|[A-Z]{_D}{_D}\d|[A-Z]{{2}}\d\d|\d\d[A-Z]{{2}}|[Xx*]{{4}})"
    r"(?!\w|-\d)"
)
_A_YEAR = re.compile(r"(?:19|20)\d\d")

_PATH = rf"(?:[^\s<>\"|]|{_LINE_END})"
_URL = re.compile(rf"(?<!\w)(?:https?://|www\.){_PATH}{{2,300}}", re.I)
_TOP = "se|com|nu|org|net|eu|io|info|me|dev|app|blog|fi|no|dk|de|uk|co|tv|edu|biz|name|online|site"
_BARE = re.compile(
    rf"(?<![\w@.-])(?:[^\W_](?:[\w{_CUT}-]{{0,62}})\.){{1,4}}(?P<top>{_TOP})(?![\w-]|\.\w)(?:/{_PATH}{{0,300}})?", re.I
)
_IN = re.compile(rf"(?<!\w)/?in/(?:[\w%{_CUT}-]|{_LINE_END}){{3,80}}")
_REST = re.compile(
    r"[ \t]?\r?\n(?=\S{0,80}[^\W\d_])(?P<rest>[a-zåäö0-9/_.?=&%~#][^\s<>\"|@]{1,120})(?=[ \t]?(?:[\r\n]|$))"
)
_WHOLE = re.compile(rf"(?:https?://)?(?:[^/?#]+\.)?(?:{_TOP})", re.I)  # with no path
_GOES_ON = (*"/-.", *_CUT)
_ENDS_A_SENTENCE = ".,;:!?)]}'\u201d"
_SIGN = re.compile(r"[\d/._?=&%~#-]")
_LONG = 20  # characters: a web address that a line end cuts has begun to be as long
_DOMAIN_CUT = re.compile(  # an address that its line's end cuts after the @
    rf"\s{{0,2}}(?:{_LABEL}\.){{0,4}}(?:{_LABEL})?\r?\n(?![A-ZÅÄÖ])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,4}}\.(?:{_TOP})"
    r"(?=[ \t]?(?:[\r\n]|$))"
)
_PROGRAMS = frozenset({"asp.net", "vb.net", "ado.net", "paint.net"})


def mail_spans(text: str, email: str) -> Iterator[Span]:
    """Every address, ``anna (at) example.se`` and ``anna snabel-a`` too, and the known one's local part by itself."""
    for mark in _MARK.finditer(text):
        yield from _address(text, mark)
    local = email.partition("@")[0].partition("+")[0]
    if sum(c.isalpha() for c in local) < 4 or local.casefold() in _COMMON_LOCALS:
        return
    a_word = fold(local) in NAMES_THAT_ARE_WORDS
    for match in re.finditer(rf"(?<![\w.+-]){re.escape(local)}(?![\w+-]|\.\w)", text, re.I):
        yield Span(match.start(), match.end(), Kind.EMAIL, sure=not a_word or not match[0].islower())


def _address(text: str, mark: re.Match[str]) -> Iterator[Span]:
    start, end = mark.span()
    domain = _DOMAIN_CUT.match(text, end) or _DOMAIN.match(text, end)
    spoken = mark[0] != "@"
    if spoken and not domain and "snabel" not in mark[0].casefold():
        return
    if spoken or domain:
        start -= len(text[max(0, start - 2) : start]) - len(text[max(0, start - 2) : start].rstrip())
    begin = _local_start(text, start)
    if begin < start:
        place = _PLACE.match(text, end)
        yield Span(begin, domain.end() if domain else place.end() if place else end, Kind.EMAIL)
    elif not spoken and (handle := _HANDLE.match(text, mark.start())):
        yield Span(handle.start(), handle.end(), Kind.LINK)


def _local_start(text: str, end: int) -> int:
    place = end
    while place > max(0, end - _LONGEST_LOCAL):
        if text[place - 1].isalnum() or text[place - 1] in _LOCAL:
            place -= 1
        elif cut := _CUT_BEFORE.search(text, max(0, place - 8), place):
            place = cut.start("cut" if cut["cut"] else "dash")
        else:
            break
    return place


def phone_spans(text: str, phone: str) -> Iterator[Span]:
    """The known number however it is grouped, and whatever is written as a telephone number; what is said to be a case's is
    left to a human."""
    digits = re.sub(r"\D", "", phone)
    national = re.sub(r"^(?:00)?46(?:0)?(?=\d{7})" if phone.strip().startswith(("+", "00")) else r"^0+", "", digits)
    if len(national) >= 6:
        spaced = rf"{_GAP}{{0,4}}".join(national[:20])
        abroad, home = rf"(?:\+|00) ?46{_GAP}{{0,3}}(?:\(?0\)?)?{_GAP}{{0,3}}", rf"0{_GAP}{{0,3}}"
        known = rf"(?<!\d)(?:{abroad}|\((?=[\d ]{{1,8}}\)){home}|{home}|\+)?{spaced}(?!\d)"
        for match in re.finditer(known, text):
            yield Span(match.start(), match.end(), Kind.PHONE)
    written = (
        Span(*match.span(), Kind.PHONE) for match in _ANY_PHONE.finditer(text) if not _A_DATE.fullmatch(match[0])
    )
    for span in (*written, *cut_phones(text)):
        yield replace(span, sure=not _CASE.search(text, max(0, span.start - _CASE_WORD), span.start))


def number_spans(text: str) -> Iterator[Span]:
    """Personnummer and samordningsnummer, with letters as reserve numbers have them.

    What could as well be a day and a year (``2019-01-01 - 2021``), or two lines of weeks, is left to a human.
    """
    for match in _NUMBER.finditer(text):
        spread = "-" in text[match.start() : match.start("gap")] or bool(match["gap"].strip("-+"))
        listed = (
            match["gap"].isspace() and "\n" in match["gap"] and " " in match["last"]
        )  # "08 12 13", and below it "17 18"
        sure = not (listed or (spread and _A_YEAR.fullmatch(match["last"])))
        yield Span(match.start(), match.end(), Kind.NUMBER, sure=sure)


def link_spans(text: str) -> Iterator[Span]:
    """Addresses on the web, with or without http, and profiles. One that its line's end cuts goes on in the next, where
    nothing else stands there and it is not whole already; what need not be of it is left to a human."""
    for match in (*_URL.finditer(text), *_IN.finditer(text)):
        yield from _link(text, match)
    for match in _BARE.finditer(text):
        name = match[0].partition("/")[0]
        if (match["top"].islower() or name.isupper()) and name.casefold() not in _PROGRAMS:
            yield from _link(text, match)


def _link(text: str, match: re.Match[str]) -> Iterator[Span]:
    end, line = match.end(), match[0]
    unfinished = not _is_whole(line) and "/" not in line.removeprefix("https://").removeprefix("http://")
    rest = _REST.match(text, end)
    for _line in range(2):
        if rest is None or not _SIGN.search(rest["rest"]) or not (unfinished or _goes_on(line, rest["rest"])):
            break
        end, line, unfinished = rest.end(), rest["rest"], False
        rest = _REST.match(text, end)
    whole = text[match.start() : end].rstrip(_ENDS_A_SENTENCE)
    yield Span(match.start(), match.start() + len(whole), Kind.LINK)
    if rest and (len(whole) >= _LONG or _SIGN.search(rest["rest"])):
        yield Span(rest.start("rest"), rest.end("rest"), Kind.LINK, sure=False)


def _goes_on(line: str, below: str) -> bool:
    """Whether an address on the web surely goes on in the next line, where something that may be of it stands."""
    return below.startswith("/") or (not _is_whole(line) and (line.endswith(_GOES_ON) or len(line) >= _LONG))


def _is_whole(line: str) -> bool:
    """Whether nothing more can be of it, whatever sentence it ends."""
    return _WHOLE.fullmatch(line.rstrip(_ENDS_A_SENTENCE)) is not None
