"""Names in Swedish alphabetical order. Names are sealed, so the sorting happens here and not in the database."""

import unicodedata
from typing import Final

_LAST: Final = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})  # the three characters after z


def alphabetical(name: str) -> tuple[str, str]:
    """A key to sort names by: å, ä, ö after z, other accents as without."""
    folded = unicodedata.normalize("NFC", name).casefold().translate(_LAST)
    if not folded.isascii():
        folded = "".join(unicodedata.normalize("NFKD", letter)[:1] for letter in folded)
    return folded, name
