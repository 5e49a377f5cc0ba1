"""Sentences of Swedish running text, with the full stops of abbreviations told apart from those of sentences."""

import re

_END = re.compile(r"[.!?…][\"”’')]? (?=[\"”’'(–-]?\s?[A-ZÅÄÖÉ0-9])")
_SHORT_FORM = re.compile(
    r"(?:^|[\s(])(?:t\.\s?ex|bl\.\s?a|t\.\s?o\.\s?m|fr\.\s?o\.\s?m|f\.\s?o\.\s?m|s\.\s?k|d\.\s?v\.\s?s|dvs|kl"
    r"|ca|tel|tfn|nr|kap|f\.\s?d|resp"
    r"|inkl|exkl|max|min|jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec|[A-ZÅÄÖ])\.$"
)
_LOOKED_AT = 12


def sentences(text: str) -> list[str]:
    """The sentences of `text`, whose white space is single spaces, in order and with their closing mark."""
    parts: list[str] = []
    begin = 0
    for end in _END.finditer(text):
        stop = end.end() - 1
        if _SHORT_FORM.search(text[max(begin, stop - _LOOKED_AT) : stop]):
            continue
        parts.append(text[begin:stop].strip())
        begin = end.end()
    parts.append(text[begin:].strip())
    return [part for part in parts if part]


def without_stop(text: str) -> str:
    """The words without white space and the comma, full stop or semicolon that closed them."""
    stripped = text.strip().rstrip(",;").rstrip()
    return (
        stripped[:-1].rstrip()
        if stripped.endswith(".") and not _SHORT_FORM.search(stripped[-_LOOKED_AT:])
        else stripped
    )
