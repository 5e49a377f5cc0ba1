"""What a posting asks of the person it seeks, one quality a row: demands told apart from what counts as a merit."""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from portal.ads.reading.cues import speaks_of_terms
from portal.ads.reading.denials import (
    NO_KRAV,
    NO_THING,
    NOT,
    NOT_SO,
    clauses,
    demanded,
    denied_whole,
    speaks_of_the_same,
)
from portal.ads.reading.listing import divided
from portal.ads.reading.rows import rows_of
from portal.ads.reading.sections import QUALITIES, Block, Page
from portal.ads.reading.sentences import sentences, without_stop

_MERIT = re.compile(
    r"\b(?:gärna|meriterande|merit|önskvärt|önskvärd|(?:ett|en)\s(?:\w{1,15}\s)?(?:plus|fördel)|bonus"
    r"|underlättar|uppskattas|värdesätts|(?:värderas|värderar\sdet)\shögt|ses\spositivt|är\s(?:en\stillgång|bra(?!\s(?:på|med|att)\b)|till\s(?:stor\s)?(?:nytta|hjälp)))\b",
    re.I,
)
_DEMAND = re.compile(r"\b(?:krav|krävs|kräver|måste|ska ha|ska vara|skall)\b", re.I)
_NOT_HERE = re.compile(r"@|\b(?:sista ansöknings|skicka|mejla|maila|sänd din|bifoga|din ansökan)", re.I)
_VERDICT = re.compile(
    r"\s(?:(?:är|ses som|räknas som|utgör)\s(?:(?:också|även|dock|däremot|mycket|särskilt|starkt|ett|en|inte"
    r"|inget|ingen)\s){0,3}"
    r"(?:krav|meriterande|merit|önskvärt|önskvärd|fördel|plus|nödvändigt|nödvändig|måste)"
    rf"|(?:krävs|önskas)(?:{NOT_SO})?|(?:behövs|förutsätts)(?:{NOT_SO}|(?=\s(?:ingen|inget|inga)\b)))\b",
    re.I,
)
_VERDICT_FIRST = re.compile(
    r"(?:det (?:är|ses som|räknas som) )?(?:(?:också|även|dock|mycket|starkt|särskilt|ett|en|som) ){0,2}"
    r"(krav|meriterande|merit|önskvärt|fördel|plus)(?: (?:är|räknas|på))?(?: det)?,?(?: (?:att|om|med))? (?=\S)",
    re.I,
)
_JOINT = re.compile(r"(?:[,;]\s?)?(?:(?:och|men|dock|däremot|samt|medan|liksom|likaså|då|att)\s)*", re.I)
_AFTER_VERDICT = re.compile(
    r"\s?(?:för (?:att (?:få|söka) )?(?:tjänsten|jobbet|uppdraget|arbetet|rollen|anställning(?:en)?)|för att söka)?[.!]?\s?",
    re.I,
)
_NO_DEMAND = re.compile(r"\b(?:inte|inget|ingen|ej)\b", re.I)
_NO_KRAV_LAST = re.compile(rf"[\s,(–-]{{1,3}}(?:(?:men|det är|är)\s){{0,2}}{NO_KRAV.pattern}\)?\.?$", re.I)
_NO_KRAV_ON = re.compile(rf"{NO_KRAV.pattern}\s(?:på|om|att)\s(?=\S)", re.I)
_ENDS_AS_MERIT = re.compile(rf"{_MERIT.pattern}\W*$", re.I)
_BUT_NO_KRAV = re.compile(rf"(?:(?:men|och)\s)?{NO_KRAV.pattern}\s(?:att\s|om\s)?", re.I)
_DANGLING = re.compile(r"\b(?:är|att|om|du|har|ha|vara|med|som|av|även|också)$", re.I)
_BUT = re.compile(r",?\s?(?:men|utan|dock|däremot)\s", re.I)
_BUT_IT = re.compile(r",?\s(?:men|och)\s(?:det|detta)$", re.I)
_NOT = re.compile(rf"{NOT}\s(?:heller\s)?(?:(?:att|du|ha|har|vara|är)\s){{0,3}}", re.I)
_DEMANDS = re.compile(r"\b(?:behöver|måste|kräver|förutsätter)\b", re.I)
_ANNOUNCING = re.compile(
    r"(?:(?:det|är|ses|som|räknas|ett|en|också|även|dock|dessutom|mycket|starkt|särskilt|om|att|med|av|du|har|kan|vi|ser"
    r"|gärna|erfarenhet|erfarenheter|kvalifikationer|egenskaper|meriter|kunskaper|meriterande|merit|plus|fördel|önskvärt"
    r"|bonus)(?:\s|$))+",
    re.I,
)
_ANNOUNCES_UP_TO = 80  # characters
_FILLING = r"(?:också|även|dessutom|därför|helst|gärna|alltid|då|dock|ändå|däremot)"
_LEADS = re.compile(
    rf"(?:(?:vidare|däremot|samtidigt|dessutom|därutöver|utöver detta|även|också|därför|vi tror att|för att (?:lyckas|trivas"
    rf"|passa)(?: i rollen| hos oss)?"
    rf"|som person|som politisk sekreterare|i rollen(?: som politisk sekreterare)?|som sökande"
    r"|det (?:viktiga|viktigaste|avgörande) är att"
    rf"|(?:det är|är det) (?:{_FILLING} )?(?:viktigt|av vikt|en förutsättning|nödvändigt|mycket viktigt) att"
    rf"|(?:arbetet|tjänsten|rollen|uppdraget|jobbet) (?:{_FILLING} )?(?:kräver|förutsätter)(?: {_FILLING})?(?:"
    rf" att)?|vi kräver(?: att)?"
    rf"|(?:vi )?ser (?:vi )?(?:{_FILLING} )*(?:att|om)|(?:vi )?söker (?:vi )?(?:{_FILLING} )*(?:dig|en person"
    rf"|någon) som"
    rf"|du som söker|vi (?:förväntar oss|förutsätter|vill|önskar)(?: dock| däremot| ändå)?(?:"
    r" att)?|vi ställer (?:höga )?krav på att)\s?,?\s)+",
    re.I,
)
_SUBJECT = re.compile(r"(?:(?:behöver|ska|bör|är|har|måste) du|dig som|du|som)\s", re.I)
_VERB = re.compile(
    rf"((?:(?:{_FILLING}|bör|ska|skall|måste|behöver)\s)*)((?:är|har|vara|ha)\s)?((?:{_FILLING}\s)*)", re.I
)


class Kind(Enum):
    """What a posting says of a quality. A spared one is said not to be required, and nothing more."""

    DEMAND = auto()
    MERIT = auto()
    SPARED = auto()


@dataclass
class Qualities:
    """Rows of demands and of merits, in the posting's order and words (a dict keeps the order and drops repeats).
    `spared` are those merits of which the posting says only that they are not required."""

    requirements: dict[str, None] = field(default_factory=dict)
    merits: dict[str, None] = field(default_factory=dict)
    spared: dict[str, None] = field(default_factory=dict)

    def add(self, row: str, kind: Kind) -> None:
        """Add one row under its kind; nothing is listed twice, and words that name no quality not at all."""
        rows = self.requirements if kind is Kind.DEMAND else self.merits
        row = without_stop(row)
        if row and not NO_THING.fullmatch(row):
            rows[row] = None
            if kind is Kind.SPARED:
                self.spared[row] = None
            else:
                self.spared.pop(row, None)


def read_qualities(page: Page) -> Qualities:
    """The demands and merits of the sections that speak of the person sought."""
    found = Qualities()
    for section in page.sections:
        if section.kind in QUALITIES:
            _read_section(rows_of(section.blocks), found, merit=section.kind == "merits")
    return found


def _read_section(rows: list[Block], found: Qualities, *, merit: bool) -> None:
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        above_bullets = below is not None and below.bullet
        if row.bullet:
            if above_bullets and _only_announces(row.text):
                merit = True
            else:
                _read_one(row.text, merit, found)
            continue
        told = sentences(row.text)
        for number, sentence in enumerate(told, 1):
            last = above_bullets and number == len(told)
            if sentence.endswith((":", "…", "...")) or (last and _announces(sentence)):
                merit = _announces_merit(sentence, merit)
            elif not _NOT_HERE.search(sentence) and not speaks_of_terms(sentence):
                _read_one(sentence, merit, found, running=True)


def _announces_merit(sentence: str, merit: bool) -> bool:
    """Whether a line such as "Det är meriterande om du:" makes merits of the bullets under it."""
    if _MERIT.search(sentence):
        return True
    return merit and not _DEMAND.search(sentence)


def _announces(sentence: str) -> bool:
    """Whether a line without a colon right above bullets speaks of them: it breaks off, or is of merits and none itself
    ("Egen bil är meriterande")."""
    if len(sentence) > _ANNOUNCES_UP_TO or sentence[-1] in ".!?":
        return False
    verdict = _VERDICT.search(sentence)
    own = verdict is not None and verdict.end() == len(sentence) and not _points(sentence[: verdict.start()])
    return _DANGLING.search(sentence) is not None or (_MERIT.search(sentence) is not None and not own)


def _only_announces(row: str) -> bool:
    """The same of the first of some lines without bullets: it has no word of its own."""
    return _MERIT.search(row) is not None and _ANNOUNCING.fullmatch(row) is not None


def _points(subject: str) -> bool:
    return subject.strip().casefold() in {"det", "detta"}


def _read_one(text: str, merit: bool, found: Qualities, *, running: bool = False) -> None:
    """One bullet, or one sentence of ``running`` text, in which several things may be listed."""
    for number, (clause, forced) in enumerate(clauses(text)):
        _read_plain(_bare(clause) if number else clause, merit and not forced, found, running or number > 0)


def _read_plain(text: str, merit: bool, found: Qualities, running: bool) -> None:
    if none := denied_whole(text):
        found.add(none, Kind.MERIT if merit else Kind.SPARED)
        return
    if _read_verdicts(text, merit, found):
        return
    kind = Kind.MERIT if merit else Kind.DEMAND
    if NO_KRAV.search(text):
        _read_spared(text, merit or _MERIT.search(text) is not None, found)
    elif running:
        _read_list(text, kind, found)
    else:
        found.add(text, Kind.MERIT if _MERIT.search(text) else kind)


def _read_spared(text: str, merit: bool, found: Qualities) -> None:
    """What the posting says is no krav: "akademisk examen (inget krav)", "vi ställer inga krav på utbildning"."""
    if not merit:
        last, on = _NO_KRAV_LAST.search(text), _NO_KRAV_ON.search(text)
        text = text[: last.start()] if last else text[on.end() :] if on else text
    found.add(text, Kind.MERIT if merit else Kind.SPARED)


def _read_verdicts(text: str, merit: bool, found: Qualities) -> bool:
    """Read "körkort är ett krav och egen bil är meriterande" as two rows of two kinds. False if it is not so said."""
    first = _VERDICT_FIRST.match(text)
    if first:
        rest = text[first.end() :]
        rest = rest[_end_of(_BUT_NO_KRAV, rest) :]  # "det är en fördel men inget krav att du …"
        _read_list(rest, Kind.DEMAND if first[1].casefold() == "krav" else Kind.MERIT, found)
        return True
    begin, said, kind = 0, list[tuple[str, Kind]](), Kind.DEMAND
    for verdict in _VERDICT.finditer(text):
        subject, kind = _judged(text[begin : verdict.start()], verdict[0], merit)
        begin = verdict.end()
        if said and (not subject or _points(subject)):
            said[-1] = (said[-1][0], _of_one(said[-1][1], kind))
        else:
            said.append((subject, kind))
    if not said:
        return False
    rest = text[_end_of(_AFTER_VERDICT, text, begin) :]
    last, merited = said[-1]
    if merited is Kind.SPARED and _BUT.match(rest) and _ENDS_AS_MERIT.search(rest):  # "är inget krav, men en fördel"
        said[-1], rest = (last, Kind.MERIT), ""
    elif merited is Kind.MERIT:
        kind = _of_one(kind, Kind.MERIT)
    for subject, one in said:
        _read_subject(subject, one, found)
    _read_rest(rest, kind, found)
    return True


def _judged(subject: str, verdict: str, merit: bool) -> tuple[str, Kind]:
    """What is judged, and as what."""
    subject = _bare(subject)
    if _NO_DEMAND.search(verdict):
        return subject, Kind.MERIT if merit else Kind.SPARED
    if not re.search(r"krav|måste|nödvändig|krävs|behövs|förutsätts", verdict, re.I):
        return subject, Kind.MERIT
    none = _NOT.match(subject)  # "ingen erfarenhet krävs"
    return (subject[none.end() :], Kind.SPARED) if none else (subject, Kind.DEMAND)


def _of_one(first: Kind, second: Kind) -> Kind:
    """What two verdicts say of one thing: "krävs inte, men är en fördel" makes a merit of it, whoever says it first."""
    if {first, second} == {Kind.SPARED, Kind.MERIT}:
        return Kind.MERIT
    return Kind.SPARED if Kind.SPARED in (first, second) else first


def _read_subject(subject: str, kind: Kind, found: Qualities) -> None:
    it = _BUT_IT.search(subject)
    if it:
        _read_list(subject[: it.start()], kind, found)
    elif not _points(subject):
        found.add(subject, kind)


def _read_rest(rest: str, kind: Kind, found: Qualities) -> None:
    """What stands after the last verdict: more of the same, or what it does not hold for."""
    words, but = _bare(rest), _BUT.match(rest)
    if but and (speaks_of_the_same(words) or (NO_KRAV.search(words) and not _NO_KRAV_ON.search(words))):
        return
    kind = Kind.DEMAND if but and demanded(words) and not NO_KRAV.search(words) else kind
    spared = _NOT.match(words) if kind is not Kind.MERIT else None
    _read_list(words[spared.end() if spared else 0 :], Kind.SPARED if spared else kind, found)


def _read_list(sentence: str, kind: Kind, found: Qualities) -> None:
    lead = _LEADS.match(sentence)
    merit = bool(lead and re.search(r"gärna|helst", lead[0], re.I))
    words = sentence[lead.end() if lead else 0 :]
    subject = _SUBJECT.match(words)
    verb = ""
    if subject or lead:
        rest = words[subject.end() if subject else 0 :]
        said = _VERB.match(rest)
        verb = (said[2] or "").strip() if said else ""
        merit = merit or bool(said and re.search(r"gärna|helst|bör", said[0], re.I))
        asked = re.match(r"(?:är|har) du", subject[0], re.I) if subject else None
        verb = asked[0].split()[0] if asked else verb
        words = rest[said.end() :] if said else rest
    spared = _NOT.match(words) if _DEMANDS.search(sentence[: len(sentence) - len(words)]) else None
    if spared:
        words, kind = words[spared.end() :], Kind.SPARED if kind is Kind.DEMAND else kind
    for item in divided(without_stop(words), adjectives=verb.casefold() in {"är", "vara"}):
        found.add(item, Kind.MERIT if kind is Kind.DEMAND and (merit or _MERIT.search(item)) else kind)


def _bare(text: str) -> str:
    """Without the words that only join it to what stands before it."""
    text = f"{text.strip()} "
    return text[_end_of(_JOINT, text) :].strip(" ,")


def _end_of(pattern: re.Pattern[str], text: str, begin: int = 0) -> int:
    match = pattern.match(text, begin)
    return match.end() if match else begin
