"""The headings and labels that real postings use, and what stands under each of them."""

import re
from typing import NamedTuple

_WORDS: dict[str, str] = {
    "about": (
        "om oss|om partiet|om arbetsplatsen|om arbetsgivaren|vi erbjuder|vilka är vi|vilka vi är|bakgrund|"
        "om regionen|om kommunen|vi som söker|presentation"
    ),
    "tasks": (
        "arbetsuppgifter|dina arbetsuppgifter|arbetsuppgifterna|huvudsakliga arbetsuppgifter|"
        "exempel på arbetsuppgifter|arbetsuppgifter i urval|uppgifter|dina uppgifter|tjänstens innehåll|"
        "arbetsbeskrivning|i tjänsten ingår|i arbetet ingår|i uppdraget ingår|i rollen ingår|ditt uppdrag|"
        "uppdraget|om uppdraget|rollen|om rollen|din roll|ditt jobb|vad du kommer att göra|det här ska du göra|"
        "det här kommer du att göra|vad innebär jobbet|du kommer att|arbetet innebär|"
        "arbetsuppgifterna består bland annat av|dina huvudsakliga arbetsuppgifter|arbetet|"
        "i arbetsuppgifterna ingår"
    ),
    "post": "om tjänsten|tjänsten|om jobbet|om anställningen|tjänstebeskrivning",
    "wanted": (
        "kvalifikationer|kvalifikationer och egenskaper|vi söker dig|vi söker dig som|vi söker dig som är|"
        "vi söker dig som har|vem är du|vem söker vi|vem vi söker|din profil|profil|du som söker|om dig|"
        "kravprofil|personliga egenskaper|egenskaper|din bakgrund|dina kvalifikationer|"
        "erfarenhet och kvalifikationer|du är|är du den vi söker|utbildning och erfarenhet|kompetens|vi söker|"
        "krav och meriter|kompetenskrav|vi tror att du|vi tror att du är"
    ),
    "required": (
        "krav|krav för tjänsten|skallkrav|skakrav|ska-krav|skall-krav|vi kräver|vi kräver att du|"
        "kvalifikationskrav|du har|du ska ha|du måste ha|obligatoriska krav|formella krav|krav på dig|"
        "följande är krav"
    ),
    "merits": (
        "meriterande|meriter|meriterande är|det är meriterande|det är meriterande om du|"
        "det är meriterande om du har|bör-krav|börkrav|önskvärt|meriterande kvalifikationer|"
        "meriterande erfarenhet|vi ser gärna|vi ser gärna att du|vi ser gärna att du har|andra meriter|"
        "övriga meriter|som merit räknas|det är en merit om du har"
    ),
    "terms": "anställningsvillkor|villkor|övrigt|övrig information|information|om villkoren|förmåner",
    "form": "anställningsform|anställning|anställningstyp|typ av anställning",
    "extent": "omfattning|sysselsättningsgrad|tjänstgöringsgrad|tjänstens omfattning|anställningens omfattning",
    "posts": "antal tjänster|antal platser|antal",
    "start": "tillträde|tillträdesdag|tillträdesdatum|start|startdatum|anställningsstart|önskat tillträde",
    "end": "slutdatum|sista anställningsdag|anställningen upphör",
    "period": "varaktighet|anställningsperiod|anställningstid|period",
    "hours": "arbetstid|arbetstider",
    "place": "plats|placering|placeringsort|arbetsplats|arbetsort|ort|tjänstgöringsort|tjänsteställe|stationeringsort",
    "salary": "lön|löneform|lönesättning|lön och förmåner|lönevillkor",
    "employer": "arbetsgivare|anställande organisation|anställningsmyndighet",
    "title": "titel|befattning|yrke|yrkesroll|tjänstetitel|rubrik|yrkestitel",
    "party": "parti",
    "authority": "region|kommun|regionen",
    "deadline": (
        "sista ansökningsdag|sista ansökningsdatum|ansök senast|sista dag för ansökan|sista dag att ansöka|"
        "ansökningstid|sista dag att söka|ansökan senast|ansökan ska vara inne senast"
    ),
    "sending": (
        "ansökan|så söker du|hur du ansöker|hur ansöker jag|sök tjänsten|ansök|ansökningsförfarande|din ansökan|"
        "skicka din ansökan|välkommen med din ansökan|så ansöker du|sök jobbet|ansökan skickas till|"
        "ansökan sänds till"
    ),
    "contact": (
        "kontakt|kontaktperson|kontaktpersoner|kontaktuppgifter|frågor|vid frågor|vid frågor om tjänsten|"
        "frågor om tjänsten|har du frågor|har du frågor om tjänsten|för mer information|upplysningar|"
        "mer information|vill du veta mer|kontakta oss|vid frågor kontakta|upplysningar om tjänsten|"
        "för mer information kontakta|frågor besvaras av|för frågor|kontakta|upplysningar lämnas av|"
        "har du frågor kontakta|vid frågor om tjänsten kontakta"
    ),
}
_KIND = {phrase.strip(): kind for kind, phrases in _WORDS.items() for phrase in phrases.split("|")}
_LONGEST = max(map(len, _KIND)) + 4
_LOOSE = re.compile(r"(?:om|vår|vårt|våra|övrigt|övriga|mer om)\s[^.!?:,]{2,40}", re.I)
_NOT_LOOSE = re.compile(r"om\s(?:du|ni|man|det)\b", re.I)


class Heading(NamedTuple):
    """A line that says what follows. `rest` is the value that stands on the same line after a colon, or empty."""

    kind: str
    rest: str = ""


def heading_of(line: str) -> Heading | None:
    """What the line announces, or None when it is no heading the reading knows.

    A heading begins with a capital and has nothing else on its line; a label is followed by a colon and its value.
    """
    if not line or not line[0].isupper():
        return None
    kind = _KIND.get(_plain(line)) if len(line) <= _LONGEST else None
    if kind:
        return Heading(kind)
    label, colon, _ = line[: _LONGEST + 1].partition(":")
    kind = _KIND.get(_plain(label)) if colon else None
    if kind:
        return Heading(kind, line[len(label) + 1 :].strip())
    return Heading("about") if _is_loose(line) else None


def _plain(line: str) -> str:
    return line.casefold().rstrip(":?!. …").replace(",", "").strip()


def _is_loose(line: str) -> bool:
    """A heading the table does not have, such as "Om Region Ådalen": short, no full stop, a word that opens one."""
    return len(line) <= 48 and _LOOSE.fullmatch(line) is not None and not _NOT_LOOSE.match(line)
