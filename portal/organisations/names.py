"""When two names are the same to whoever reads them. PURE."""

import unicodedata

_UNSEEN = "Cf"  # the Unicode category of signs that say how others are set, and are not seen themselves


def as_read(name: str) -> str:
    """The name as it is read: neither small and large letters, nor blanks, nor signs that nobody sees make another of it."""
    seen = (one for one in unicodedata.normalize("NFKC", name) if unicodedata.category(one) != _UNSEEN)
    return " ".join("".join(seen).casefold().split())
