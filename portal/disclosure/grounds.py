"""Why something in a record is not handed out: the paragraphs of OSL in grounds.toml, or a reason in words. PURE."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from portal.refusal import Refusal

OTHER: Final = "annat"
_TEXTS: Final = ("paragraph", "words", "when", "weigh", "source")
_FILE: Final = Path(__file__).with_name("grounds.toml")


@dataclass(frozen=True, slots=True)
class Ground:
    """A paragraph, what it covers in plain words, when it applies, what must be weighed, and where it is read.

    ``protected``: about whoever is under threat. It decides nothing: a person tries each.
    """

    key: str
    paragraph: str
    words: str
    when: str
    weigh: str
    source: str
    protected: bool = False


class GroundMissing(Refusal):
    """Nothing is hidden without a ground."""

    text = "Välj vilken paragraf som gäller, eller Annan grund och skriv vilken."
    field = "ground"


class ReasonMissing(Refusal):
    """A ground that is in no list says itself what it is."""

    text = "Skriv vilken grunden är, med lag och paragraf."
    field = "reason"


class BadGrounds(Refusal):
    """A file of grounds that is not followed: none of them is used until it has been mended."""

    text = "%(file)s, %(key)s: %(sentence)s"


@cache
def grounds(path: Path = _FILE) -> Mapping[str, Ground]:
    """Those of the file, in its order. Raises `BadGrounds` for the first that is wrong."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise BadGrounds(file=path.name, key="filen", sentence="Den går inte att läsa. Rätta den som TOML.") from None
    found = {key: _ground(path, key, one) for key, one in told.items()}
    if not any(one.protected for one in found.values()):
        sentence = "Ingen grund är märkt protected. En skyddad identitet går då inte att maskera."
        raise BadGrounds(file=path.name, key="filen", sentence=sentence)
    return found


def _ground(path: Path, key: str, told: Any) -> Ground:
    def bad(sentence: str) -> BadGrounds:
        return BadGrounds(file=path.name, key=key, sentence=sentence)

    if not isinstance(told, dict) or key == OTHER:
        raise bad("Varje grund är en egen tabell med ett eget namn, som [osl-21-3].")
    for name in told.keys() - {*_TEXTS, "protected"}:
        raise bad(f"{name} är inget som en grund har. Den har {', '.join(_TEXTS)} och protected.")
    for name in _TEXTS:
        if not isinstance(told.get(name), str) or not told[name].strip():
            raise bad(f"{name} saknas. Skriv det, även om det är kort.")
    if not re.fullmatch(r"\d{1,2} kap\. \d{1,2}( [a-z])? § OSL", told["paragraph"]):
        raise bad("paragraph ska skrivas som 21 kap. 3 § OSL.")
    if not told["source"].startswith("https://"):
        raise bad("source ska vara en adress som börjar med https://, där paragrafen går att läsa.")
    if not isinstance(told.get("protected", False), bool):
        raise bad("protected ska vara true eller false.")
    return Ground(key, **told)


def require_ground(key: str, reason: str) -> None:
    """Raises GroundMissing or ReasonMissing."""
    if key == OTHER:
        if not reason:
            raise ReasonMissing
    elif key not in grounds():
        raise GroundMissing


def is_protection(key: str) -> bool:
    """Whether the ground is that of a protected identity (OSL 21:3)."""
    found = grounds().get(key)
    return found is not None and found.protected


def words_of(key: str, reason: str) -> str:
    """21 kap. 3 § OSL: …; another ground as it was typed."""
    found = grounds().get(key)
    return ", ".join(filter(None, (found.paragraph if found else "", reason)))
