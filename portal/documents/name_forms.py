"""The forms of a person's name that are looked for in a text: apart and together, base and genitive, and as initials."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0002\ufffe"))
PIECE = re.compile("[^\\W\\d_](?:[^\\W\\d_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff\u0002\ufffe])*")
_PLAIN = str.maketrans("åäö", "aao")
_SMALL_WORDS = "af al da de del della den der di dos du el la ter van von zu"
_PARTICLES = frozenset(_SMALL_WORDS.split())


def fold(word: str) -> str:
    """A word as it is compared: no case, no accents but å, ä and ö, nothing that is not seen."""
    whole = unicodedata.normalize("NFKC", word.translate(_UNSEEN).casefold())
    if whole.isascii():
        return whole
    letters = (c if c in "åäö" else unicodedata.normalize("NFD", c)[0] for c in whole if not unicodedata.combining(c))
    return "".join(letters)


@dataclass(frozen=True, slots=True)
class NameForms:
    """What is looked for. ``bases`` are names as such; ``forms`` have their genitives too."""

    bases: frozenset[str]
    forms: frozenset[str]
    starts: frozenset[str]
    longest: int
    particles: frozenset[str]
    initials: frozenset[str]
    signatures: frozenset[str]


def name_forms(name: str, others: Iterable[str] = ()) -> NameForms:
    """The forms of a name such as ``Anna-Karin von Essen``, and of other names somebody goes by."""
    bases: set[str] = set()
    particles: set[str] = set()
    initials: set[str] = set()
    signatures: set[str] = set()
    for whole in (name, *others):
        parts = [pieces for part in whole.split() if (pieces := [fold(piece) for piece in PIECE.findall(part)])]
        small = _small(whole, parts)
        named = [kept for part in parts if (kept := [piece for piece in part if piece not in small])]
        particles |= small
        bases |= _bases(named)
        initials |= {piece[0] for part in named for piece in part if piece}
        signatures |= _signatures(named)
    forms = bases | {base + "s" for base in bases}
    starts = frozenset(form[:end] for form in forms for end in range(1, len(form) + 1))
    longest = max(map(len, forms), default=0)
    return NameForms(
        frozenset(bases),
        frozenset(forms),
        starts,
        longest,
        frozenset(particles),
        frozenset(initials),
        frozenset(signatures),
    )


def _small(whole: str, parts: list[list[str]]) -> set[str]:
    """Every ``von`` and ``de``: written small, or in the middle. ``Al`` at the beginning of a name is a name."""
    first, last = parts[:1] or [[]], parts[-1:] or [[]]
    inside = {piece for part in parts for piece in part} - ({first[0][0]} if len(first[0]) == 1 else set())
    inside -= {last[0][-1]} if last[0] else set()
    written = set(whole.split())
    return {piece for piece in _PARTICLES if piece in inside or piece in written}


def _bases(parts: list[list[str]]) -> set[str]:
    """Each name, the halves of a double one and both together; and all that stand side by side, as in an address."""
    bases = {piece for part in parts for piece in part}
    wholes = ["".join(part) for part in parts]
    for start in range(len(wholes)):
        bases |= {"".join(wholes[start:end]) for end in range(start + 1, min(len(wholes), start + 4) + 1)}
    if len(wholes) > 1:
        bases |= {wholes[0] + wholes[-1], wholes[-1] + wholes[0]}
    bases |= {base.translate(_PLAIN) for base in bases if len(base) > 2}
    return {base for base in bases if len(base) > 1}


def _signatures(parts: list[list[str]]) -> set[str]:
    """Initials in a row that begin with the first one: of all names, or of some of them; a double name has one or two."""
    apart = "".join(piece[0] for part in parts for piece in part)
    together = "".join(part[0][0] for part in parts)
    rows = {apart[:1] + "".join(more) for count in range(1, 6) for more in combinations(apart[1:6], count)}
    return {row for row in rows | {apart, together} if len(row) > 1}
