"""When two e-mail addresses are the same: NFC, case folded, the domain in its IDNA form. PURE."""

import unicodedata


def canonical(address: str) -> str:
    """The form in which addresses are compared, never the one that is written to. Never raises."""
    local, _at, domain = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    folded = unicodedata.normalize("NFC", domain.casefold()).rstrip(".")
    try:
        plain = folded.encode("idna").decode("ascii")
    except UnicodeError:
        plain = folded
    return f"{unicodedata.normalize('NFC', local.casefold())}@{plain}"
