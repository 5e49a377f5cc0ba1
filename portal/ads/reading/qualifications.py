"""What a posting asks of the person it seeks, one quality a row: demands told apart from what counts as a merit."""

import re
from dataclasses import dataclass, field

from portal.ads.reading.cues import speaks_of_terms
from portal.ads.reading.listing import divided
from portal.ads.reading.rows import rows_of
from portal.ads.reading.sections import QUALITIES, Page
from portal.ads.reading.sentences import sentences, without_stop

_MERIT = re.compile(r"\b(?:gärna|meriterande|merit|önskvärt|önskvärd|ett plus|en fördel|bonus)\b", re.I)
_DEMAND = re.compile(r"\b(?:krav|krävs|kräver|måste|ska ha|ska vara|skall)\b", re.I)
_NOT_HERE = re.compile(r"@|\b(?:sista ansöknings|skicka|mejla|maila|sänd din|bifoga|din ansökan)", re.I)
_VERDICT = re.compile(
    r"\s(?:(?:är|ses som|räknas som|utgör)\s(?:(?:också|även|dock|däremot|mycket|särskilt|starkt|ett|en|inte"
    r"|inget)\s){0,3}"
    r"(?:krav|meriterande|merit|önskvärt|önskvärd|fördel|plus|nödvändigt|nödvändig)|krävs|önskas)\b",
    re.I,
)
_VERDICT_FIRST = re.compile(
    r"(?:det (?:är|ses som|räknas som) )?(?:(?:också|även|dock|mycket|starkt|särskilt|ett|en|som) ){0,2}"
    r"(krav|meriterande|merit|önskvärt|fördel|plus)(?: (?:är|räknas|på))?(?: det)?(?: (?:att|om|med))? (?=\S)",
    re.I,
)
_JOINT = re.compile(r"(?:[,;]\s?)?(?:(?:och|men|samt|medan|liksom|likaså|då|att)\s)*", re.I)
_AFTER_VERDICT = re.compile(r"\s?(?:för (?:tjänsten|uppdraget|arbetet|rollen|anställning))?[.!]?\s?", re.I)
_NO_DEMAND = re.compile(r"\b(?:inte|inget|ej)\b", re.I)
_FILLING = r"(?:också|även|dessutom|därför|helst|gärna|alltid|då)"
_LEADS = re.compile(
    rf"(?:(?:vidare|dessutom|därutöver|utöver detta|även|också|därför|vi tror att|för att (?:lyckas|trivas"
    rf"|passa)(?: i rollen| hos oss)?"
    rf"|som person|som politisk sekreterare|i rollen(?: som politisk sekreterare)?|som sökande"
    rf"|det är (?:{_FILLING} )?(?:viktigt|av vikt|en förutsättning|nödvändigt|mycket viktigt) att"
    rf"|(?:arbetet|tjänsten|rollen|uppdraget|jobbet) (?:{_FILLING} )?(?:kräver|förutsätter)(?: {_FILLING})?(?:"
    rf" att)?|vi kräver(?: att)?"
    rf"|(?:vi )?ser (?:vi )?(?:{_FILLING} )*(?:att|om)|(?:vi )?söker (?:vi )?(?:{_FILLING} )*(?:dig|en person"
    rf"|någon) som"
    rf"|du som söker|vi (?:förväntar oss|förutsätter|vill|önskar)(?: att)?|vi ställer (?:höga )?krav på att)\s?,?\s)+",
    re.I,
)
_SUBJECT = re.compile(r"(?:(?:behöver|ska|bör|är|har|måste) du|dig som|du|som)\s", re.I)
_VERB = re.compile(
    rf"((?:(?:{_FILLING}|bör|ska|skall|måste|behöver)\s)*)((?:är|har|vara|ha)\s)?((?:{_FILLING}\s)*)", re.I
)


@dataclass
class Qualities:
    """Rows of demands and of merits, in the posting's order and words (a dict keeps the order and drops repeats)."""

    requirements: dict[str, None] = field(default_factory=dict)
    merits: dict[str, None] = field(default_factory=dict)

    def add(self, row: str, *, merit: bool) -> None:
        """Add one row under its kind; nothing is listed twice."""
        rows = self.merits if merit else self.requirements
        row = without_stop(row)
        if row:
            rows[row] = None


def read_qualities(page: Page) -> Qualities:
    """The demands and merits of the sections that speak of the person sought."""
    found = Qualities()
    for section in page.sections:
        if section.kind not in QUALITIES:
            continue
        merit = section.kind == "merits"
        for row in rows_of(section.blocks):
            if row.bullet:
                _read_bullet(row.text, merit, found)
                continue
            for sentence in sentences(row.text):
                if sentence.endswith(":") or sentence.endswith(("…", "...")):
                    merit = _announces_merit(sentence, merit)
                elif not _NOT_HERE.search(sentence) and not speaks_of_terms(sentence):
                    _read_sentence(sentence, merit, found)
    return found


def _announces_merit(sentence: str, merit: bool) -> bool:
    """Whether a line such as "Det är meriterande om du:" makes merits of the bullets under it."""
    if _MERIT.search(sentence):
        return True
    return merit and not _DEMAND.search(sentence)


def _read_bullet(text: str, merit: bool, found: Qualities) -> None:
    if not _read_verdicts(text, merit, found):
        found.add(text, merit=merit or _MERIT.search(text) is not None)


def _read_sentence(sentence: str, merit: bool, found: Qualities) -> None:
    if not _read_verdicts(sentence, merit, found):
        _read_list(sentence, merit, found)


def _read_verdicts(text: str, merit: bool, found: Qualities) -> bool:
    """Read "körkort är ett krav och egen bil är meriterande" as two rows of two kinds. False if it is not so said."""
    first = _VERDICT_FIRST.match(text)
    if first:
        _read_list(text[first.end() :], first[1].casefold() != "krav" or bool(_NO_DEMAND.search(first[0])), found)
        return True
    begin, kind = 0, merit
    for verdict in _VERDICT.finditer(text):
        subject = text[begin : verdict.start()]
        kind = _is_merit(verdict[0])
        if subject.strip().casefold() in {"det", "detta"}:
            begin = verdict.end()
            continue
        _read_subject(subject, kind, found)
        begin = verdict.end()
    if not begin:
        return False
    rest = text[_end_of(_AFTER_VERDICT, text, begin) :]
    if rest and not rest.casefold().startswith("men "):
        _read_list(rest[_end_of(_JOINT, rest) :], kind, found)
    return True


def _is_merit(verdict: str) -> bool:
    return _NO_DEMAND.search(verdict) is not None or not re.search(r"krav|nödvändig|krävs", verdict, re.I)


def _read_subject(subject: str, merit: bool, found: Qualities) -> None:
    subject = subject.strip()
    found.add(subject[_end_of(_JOINT, subject) :], merit=merit)


def _read_list(sentence: str, merit: bool, found: Qualities) -> None:
    lead = _LEADS.match(sentence)
    merit = merit or bool(lead and re.search(r"gärna|helst", lead[0], re.I))
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
    for item in divided(without_stop(words), adjectives=verb.casefold() in {"är", "vara"}):
        found.add(item, merit=merit or _MERIT.search(item) is not None)


def _end_of(pattern: re.Pattern[str], text: str, begin: int = 0) -> int:
    match = pattern.match(text, begin)
    return match.end() if match else begin
