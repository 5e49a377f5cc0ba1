"""Where a text says where somebody lives, as Swedish addresses are written. Town names by themselves are left: employers have
them too."""

import re
from collections.abc import Iterator

from portal.documents.spans import Kind, Span

_ENDS = """
gatan gata vägen väg gränden gränd stigen stig torget torg allén allé allen backen backe plan platsen plats parken
esplanaden leden kajen stråket ringen slingan svängen täppan gården liden brinken udden höjden kroken terrassen promenaden
trappan tomten lunden bron hamnen steget hagen ängen
"""
_STREETS = tuple(_ENDS.split())
_ADJECTIVES = "stora lilla norra södra östra västra övre nedre gamla nya sankt s:t s:ta kungliga gröna"
_BEFORE = frozenset(_ADJECTIVES.split())
_LARGE = r"[^\W\d_a-zåäöéü][\w:.'\u2019-]{0,30}"
_TOWN = rf"(?:(?:Upplands|Västra|Östra|Norra|Södra|Stora|Lilla|Gamla|Nya|Saltsjö|Sankt|S:t|Djurs|Bad) )?{_LARGE}"
_BLANK = r" \u00a0\u2002-\u200a\u202f"
_CUT = rf"[{_BLANK}]?\r?\n"  # a line's end where there was a blank
_POST = rf"(?:S(?:E|-|E-) ?)?[1-9]\d\d[{_BLANK}]?\d\d[{_BLANK},]{{1,3}}{_TOWN}"
_POST_BELOW = rf"(?:S(?:E|-|E-) ?)?[1-9]\d\d(?:[{_BLANK}]?|{_CUT})\d\d(?:[{_BLANK},]{{1,3}}|,?{_CUT}){_TOWN}"
_NUMBER = re.compile(
    rf"(?<=[^\W\d_])(?:[ \u00a0]{{1,2}}|(?P<cut>{_CUT}))(?P<number>\d{{1,3}}(?: ?[A-Za-z](?!\w))?(?!\d))"
    r"(?:[ ,]{1,2}(?:lgh|läg(?:enhet)?|vån|våning|tr|nb|port|uppg(?:ång)?)\.?(?!\w)(?: ?\d{1,4}(?!\d))?){0,3}"
    rf"(?:[,\s]{{1,3}}{_POST_BELOW})?"
)
_BOX = re.compile(rf"(?<!\w)(?:Box|BOX|Postbox|Postfack)[ \u00a0]{{1,2}}\d{{1,5}}(?!\d)(?:[,\s]{{1,3}}{_POST_BELOW})?")
_POSTCODE = re.compile(rf"(?<![\w-])(?<!\d[ .,]){_POST}")
_CUT_POSTCODE = re.compile(
    rf"(?<![\w-])(?<!\d[ .,])(?P<se>S(?:E|-|E-) ?)?[1-9]\d\d(?:[{_BLANK}]\d\d,?{_CUT}|{_CUT}\d\d[{_BLANK}]){_TOWN}"
)
_AN_ADDRESS = re.compile(r"(?:[^\W\d_],|(?<!\w)(?:adress|postadress|postnummer|postnr|hemort):?)\s\Z", re.I)
_AT_AN_END = re.compile(r"[ \t]?(?:[.,;)]|\r?\n|\Z)")
_OF_STREETS_ALONE = "gatan gata vägen gränden gränd stigen stig torget torg allén allen backen"
_SURE_ENDS = tuple(_OF_STREETS_ALONE.split())
_CARE_OF = re.compile(rf"(?<!\w)[cC]/[oO][ \u00a0]{_LARGE}(?:[ \u00a0]{_LARGE}){{0,2}}")
_STREET_NAME, _LABEL = 80, 12  # characters before the number


def address_spans(text: str) -> Iterator[Span]:
    """Street and number, box, postcode and town, c/o. What a line's end cuts is left to a human where its next line may be of
    something else."""
    for match in _NUMBER.finditer(text):
        if street := _street(text[max(0, match.start() - _STREET_NAME) : match.start()]):
            if not match["cut"]:
                yield Span(match.start() - street, _end(match), Kind.ADDRESS)
            else:
                yield from _cut_street(text, match, match.start() - street)
    for match in _CUT_POSTCODE.finditer(text):
        sure = bool(match["se"] or _AN_ADDRESS.search(text, max(0, match.start() - _LABEL), match.start()))
        yield Span(match.start(), _end(match), Kind.ADDRESS, sure=sure)
    for pattern in (_BOX, _POSTCODE, _CARE_OF):
        for match in pattern.finditer(text):
            yield Span(match.start(), _end(match), Kind.ADDRESS)


def _cut_street(text: str, match: re.Match[str], start: int) -> Iterator[Span]:
    """A street at the end of a line, and its number in the next, which may as well begin a sentence of its own."""
    name = text[start : match.start()]
    is_name, is_street = name[:1].isupper(), name.casefold().endswith(_SURE_ENDS)
    goes_on = match.end() > match.end("number")
    alone = goes_on or bool(_AT_AN_END.match(text, match.end()))
    if (is_street and (is_name or alone)) or (is_name and goes_on):
        yield Span(start, _end(match), Kind.ADDRESS, sure=alone and is_name and is_street)


def _end(match: re.Match[str]) -> int:
    return match.start() + len(match[0].rstrip(".,'\u2019"))


def _street(before: str) -> int:
    """How many of the last characters are a street's name; 0 where they are none.

    ``Storgatan`` and ``Stora Nygatan`` are by their end, ``Nils Ericsons plan`` by what it ends with and the genitive before.
    """
    words = re.split("[ \u00a0]", re.split("[\n\r\t(,;/]", before)[-1])
    last = words[-1].casefold()
    if not last.endswith(_STREETS):
        return 0
    earlier = words[-2].casefold() if len(words) > 1 else ""
    if last not in _STREETS:
        taken = 2 if earlier in _BEFORE else 1
    elif earlier in _BEFORE or (earlier.endswith("s") and not words[-2].islower()):
        taken = 2
        while taken < min(4, len(words)) and words[-taken - 1][:1].isupper() and words[-taken - 1][-1] not in ".:":
            taken += 1
    else:
        return 0
    return len(" ".join(words[-taken:]))
