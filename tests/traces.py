"""A person who may leave no trace: their words, every way such a word may be written, and where it is looked for."""

import base64
import json
import quopri
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from portal.config import Settings
from portal.demo.people import Job, Person, School
from tests.database import Databases
from tests.everything import rows

PERSON = Person(
    name="Törbjörg Qvarnsjöfors",
    headline="Redaktör",
    email="torbjorg.qvarnsjofors@example.com",
    phone="070-174 06 73",
    place="Vidjetorpet",
    profile="Har lett mossodlingskollektivet genom tre rågskördar.",
    jobs=(Job("Skvaltmästare", "Björnlokabruket", "2019–nu", ("Höll i gäddfiskeutskottet.",)),),
    education=(School("Hövåldsexamen", "Tranbärsskolan", "2014–2017"),),
    skills=("Näverflätning",),
    languages=(("Svenska", "modersmål"),),
    engagements=("Klockspelsgillet i Vidjetorpet",),
)
LETTER = "Hej.\n\nJag tänker på sälgkvistarna vid dammluckorna, och på hur en ordsnickare kan bidra."
ANSWER, REASON, OUTCOME = (
    "Vid kolmilevakten skrev jag snabbt.",
    "Läste om lövängsprotokollet.",
    "Klarast om slåtterfrågan.",
)
SALARY = 47_913  # too short to look for among random digits: see `salaries`
WORDS = (
    "Törbjörg", "Qvarnsjöfors", "torbjorg.qvarnsjofors", "070-174 06 73", "0701740673", "+46701740673",
    "Vidjetorpet", "mossodlingskollektivet", "rågskördar", "Skvaltmästare", "Björnlokabruket", "gäddfiskeutskottet",
    "Hövåldsexamen", "Tranbärsskolan", "Näverflätning", "Klockspelsgillet", "sälgkvistarna", "dammluckorna", "ordsnickare",
    "kolmilevakten", "lövängsprotokollet", "slåtterfrågan",
)  # fmt: skip


def spellings(word: str) -> dict[str, bytes]:
    """The word as bytes, in every way that stores and mails write one; whole bytes only where it is encoded."""
    utf8 = word.encode()
    ways = {
        "utf-8": utf8,
        "latin-1": word.encode("latin-1"),
        "utf-16-le": word.encode("utf-16-le"),
        "utf-16-be": word.encode("utf-16-be"),
        "decomposed": unicodedata.normalize("NFD", word).encode(),
        "quoted-printable": quopri.encodestring(utf8),
        "percent": quote(word).encode(),
        "json": json.dumps(word)[1:-1].encode(),
        "hex": utf8.hex().encode(),
    }
    return ways | {f"base64+{skipped}": _in_base64(utf8, skipped) for skipped in range(3)}


def traces(haystack: bytes, words: tuple[str, ...] = WORDS) -> list[tuple[str, str]]:
    """Which words are there, and how they are written; small and capital letters alike, but in base64."""
    small = haystack.lower()
    return [
        (word, way)
        for word in words
        for way, spelt in spellings(word).items()
        if (spelt in haystack if way.startswith("base64") else spelt.lower() in small)
    ]


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder, as it lies there, and its name."""
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        yield name, name.encode() + (b"\0" + path.read_bytes() if path.is_file() else b"")


def tables(settings: Settings, databases: Databases) -> Iterator[tuple[str, bytes]]:
    """Every table's cells as bytes."""
    for table, row in rows(settings, databases):
        yield table, b"\0".join(_bytes_of(cell) for cell in row.values())


def salaries(settings: Settings, databases: Databases) -> list[str]:
    """Columns that hold the salary in clear."""
    return [
        f"{table}.{name}"
        for table, row in rows(settings, databases)
        for name, cell in row.items()
        if str(cell) == str(SALARY) or str(SALARY) in str(cell).split()
    ]


def _bytes_of(cell: object) -> bytes:
    if isinstance(cell, bytes | memoryview):
        return bytes(cell)
    return (json.dumps(cell, ensure_ascii=False) if isinstance(cell, list | dict) else str(cell)).encode()


def _in_base64(plain: bytes, skipped: int) -> bytes:
    """What every base64 text holds that has ``plain`` in it ``skipped`` bytes after a whole group of three."""
    first = -(-skipped * 8 // 6)
    bits = (skipped + len(plain)) * 8
    return base64.b64encode(b"\0" * skipped + plain)[first : bits // 6]
