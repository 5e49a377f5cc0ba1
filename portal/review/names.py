"""Names in Swedish alphabetical order. Names are sealed, so the sorting happens here and not in the database."""

import unicodedata
from typing import Final

_LAST: Final = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}  # the three characters after z


def alphabetical(name: str) -> tuple[str, str]:
    """A key to sort names by: å, ä, ö after z, other accents as without."""
    letters = []
    for letter in unicodedata.normalize("NFC", name).casefold():
        letters.append(_LAST.get(letter) or unicodedata.normalize("NFKD", letter)[:1])
    return "".join(letters), name
