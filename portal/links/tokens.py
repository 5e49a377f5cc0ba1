"""What stands in an address: a token, as a mail or a letter carries it, and the handle behind the door. PURE."""

import base64

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no two of which are taken for each other where they are copied by hand
TOKEN_LETTERS = 30  # of what a mail carries: 148 bits
OLD_TOKEN_LETTERS = 24  # of one made before that: base64, where large and small letters differ
HANDLE_LETTERS = 12  # of what takes its place in addresses


def is_token(text: str) -> bool:
    """Whether an address carries what a mail carries, and not the handle that takes its place behind the door.

    >>> is_token("a" * 30), is_token("A" * 24), is_token("A" * 12)
    (True, True, False)
    """
    return len(typed_token(text)) in (TOKEN_LETTERS, OLD_TOKEN_LETTERS)


def token_from(digest: bytes) -> str:
    """A token out of at least 24 bytes that nobody can guess.

    >>> token_from(bytes(32)), len(token_from(b"x" * 32))
    ('222222222222222222222222222222', 30)
    """
    number, letters = int.from_bytes(digest, "big"), ""
    for _ in range(TOKEN_LETTERS):
        number, place = divmod(number, len(ALPHABET))
        letters += ALPHABET[place]
    return letters


def old_token_from(digest: bytes) -> str:
    """The same as an older program made it, of 144 bits."""
    return base64.urlsafe_b64encode(digest[: OLD_TOKEN_LETTERS * 6 // 8]).decode()


def handle_from(digest: bytes) -> str:
    """A handle, which is worth nothing without the cookie."""
    return base64.urlsafe_b64encode(digest[: HANDLE_LETTERS * 6 // 8]).decode()


def typed_token(text: str) -> str:
    """A token as it is compared: whoever copies it writes large letters, and blanks or dashes between the groups.

    >>> typed_token("ABCDE fghjk-mnpqr stuvw xyz23 45678"), typed_token("aB-_" * 6)
    ('abcdefghjkmnpqrstuvwxyz2345678', 'aB-_aB-_aB-_aB-_aB-_aB-_')
    """
    if not OLD_TOKEN_LETTERS < len(text) <= 2 * TOKEN_LETTERS:
        return text
    plain = "".join(text.split()).replace("-", "").lower()
    return plain if len(plain) == TOKEN_LETTERS else text


def is_handle(text: str) -> bool:
    """Whether it can be a handle at all.

    >>> is_handle("A" * 12), is_handle("A" * 36)
    (True, False)
    """
    return len(text) == HANDLE_LETTERS
