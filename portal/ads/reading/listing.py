"""Lists in running text ("noggrann, van att skriva och tar egna initiativ") divided into what they list."""

import re
from collections.abc import Iterator

_SEPARATOR = re.compile(r",\s(?:samt|och)\s|,\s|\s(?:samt|och)\s")
_HOLDS_TOGETHER = re.compile(
    r"\b(?:eftersom|exempelvis|till exempel|t\.\s?ex|såsom|som t|bland annat|bl\.\s?a|för att|så att|vilket"
    r"|vilka|där|när|inom|eller|antingen"
    r"|både|såväl|motsvarande)\b",
    re.I,
)
_GOES_ON = re.compile(
    r"(?:i|på|inom|av|med|för|från|till|om|som|vilket|vilken|där|men|så|både|såväl|framför allt|främst|inte"
    r" minst|särskilt|även|att|vid)\b",
    re.I,
)
_VERB = (
    r"(?:är|har|kan|tar|gillar|trivs|vill|ser|arbetar|behärskar|delar|uttrycker|skriver|sätter|drivs|tycker"
    r"|förstår|vågar|brinner|kommer"
    r"|känner|följer|klarar|lyssnar|håller|får|skapar|bygger|ger|samarbetar|kommunicerar|bör|ska|måste)"
)
_OPENS = re.compile(rf"(?:som |du )*{_VERB}\b", re.I)
_OPENS_AFTER_NOUN = re.compile(
    r"(?:en |ett )?(?:(?:god|goda|gott|stor|stort|stora|hög|högt|mycket|stark|starkt|van|vana|lätt)\b|körkort"
    r"|b-körkort|tillgång|erfarenhet"
    r"|kunskap|förmåga|intresse|utbildning|examen|\w{2,30}förmåga|\w{2,30}intresse|\w{2,30}vana|akademisk)",
    re.I,
)
_GOVERNS = re.compile(
    r"\b\w*(?:erfarenhet|erfarenheter|kunskap|kunskaper|vana|van|utbildning|examen|intresse|förståelse"
    r"|kännedom|insikt|insikter|förmåga|förmågan"
    r"|bra|duktig|lätt|intresserad|kunnig|engagerad)\s(?:av|i|inom|om|för|att|från|kring|på|vid|med)\b",
    re.I,
)
_PREPOSITION = re.compile(r"\s(?:i|på|inom|av|med|för|från|till|om|vid|mellan)\s", re.I)
_WITH_ANOTHER = re.compile(
    r"\smed\s(?=(?:en|ett)\s(?:\w{1,30}\s){0,3}\w{0,30}(?:förmåga|intresse|engagemang|drivkraft|vana)$)", re.I
)
_OPENING_WORDS = re.compile(r"(?:(?:och|samt|som|du|är|har|också|även|dessutom)\s)+", re.I)
_NEAR = 90  # characters that decide on each side of a comma; more would make long lists slow


def divided(text: str, *, adjectives: bool = False) -> list[str]:
    """The things listed, in the words of `text`, with the words that only join them left out.

    `adjectives` says that the list followed on "är", so that two single words joined by "och" are two qualities.
    Examples ("inom exempelvis a, b och c"), reasons and what one word governs ("kunskaper i a och b") stay whole.
    """
    items = []
    for part in _parts(text, adjectives):
        opening = _OPENING_WORDS.match(part)
        items.extend(_WITH_ANOTHER.split(part[opening.end() if opening else 0 :].strip()))
    return [item for item in items if item]


def _parts(text: str, adjectives: bool) -> Iterator[str]:
    held = _HOLDS_TOGETHER.search(text)
    stop = held.start() if held else len(text)
    begin, depth, seen, listed, single = 0, 0, 0, False, adjectives
    for found in _SEPARATOR.finditer(text, 0, stop):
        depth += text.count("(", seen, found.start()) - text.count(")", seen, found.start())
        seen = found.start()
        comma = "," in found[0]
        if depth > 0 or text[found.start() - 1] == "-":
            continue
        if _parted(
            text[max(begin, found.start() - _NEAR) : found.start()],
            text[found.end() : found.end() + _NEAR],
            comma,
            single,
            listed,
        ):
            yield text[begin : found.start()]
            begin, listed = found.end(), listed or comma
            single = text.startswith("är ", begin) or (single and comma)
    yield text[begin:]


def _parted(left: str, right: str, comma: bool, adjectives: bool, listed: bool) -> bool:
    """Whether what stands on each side of a comma or an "och" is a quality of its own."""
    if _OPENS.match(right) or (comma and right.startswith("gärna ")):
        return True
    if _GOES_ON.match(right):
        return False
    if _GOVERNS.search(left):
        return _OPENS_AFTER_NOUN.match(right) is not None
    if comma:
        return True
    if listed:
        return _PREPOSITION.search(left) is None or _OPENS_AFTER_NOUN.match(right) is not None
    return (adjectives and len(left.split()) <= 2) or _OPENS_AFTER_NOUN.match(right) is not None
