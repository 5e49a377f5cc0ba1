"""An e-mail address that looks mistyped, and what was probably meant: a question, never a refusal. PURE."""

from collections.abc import Iterable
from typing import Final

# Where people in Sweden have their own mail. A domain that is here is never asked about.
COMMON: Final = frozenset(
    {
        "gmail.com", "googlemail.com", "hotmail.com", "hotmail.se", "hotmail.co.uk", "hotmail.de", "hotmail.fr",
        "hotmail.no", "hotmail.dk", "hotmail.fi", "outlook.com", "outlook.se", "live.com", "live.se", "msn.com",
        "icloud.com", "me.com", "mac.com", "yahoo.com", "yahoo.se", "yahoo.de", "yahoo.fr", "yahoo.no", "yahoo.dk",
        "ymail.com", "rocketmail.com", "mail.com", "email.com", "gmx.com", "gmx.net", "proton.me", "protonmail.com",
        "pm.me", "fastmail.com", "hey.com", "tutanota.com", "tuta.com", "telia.com", "comhem.se", "bredband.net",
        "bredband2.com", "tele2.se", "bahnhof.se", "spray.se", "home.se", "passagen.se", "swipnet.se", "glocalnet.net",
        "ownit.nu",
    }
)  # fmt: skip
# Those whose names are long and known enough for a slip in them to be told from another name.
ASKED_ABOUT: Final = (
    "gmail.com", "hotmail.com", "hotmail.se", "outlook.com", "icloud.com", "yahoo.com", "yahoo.se",
    "telia.com", "comhem.se", "bredband.net", "protonmail.com",
)  # fmt: skip
ONE_END_ONLY: Final = ("gmail", "icloud")  # which have no other than .com


def likely_meant(address: str) -> str:
    """The address with the domain that was probably meant; empty where it looks right. Never raises."""
    local, at, domain = address.strip().rpartition("@")
    typed = domain.casefold().rstrip(".")
    if not at or not local or typed in COMMON:
        return ""
    meant = _meant(typed, ASKED_ABOUT)
    return f"{local}@{meant}" if meant else ""


def _meant(typed: str, known: Iterable[str]) -> str:
    name = typed.partition(".")[0]
    if name in ONE_END_ONLY:
        return f"{name}.com"
    return next((one for one in known if is_one_slip(typed, one)), "")


def is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is lacking, too many, another, or has changed places with the next."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    one, other = typed[start:], meant[start:]
    turned = len(one) > 1 and one[:2] == other[1::-1] and one[2:] == other[2:]
    return turned or one[1:] == other or one == other[1:] or one[1:] == other[1:]
