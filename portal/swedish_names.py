"""Names in Swedish alphabetical order. PURE. Most are sealed, so the sorting happens here and not in the database."""

import unicodedata
from typing import Final

_PLACES: Final = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y"})  # the three signs after z


def alphabetical(name: str) -> tuple[str, str]:
    """A key to sort names by: å, ä, ö after z, ü as y, other accents as without."""
    folded = unicodedata.normalize("NFC", name).casefold().translate(_PLACES)
    if not folded.isascii():
        folded = "".join(unicodedata.normalize("NFKD", letter)[:1] for letter in folded)
    return folded, name
