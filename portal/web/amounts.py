"""A sum as people write it: "42 500", "42500 kr", "42.500:-", "42,500". PURE."""

import re

LEAST, MOST = 1, 999_999  # kronor a month, full time
_GROUPED = re.compile(r"\d{1,3}([ .,\u00a0\u202f]\d{3})+|\d+")  # and 42,500, as the English pages write it
_UNIT = re.compile(r"(:-|,-|kr\.?|kronor|sek)(/mån(ad)?\.?|\s+per\s+månad|\s+i\s+månaden)?$", re.IGNORECASE)


def kronor_in(text: str) -> int | None:
    """Whole kronor, 1 to 999,999; None where the text is not such a sum."""
    bare = _UNIT.sub("", " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())).strip()
    if not bare.isascii() or not _GROUPED.fullmatch(bare):
        return None
    digits = re.sub(r"\D", "", bare)
    value = int(digits) if len(digits) <= 9 else MOST + 1
    return value if LEAST <= value <= MOST else None
