"""Words in an ad that should not stand as they are: questions of past pay, titles for one sex, unexplained licences.

PURE.
"""

import re
from typing import Final

_PAY_HISTORY: Final = re.compile(
    r"\b(?:nuvarande|tidigare|dagens|senaste|föregående)\s(?:\w{1,20}\s){0,2}"
    r"(?:lön|löner|löneläge|lönenivå|månadslön|ersättning)\b"
    r"|\blönehistorik\b|\b(?:din|vilken) lön (?:idag|i dag|du har)\b",
    re.IGNORECASE,
)
_GENDERED: Final = (
    (re.compile(r"sekreterarinna(?:n)?\b", re.IGNORECASE), "sekreterare"),
    (re.compile(r"\bpolitiske\b", re.IGNORECASE), "politisk"),
    (re.compile(r"(tales|tjänste|ombuds|förtroende|kontakt)man(?:nen)?\b", re.IGNORECASE), r"\1person"),
    (re.compile(r"\b(?:manlig|kvinnlig)[ae]?\s", re.IGNORECASE), ""),
    (re.compile(r"(press|kontors|kansli)(?:tjej|kille|dam|flicka)(?:en|n)?\b", re.IGNORECASE), r"\1medarbetare"),
)
_LICENCE: Final = re.compile(r"\b(?:[abc]-?)?körkort", re.IGNORECASE)


def pay_history_question(text: str) -> str | None:
    """The words by which ``text`` asks what somebody earns or has earned (directive (EU) 2023/970 art. 5), or None."""
    found = _PAY_HISTORY.search(text)
    return found[0] if found else None


def neutral_title(title: str) -> str | None:
    """The same title for everybody, where ``title`` points at one sex (same directive, art. 5); else None."""
    neutral = title
    for gendered, instead in _GENDERED:
        neutral = gendered.sub(instead, neutral)
    neutral = neutral.strip()
    return None if neutral == title.strip() else neutral[:1].upper() + neutral[1:]


def asks_for_licence(text: str) -> bool:
    """Whether the text asks for a driving licence."""
    return _LICENCE.search(text) is not None
