"""Where a text says when somebody was born, or how old they are.

A whole date is one of birth where it is said to be: a date by itself is most often that of an employment. A year alone, an
age, and what stands on the line below its label, are left to a human. Every pattern is bounded.
"""

import re
from collections.abc import Iterator

from portal.documents.spans import Kind, Span

_B = r"[ \u00a0]"
_DASH = r"[\-\u2010-\u2015\u2212]"
_BORN = (
    r"(?<![\w-])(?:(?:född|föddes|födelse(?:datum|data|dag|tid|nummer|år)|born|birth ?da(?:te|y)|date of birth|d\.?o\.?b)"
    r"(?!\w)|(?<![\d§]\s)f[.:])"  # "s. 12 f." is the page after too
)
_NUMBERED = r"(?<!\w)(?:personnummer|samordningsnummer|persnr|pnr|p-nr)(?!\w)"
_GAP = r"[^\w\n]{0,6}"
_TOWN = r"(?-i:[A-ZÅÄÖ])[\w-]{1,24}"
_IN_TOWN = rf"(?:i|in){_B}{_TOWN}(?:{_B}{_TOWN})?{_B}"
_LEAD = rf"(?:{_IN_TOWN})?(?:(?:den|år|on|the|in|i){_B})?"

_YEAR, _SHORT = r"(?:19|20)\d\d", r"\d\d"
_MONTH = r"(?:jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec)[^\W\d_]{0,7}\.?"
_TO_YEAR = rf",?{_B}?{_DASH}?(?:{_YEAR}|{_SHORT})(?!\d)"
_DATE = (
    rf"(?:{_YEAR}|{_SHORT})(?:[ ./]|{_DASH})?\d\d(?:[ ./]|{_DASH})?\d\d(?!\d)"  # 1985-03-12, 850312
    rf"|\d{{1,2}}(?:[./]|{_DASH}){_B}?\d{{1,2}}(?:[ \u00a0./]|{_DASH}){{1,2}}(?:{_YEAR}|{_SHORT})(?!\d)"  # 12/3 -85
    rf"|\d{{1,2}}(?::?[ae]|st|nd|rd|th|\.)?{_B}{_MONTH}{_TO_YEAR}"  # 12 mars 1985
    rf"|{_MONTH}{_B}\d{{1,2}}(?:st|nd|rd|th)?,?{_B}{_YEAR}"  # March 12, 1985
    rf"|{_MONTH}{_B}{_YEAR}"  # i mars 1985
)
_GOES_ON = re.compile(rf"{_B}?{_DASH}{_B}?\d")  # a period: "2019-01-01 - 2021"
_WHOLE = re.compile(rf"(?:{_BORN}|{_NUMBERED}){_GAP}(?P<below>\r?\n[ \t]{{0,6}})?{_LEAD}(?P<said>{_DATE})", re.I)

_AFTER = rf"(?![\w/]|\.\d|{_B}?{_DASH}{_B}?\d)"
_YEAR_ALONE = re.compile(
    rf"(?:{_BORN}|(?<!\w)årgång(?!\w)){_GAP}{_LEAD}(?P<said>{_YEAR}|(?:(?<={_DASH})|(?<=['’´]))\d\d){_AFTER}", re.I
)
_AGE = re.compile(rf"(?<!\w)(?:ålder|age)(?!\w)[^\w\n]{{0,4}}(?P<said>\d\d(?:{_B}år(?!\w))?){_AFTER}", re.I)
_OLD = re.compile(
    rf"(?<![\w.,])(?P<said>\d\d(?:{_B}år{_B}(?:gammal|ung)|{_DASH}?{_B}?åring|{_B}years?{_B}old|-year-old))(?!\w)", re.I
)
_I_AM = re.compile(rf"(?<!\w)(?:jag är|är jag){_B}(?P<said>\d\d{_B}år)(?!\w)", re.I)


def birth_spans(text: str) -> Iterator[Span]:
    """Days of birth, and for a human to decide on years of birth and ages."""
    for match in _WHOLE.finditer(text):
        sure = match["below"] is None and not _GOES_ON.match(text, match.end())
        yield Span(*match.span("said"), Kind.NUMBER, sure=sure)
    for pattern in (_YEAR_ALONE, _AGE, _OLD, _I_AM):
        for match in pattern.finditer(text):
            yield Span(*match.span("said"), Kind.NUMBER, sure=False)
