"""What a posting says that it does not ask, and where what it does ask begins after that."""

import re
from collections.abc import Iterator

_ONLY = r"(?!\s(?:bara|enbart|endast|blott|minst)\b)"  # "inte bara erfarenhet" denies nothing
NOT = rf"(?:inte|ej|ingen|inget|inga){_ONLY}"
_SURELY = r"(?:\s(?:dock|däremot|alltså|heller)){0,2}"
NOT_SO = rf"{_SURELY}\s(?:inte|ej){_ONLY}(?:\sheller)?"
NO_KRAV = re.compile(
    r"\b(?:(?:inte|ej|inget|inga)(?:\s(?:ett|några|något|formella|särskilda|absoluta|absolut)){0,2}\s(?:ska|skall)?-?krav"
    r"|inget\s(?:absolut\s)?måste)\b",
    re.I,
)
NO_THING = re.compile(
    r"(?:(?:inte|ej|men|inget|krav|krävs|nödvändigt?|måste|ett|heller|dock|och|samt|har|är|kan|du|som|om|att|det)\b[\s,]*)+",
    re.I,
)
_DENIES = re.compile(
    rf"{NO_KRAV.pattern}|^utan\s(?:\w{{1,20}}\s)?krav\b|\bkrav\s(?:på|om|att)\s[^,;]{{1,100}}\s(?:finns|ställs)\s(?:inte|ej)\b"
    rf"|\b(?:behöver|måste|kräver|förutsätter|krävs|behövs|förutsätts){_SURELY}\s{NOT}\b"
    rf"|\b{NOT}(?:\s(?!men\b)[^\s,;]{{1,30}}){{0,4}}\s(?:krävs|behövs|förutsätts|nödvändig[at]?)\b",
    re.I,
)
_TURNS = re.compile(
    r"[,;]?\s(?:men|utan|däremot|dock)(?:\s(?:däremot|dock|samtidigt|ändå|väl))?\s"
    r"|(?:[,;]|\s[–-])\s(?:och\s|samt\s)?(?=(?:du|vi)\s(?:ska|skall|måste|behöver|kräver)\b|det\s(?:viktig|avgörande)\w{0,5}\sär\b)",
    re.I,
)
_THE_SAME = re.compile(
    r"(?:(?:det|detta|vi|du|är|ses|ser|räknas|som|ett|en|mycket|stor|stort|klar|klart|starkt|särskilt|också|även|dock|då"
    r"|kan|får|ha|har|vara|om|så|bara|fallet|gärna|meriterande|merit|plus|fördel|önskvärt|önskvärd|bonus|bra|underlättar|uppskattas|värderas"
    r"|värderar|värdesätts|värdesätter|högt|positivt|inte|ej|inget|krav"
    r"|nödvändigt|nödvändigtvis|absolut|avgörande|måste|att|heller|för|tjänsten|uppdraget|arbetet|rollen)\b\s?)+(?:[,.;!)]|$)",
    re.I,
)
_OFFERS = re.compile(
    r"(?:då\s)?(?:vi\s(?:erbjuder|ger|lär|utbildar|hjälper|stöttar|stödjer|ordnar)|du\s(?:får(?!\sgärna)|kommer))\b",
    re.I,
)
_BARE_MUST = re.compile(r"(?:ska|måste|behöver)\s(?!du\b)", re.I)
_NOT_THAT = re.compile(rf"{NOT}\satt\s", re.I)
_IS_ONE = re.compile(r"\sär det(?:\sdäremot)?\W{0,3}$", re.I)
_AT_THE_END = 40  # characters
_DEMANDED = re.compile(
    r"\b(?:måste|ska|skall|behöver|krävs|kräver|krav|viktigt|avgörande|nödvändigt|förutsättning)\b", re.I
)
_OF_ANOTHER = re.compile(r",?\smen\s|,\s(?:och|samt)\s|\s\((?:men\s)?", re.I)
_OF_THE_PERSON = re.compile(r"(?:att\s)?(?:du|vi|dig|det\sär|arbetet|tjänsten|rollen|uppdraget|som)\s", re.I)
_JUDGED = re.compile(
    rf"(?:(?:du|vi)\s)?(?:behöver|måste|kräver)\s{NOT}\b|{NOT}\satt\s|det\s(?:är|räknas|ses)\s[^,;]{{1,40}}?\s(?:om|att|med)\s"
    r"|(?!(?:det|detta|du|som)\b)[^,;]{1,80}?\s(?:(?:är|ses\ssom|räknas\ssom|utgör)\s(?:\w{1,12}\s){0,3}(?:krav|måste"
    r"|meriterande|merit|önskvär[td]|fördel|plus|nödvändigt?)|krävs|(?:behövs|förutsätts)\s(?:inte|ej))\b",
    re.I,
)
_LONGEST = 1_000  # characters of a sentence; another is no sentence
_PASSING = re.compile(  # "du har gärna, men måste inte ha, körkort"
    r"(?<=\bgärna),?\smen\s(?:(?:måste|behöver)\s(?:inte|ej)(?:\s(?:ha|vara|kunna)){0,2}|(?:inte|ej)\snödvändigt(?:vis)?"
    rf"|{NO_KRAV.pattern}),\s",
    re.I,
)
_NOT_MERELY = re.compile(  # "är inte bara meriterande utan ett krav", "inte bara en fördel, det är nödvändigt"
    r"\b(?P<is>är)\s(?:inte|ej)\s(?:bara|enbart|endast|blott)\s(?:(?:en|ett|stor|stort|klar|klart)\s){0,3}"
    r"(?:meriterande|merit|önskvär[td]|fördel|plus),?\s(?:utan|det|men)\s(?:(?:det|är|också|även|faktiskt|snarare|rent|av|ett"
    r"|absolut)\s){0,4}(?:(?P<noun>krav|måste)|(?P<adjective>nödvändigt?)|(?P<verb>krävs|behövs|förutsätts))\b",
    re.I,
)
_WHOLE = re.compile(
    r"utan\s(?:\w{1,20}\s)?krav\s(?:på|om|att)\s(?P<on>\S.*)"
    r"|(?:(?:något|några|ett|särskilda|formella|formellt)\s){0,3}krav\s(?:på|om|att)\s(?P<none>\S[^,;]{0,100}?)"
    r"\s(?:finns|ställs)\s(?:inte|ej)\b[^,;]{0,30}"
    r"|(?:ingen|inget|inga)\s(?P<no>[^,;]{1,100}?)\s(?:behövs|förutsätts|är\snödvändig[at]?)\b[^,;]{0,30}",
    re.I | re.S,
)


def clauses(text: str) -> Iterator[tuple[str, bool]]:
    """A sentence in what it denies, what it demands and how the person is, each with whether it demands even among merits."""
    text, forced = _NOT_MERELY.sub(_demand_of, _PASSING.sub(" ", text)), False
    while True:
        if parts := turned(text):
            yield parts[0], forced
            forced = forced or demanded(parts[1])
        elif parts := foregone(text):
            yield parts[0], forced or demanded(parts[0])
        else:
            break
        text = parts[1]
    yield text, forced


def _demand_of(found: re.Match[str]) -> str:
    """What is more than a merit, as if nothing else had been said of it."""
    if found["verb"]:
        return found["verb"]
    return f"{found['is']} ett {found['noun']}" if found["noun"] else f"{found['is']} {found['adjective']}"


def turned(text: str) -> tuple[str, str] | None:
    """A sentence that denies a demand and then makes one, in two: "krävs inte, men du måste …". Where all that follows speaks
    of the same thing ("men är en fördel") it is one, and None; what the party gives ("men vi lär dig") is left out."""
    denied = _DENIES.search(text)
    if not denied:
        return None
    nothing = NO_THING.fullmatch(text, 0, denied.end())  # "det är inget krav, men meriterande om du har …"
    head = len(text)
    for turn in _TURNS.finditer(text, denied.end()):
        if "utan" in turn[0] and turn.start() > denied.end():  # "utan stöd"
            continue
        if _OFFERS.match(text, turn.end()):
            head = min(head, turn.start())
        elif not speaks_of_the_same(text, turn.end(), wholly=nothing is not None):
            its_own = _IS_ONE.search(text, max(turn.end(), len(text) - _AT_THE_END))
            tail = text[turn.end() : its_own.start() if its_own else None]
            return text[: min(head, turn.start())], f"du {tail}" if _BARE_MUST.match(tail) else tail
    return (text[:head], "") if head < len(text) else None


def foregone(text: str) -> tuple[str, str] | None:
    """A sentence that says how the person is and then judges something else, in two: "du delar våra mål, men medlemskap är
    inget krav"."""
    if len(text) > _LONGEST or not _OF_THE_PERSON.match(text):
        return None
    for turn in _OF_ANOTHER.finditer(text):
        if _JUDGED.match(text, turn.end()):
            tail = text[turn.end() :].replace(")", "") if "(" in turn[0] else text[turn.end() :]
            led = "det krävs " if _NOT_THAT.match(tail) else "du " if _BARE_MUST.match(tail) else ""
            return text[: turn.start()], led + tail
    return None


def speaks_of_the_same(text: str, begin: int = 0, *, wholly: bool = False) -> bool:
    """Whether words say no more than "det är en fördel" of what was named before; ``wholly``: and nothing comes after."""
    same = _THE_SAME.match(text, begin)
    return same is not None and (not wholly or same.end() == len(text))


def demanded(text: str) -> bool:
    """Whether words make a demand though they stand among merits."""
    return _DEMANDED.search(text) is not None


def denied_whole(text: str) -> str | None:
    """What a sentence that does nothing else says is not asked, such as "utan krav på körkort"; None of any other."""
    whole = _WHOLE.fullmatch(text.rstrip(" ."))
    return next(words for words in whole.groups() if words) if whole else None
