"""The persons a posting names for questions, with title, e-mail and telephone as written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.ads.reading.sections import Block, Page
from portal.ads.reading.sending import mail_addresses

_PHONE = re.compile(r"(?<![\w@])(?:\+46|0046|0)(?:\s?\(0\))?(?:[ \-–/]{0,3}[0-9]){6,11}(?![0-9])")
_WORD = r"[A-ZÅÄÖÉÜ][a-zåäöéüèóáøæ’'-]{1,30}(?:-?[A-ZÅÄÖ][a-zåäöéü]{1,30})?"
_NAME = re.compile(rf"(?<![\w-]){_WORD}(?: (?:[A-ZÅÄÖ]\.|af|von|de|van|der|al))?(?: {_WORD}){{1,2}}(?![\w@-])")
_OFFICE = (
    r"(?:\w{0,30}(?:råd|rådet|ledare|ledaren|ordförande|ordföranden|chef|chefen|sekreterare|sekreteraren"
    r"|direktör|samordnare|ombudsman|ansvarig|handläggare"
    r"|ledamot|kanslist|strateg|kommunikatör|specialist|representant))"
)
_TITLE = re.compile(
    rf"(?:\b(?:politisk|politiske|vice|biträdande|tf|tillförordnad|andre|förste|rekryterande|facklig)\s)*\b{_OFFICE}\b(?:\s(?:i|för"
    rf"|på|vid)\s[\wåäöÅÄÖ -]{{2,50}})?",
    re.I,
)
_TITLE_FIRST = re.compile(rf"(?:(?:politisk|politiske|vice|biträdande|tf)\s)*{_OFFICE}\s(?=[A-ZÅÄÖ])", re.I)
_NOT_A_NAME = re.compile(
    r"\b(?:Region\w*|Kommun\w*|Landsting\w*|Tel|Telefon|Tfn|Mobil|Mob|E-?post|Epost|Mejl|Mail|Kontakt\w*|Vid"
    r"|Har|Du|Vi|För|Frågor|Politisk|Ansökan|Skicka|Välkommen"
    r"|Upplysningar|Regionens|Enligt|Adress|\w{2,40}partiet|\w{2,40}(?:demokraterna|gatan|vägen)|Fackliga?|Märk)\b"
)
_LABEL = re.compile(
    r"\b(?:tel(?:efon)?(?:nummer)?|tfn|mobil|mob|e-?post(?:adress)?|mejl|mail|eller|samt|och|på|via|nås"
    r"|kontakta|ring)\b\.?:?",
    re.I,
)
_SPEAKS = re.compile(r"\b(?:frågor|besvaras|kontakta?|kontaktperson\w*|upplysningar|mer information)\b", re.I)
_STOPS = ".!?"
_LONGEST_TITLE = 60  # characters


@dataclass(frozen=True)
class Contact:
    """A person for questions; what the posting does not say is None."""

    name: str | None = None
    title: str | None = None
    email: str | None = None
    phone: str | None = None


def read_contacts(page: Page, apply_to: str | None = None) -> list[Contact]:
    """The contact persons: those under a heading for them, else those in the sentences that speak of questions."""
    gathered = _Gathered()
    for lines in [_lines(block) for block in page.blocks("contact")] or _spoken(page):
        own = len(lines) > 1 and any(_names(lines[0]))
        for line in lines:
            gathered.read(line, titles_above=gathered.titles_above and not own)
    kept = [person for person in gathered.people if "name" in person or set(person.values()) - {apply_to}]
    return [Contact(**person) for person in kept]


def _spoken(page: Page) -> Iterator[tuple[str, ...]]:
    """The sentences about questions and what follows them, when no heading gathers the contacts."""
    near = 0
    for block in page.blocks():
        near = 3 if _SPEAKS.search(block.text) else near - 1
        if near > 0 and (_PHONE.search(block.text) or mail_addresses(block.text) or _NAME.search(block.text)):
            yield _lines(block)


def _lines(block: Block) -> tuple[str, ...]:
    """The lines of an address block, or the whole of a running text, where a line may end within a name."""
    return (block.text,) if block.text[-1] in _STOPS else block.lines


@dataclass
class _Gathered:
    """The persons so far, and the title that stands above the next one, where the first of them has theirs above."""

    people: list[dict[str, str]] = field(default_factory=list)
    titles_above: bool = False
    title: str | None = None

    def read(self, line: str, *, titles_above: bool) -> None:
        """Add what one line tells. ``titles_above``: a title alone on it belongs to the name to come."""
        people, addresses, phones = self.people, mail_addresses(line), _PHONE.findall(line)
        named = list(_names(line))
        for place, (name, start) in enumerate(named):
            stop = named[place + 1][1] if place + 1 < len(named) else len(line)
            people.append({"name": name})
            before = line[named[place - 1][1] + len(named[place - 1][0]) if place else 0 : start]
            title = _title_before(before) or _title(line[start + len(name) : stop]) or self.title
            self.title = None
            if title:
                people[-1]["title"] = title
        if not named and not addresses and not phones:
            self._read_title(line, titles_above)
        for address in addresses:
            _give(people, "email", address, _owner(people, address))
        for place, phone in enumerate(phones):
            owner = len(people) - len(named) + place if len(phones) == len(named) else None
            _give(people, "phone", phone.strip(), owner)

    def _read_title(self, line: str, above: bool) -> None:
        alone = _title_alone(line.strip(" ,:"))
        if alone and (above or not self.people):
            self.title, self.titles_above = alone, True
        elif self.people and "title" not in self.people[-1]:
            title = alone or _title(line)
            if title or (
                len(line) <= _LONGEST_TITLE
                and line[-1] not in _STOPS
                and line[0].isupper()
                and "name" in self.people[-1]
            ):
                self.people[-1]["title"] = title or line


def _names(line: str) -> Iterator[tuple[str, int]]:
    for found in _NAME.finditer(line):
        name, start = found[0], found.start()
        office = _TITLE_FIRST.match(name)
        if office:
            name, start = name[office.end() :], start + office.end()
        while (stray := _NOT_A_NAME.match(name)) and " " in name:
            start += len(name) - len(name[stray.end() :].lstrip())
            name = name[stray.end() :].lstrip()
        if " " in name and not _NOT_A_NAME.search(name) and not _TITLE.fullmatch(name):
            yield name, start


def _title(text: str) -> str | None:
    found = _TITLE.search(text)
    if not found:
        return None
    return _LABEL.split(found[0])[0].strip(" ,(")


def _title_alone(line: str) -> str | None:
    """The line, where it is a title and nothing else."""
    found = _TITLE.search(line)
    if found is None or found.end() != len(line):
        return None
    short = len(line) <= _LONGEST_TITLE and line[0].isupper() and not _SPEAKS.search(line) and not _LABEL.search(line)
    return line if short or found.start() == 0 else None


def _title_before(text: str) -> str | None:
    """The office that stands right before a name: "kontakta gruppledare Anna …"."""
    titles = list(_TITLE.finditer(text))
    return titles[-1][0].strip() if titles and not text[titles[-1].end() :].strip(" ,") else None


def _owner(people: list[dict[str, str]], address: str) -> int | None:
    """The person whose name the address is built of."""
    local = address.partition("@")[0].casefold()
    for place, person in enumerate(people):
        words = person.get("name", "").casefold().translate(str.maketrans("åäöéü", "aaoeu")).split()
        if "email" not in person and words and any(len(word) > 2 and word in local for word in words):
            return place
    return None


def _give(people: list[dict[str, str]], kind: str, value: str, owner: int | None) -> None:
    if owner is None:
        if not people or kind in people[-1]:
            people.append({})
        owner = len(people) - 1
    people[owner].setdefault(kind, value)
