"""Short names for the ad's own krav and merits, for a table head or a heading; the whole text stands beside."""

from typing import Final

_LEADS: Final = (
    "du är ",
    "du har ",
    "du kan ",
    "du ",
    "vi ser gärna att du ",
    "det är meriterande med ",
    "meriterande är ",
)
LONGEST: Final = 34


def short_name(text: str, longest: int = LONGEST) -> str:
    """ "Du skriver väl, också när det är bråttom" becomes "Skriver väl"; never longer than ``longest`` signs."""
    words = " ".join(text.split())
    lead = next((lead for lead in sorted(_LEADS, key=len, reverse=True) if words.casefold().startswith(lead)), "")
    kept = words[len(lead) :].split(",")[0].split(";")[0].rstrip(" .")
    if len(kept) > longest:
        kept = kept[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,–-") + "…"
    return kept[:1].upper() + kept[1:]


def says_more(text: str, name: str) -> bool:
    """Whether a text says more than a name made of it: something else than its capital and its full stop."""
    return " ".join(text.split()).rstrip(" .").casefold() != name.casefold()


def whole(text: str) -> str:
    """The text with a capital and a full stop, for a sentence of its own."""
    words = " ".join(text.split())
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "…")) else ".")
