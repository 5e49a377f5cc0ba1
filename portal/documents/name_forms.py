"""The forms of a person's name that are looked for in a text: apart and together, base and genitive, and as initials."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from portal.documents.name_words import SHORT

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0002\ufffe"))
PIECE = re.compile("[^\\W\\d_](?:[^\\W\\d_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff\u0002\ufffe])*")
_OTHER = str.maketrans(
    {"ø": "ö", "æ": "ä", "œ": "oe", "þ": "th", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ŋ": "n", "ŧ": "t", "ħ": "h"}
)  # letters that Unicode does not take apart, as Swedish ones
_WITHOUT = tuple(  # how å, ä and ö are written by whoever has not got them
    str.maketrans({"å": å, "ä": ä, "ö": ö})
    for å, ä, ö in (("a", "a", "o"), ("aa", "ae", "oe"), ("a", "ae", "o"), ("aa", "ae", "o"), ("a", "ae", "oe"))
)
_APART = (("aa", "å"), ("ae", "ä"), ("oe", "ö"))
_SPELT_OUT = str.maketrans({"đ": "dj", "Đ": "Dj", "ü": "ue", "Ü": "Ue"})
_SMALL_WORDS = "af al da de del della den der di dos du el la ter van von zu"
_PARTICLES = frozenset(_SMALL_WORDS.split())


def fold(word: str) -> str:
    """A word as it is compared: no case, no accents but å, ä and ö, other countries' letters as Swedish ones (``ø`` is ``ö``,
    ``ł`` is ``l``), nothing that is not seen. It may be longer than the word; one letter is always one."""
    whole = unicodedata.normalize("NFKC", word.translate(_UNSEEN).casefold())
    if whole.isascii():
        return whole
    letters = (c if c in "åäö" else unicodedata.normalize("NFD", c)[0] for c in whole if not unicodedata.combining(c))
    plain = "".join(letters)
    return plain.translate(_OTHER)[: 1 if len(plain) == 1 else None]


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
    written = [unicodedata.normalize("NFC", one) for one in (name, *others)]
    for whole in dict.fromkeys([*written, *(one.translate(_SPELT_OUT) for one in written)]):
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
    bases |= {put for base in bases if len(put := _put_together(base)) > SHORT}
    bases |= {base.translate(without) for base in bases if len(base) > 2 for without in _WITHOUT}
    return {base for base in bases if len(base) > 1}


def _put_together(base: str) -> str:
    """``kjaer`` as ``kjär``. One that is short is an ordinary word then: ``Maal`` and ``Mål``."""
    for apart, letter in _APART:
        base = base.replace(apart, letter)
    return base


def _signatures(parts: list[list[str]]) -> set[str]:
    """Initials in a row that begin with the first one: of all names, or of some of them; a double name has one or two."""
    apart = "".join(piece[0] for part in parts for piece in part)
    together = "".join(part[0][0] for part in parts)
    rows = {apart[:1] + "".join(more) for count in range(1, 6) for more in combinations(apart[1:6], count)}
    return {row for row in rows | {apart, together} if len(row) > 1}
