"""Why something in a record is not handed out: the paragraphs of OSL in grounds.toml, or a reason in words. PURE."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from portal.refusal import Refusal

OTHER: Final = "annat"
_FILE: Final = Path(__file__).with_name("grounds.toml")


@dataclass(frozen=True, slots=True)
class Ground:
    """A paragraph, what it covers in plain words, and where it is read. ``protected``: about whoever is under threat."""

    key: str
    paragraph: str
    words: str
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


@lru_cache(maxsize=1)
def grounds() -> Mapping[str, Ground]:
    """Those of the file, in its order."""
    with _FILE.open("rb") as file:
        return {key: Ground(key, **told) for key, told in tomllib.load(file).items()}


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
