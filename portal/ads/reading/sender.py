"""Who seeks, whom and where: the party, the authority, the title and the words the posting opens with."""

import re
from collections import Counter

from portal.ads.reading.lines import TITLE_WIDTH
from portal.ads.reading.sections import Page
from portal.ads.reading.sentences import without_stop

_CAPITAL = r"[A-ZÅÄÖ][\wåäöé-]{1,40}"
_PARTY = re.compile(
    r"\b(?:[A-ZÅÄÖ][a-zåäöé-]{1,40}partiet|[A-ZÅÄÖ][a-zåäöé-]{0,40}demokraterna|Moderaterna|Liberalerna"
    r"|[A-ZÅÄÖ][a-zåäöé-]{1,40}listan"
    r"|Vänstern|Feministiskt [Ii]nitiativ|Landsbygdspartiet [Oo]beroende)(?:s\b)?"
)
_PARTY_PLACE = re.compile(rf" (?!(?:Region|Landstinget|Kommun|Vi|Du|I)\b)({_CAPITAL}(?: (?!Region\b){_CAPITAL})?)")
_AUTHORITY = re.compile(
    r"\b(?:Region (?:Jämtland Härjedalen|[A-ZÅÄÖ][\wåäö-]{2,40}(?: län\b)?)|Västra Götalandsregionen"
    r"|Landstinget(?: i)? [A-ZÅÄÖ][\wåäö-]{2,40}"
    r"|[A-ZÅÄÖ][\wåäö-]{1,40}(?: [A-ZÅÄÖ][\wåäö-]{1,40})? kommun(?=s?\b)|[A-ZÅÄÖ][\wåäö-]{1,40} [Ss]tad(?=s?\b))"
)
_NOT_A_PLACE = re.compile(r"(?:Vi|En|I|Din|Vår|Er|Denna|Varje|Den|Som|För|Region) ")
_ROLE = (
    r"(?:(?:politiska?|politiske|borgarråds|stads|kommunalråds|press|parti)?\s?sekreterar(?:e|inna)n?"
    r"|(?:politisk |press)?(?:kommunikatör|samordnare)"
    r"|kanslichef|kanslist|stabschef|pressansvarig|talesman|(?:politisk )?(?:tjänsteman|ombudsman|handläggare"
    r"|rådgivare|stabsmedarbetare))"
)
_HAS_ROLE = re.compile(_ROLE, re.I)
_SEEKS = re.compile(
    r"\b(?:söker|söks|sökes|rekryterar|anställer)\b(?: (?:nu|därför|vi|en|ett|två|tre|fyra|till|ny|nya|våra"
    r"|vår|\d{1,2}|ytterligare|dig som är))*\s",
    re.I,
)
_EXTENT_BEHIND = re.compile(r"[,(–-]?\s?(?:\d{1,3}(?:[–-]\d{1,3})?\s?(?:%|procent)|heltid|deltid)\)?$", re.I)
_STOPS = (".", "!", "?")


def read_party(page: Page) -> str | None:
    """The party's name as written, with its place where the name is followed by one."""
    labelled = page.lines("party")
    if labelled:
        return without_stop(labelled[0])
    text = "\n".join([" ".join(block.lines) for block in page.blocks()])
    spoken: Counter[str] = Counter()
    longest: dict[str, str] = {}
    for found in _PARTY.finditer(text):
        name = found[0].removesuffix("s")
        spoken[name] += 1
        place = None if found[0].endswith("s") else _PARTY_PLACE.match(text, found.end())
        if place and name not in longest:
            longest[name] = f"{name} {place[1]}"
    if not spoken:
        return None
    name = spoken.most_common(1)[0][0]
    return longest.get(name, name)


def read_authority(page: Page) -> str | None:
    """The region or municipality named most often, without a genitive s."""
    labelled = page.lines("authority")
    text = "\n".join([block.text for block in page.blocks()])
    if labelled:
        text = f"Region {labelled[0]}\n" if _AUTHORITY.search(labelled[0]) is None else labelled[0]
    spoken: Counter[str] = Counter()
    for found in _AUTHORITY.finditer(text):
        name = found[0]
        if _NOT_A_PLACE.match(name) and not name.startswith("Region "):
            name = name.partition(" ")[2]
        spoken[_without_genitive(name)] += 1
    names = [name for name, _ in spoken.most_common() if " " in name]
    return names[0] if names else None


def _without_genitive(name: str) -> str:
    genitive = name.startswith(("Region ", "Västra Götalandsregionen", "Landstinget")) and not name.endswith(" län")
    return name.removesuffix("s") if genitive else name


def read_title(page: Page) -> str | None:
    """The title of the post: a label's value, else the heading of the posting, else the words after "söker"."""
    labelled = page.lines("title")
    if labelled:
        return without_stop(labelled[0])
    for line in page.lines("lead", "about"):
        if len(line) <= TITLE_WIDTH and not line.endswith(_STOPS) and _HAS_ROLE.search(line):
            return _of_heading(line)
    for sentence in page.all_sentences:
        sought = _SEEKS.search(sentence)
        role = _HAS_ROLE.search(sentence, sought.end()) if sought else None
        if role:
            return role[0].strip()
    return None


def _of_heading(line: str) -> str:
    """The title in "Närvårdspartiet söker politisk sekreterare till Region Ådalen": what stands after "söker"."""
    sought = _SEEKS.search(line)
    title = line[sought.end() :].strip() if sought and _HAS_ROLE.search(line, sought.end()) else line.rstrip(":")
    return _EXTENT_BEHIND.sub("", title)


def read_intro(page: Page, title: str | None) -> str | None:
    """The paragraphs before the tasks that tell of the party and the work, with an empty line between them."""
    paragraphs = [
        block.text
        for block in page.blocks("lead", "about")
        if (block.text.endswith(_STOPS) or len(block.text) > TITLE_WIDTH) and block.text != title
    ]
    return "\n\n".join(paragraphs) or None
