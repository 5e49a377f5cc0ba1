"""E-mail addresses in one spelling, so that the same person is found however the address was typed."""

import contextlib
import unicodedata

import idna


def canonical(address: str) -> str:
    """The address composed (NFC), in lower case, with its domain as IDNA. A domain IDNA cannot write stays as it is.

    In lower case and by IDNA 2008: `casefold` and Python's own codec would make *ß* another letter, and the mail another's.

    >>> canonical(" Ida@EXEMPEL.se ")
    'ida@exempel.se'
    """
    local, at, domain = unicodedata.normalize("NFC", address.strip()).lower().rpartition("@")
    with contextlib.suppress(UnicodeError):  # idna.IDNAError among them
        domain = idna.encode(domain.rstrip("."), uts46=True).decode("ascii") if domain else domain
    return local + at + domain
