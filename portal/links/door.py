"""The door before a private link: a button, a code by mail, and then a while in one browser. Its times and its code. PURE."""

import secrets
from datetime import timedelta

CODE_DIGITS = 6
CODE_LASTS = timedelta(minutes=10)  # ASVS 6.5.5
TRIES = 5  # of one code; then another must be asked for
OPEN_FOR = timedelta(hours=2)  # from the code; said on every page
REMEMBERED = timedelta(days=2)  # a browser that has been let in asks for its next code without the mail with the link


def new_code() -> str:
    """A code, evenly drawn."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def typed_code(text: str) -> str:
    """A code as it is compared: people write blanks and dashes into it.

    >>> typed_code(" 123 456 "), typed_code("123-456"), typed_code("inte än"), typed_code("1" * 4000)
    ('123456', '123456', '', '')
    """
    digits = "".join(text[:40].split()).replace("-", "")
    return digits if len(digits) == CODE_DIGITS and digits.isascii() and digits.isdigit() else ""
