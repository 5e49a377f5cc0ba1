"""How often a password or a code may be tried, and where a log-in may lead."""

from urllib.parse import urlsplit

from flask import request, url_for

from portal.accounts.address import canonical
from portal.web.fields import clean_line
from portal.web.limits import (
    LETTERS_PER_ADDRESS,
    LETTERS_PER_NETWORK,
    PASSWORDS_PER_ACCOUNT,
    PASSWORDS_PER_NETWORK,
)
from portal.web.rates import sender_network, the_rates


def take_password_try(email: str) -> int:
    """Count one try at a password, per account and per network. 0, or the seconds to wait."""
    rates = the_rates()
    return rates.take(PASSWORDS_PER_NETWORK, "password from", sender_network()) or rates.take(
        PASSWORDS_PER_ACCOUNT, "password", canonical(email)
    )


def password_was_right(email: str) -> None:
    """The try was no wrong one: the network's is given back, and the account's are forgotten."""
    the_rates().give_back(PASSWORDS_PER_NETWORK, "password from", sender_network())
    the_rates().forget(PASSWORDS_PER_ACCOUNT, "password", canonical(email))


def take_code_try(person: str) -> int:
    """Count one try at a code."""
    return the_rates().take(PASSWORDS_PER_ACCOUNT, "code", person)


def code_was_right(person: str) -> None:
    """Forget the wrong codes."""
    the_rates().forget(PASSWORDS_PER_ACCOUNT, "code", person)


def take_letter(email: str) -> int:
    """Count one letter with a new password, per account and per network."""
    rates = the_rates()
    return rates.take(LETTERS_PER_NETWORK, "letter from", sender_network()) or rates.take(
        LETTERS_PER_ADDRESS, "letter", canonical(email)
    )


def own_path(target: str) -> str:
    """``target`` where it is a path of ours, else nothing: no other host, no scheme, no trick with strokes."""
    if not target.startswith("/") or target.startswith("//") or "\\" in target or not target.isprintable():
        return ""
    try:
        parts = urlsplit(target)
    except ValueError:  # brackets that are no address
        return ""
    return target if not parts.scheme and not parts.netloc else ""


def start_page() -> str:
    """Where a log-in leads when it is asked for nothing else."""
    return url_for("desk.start")


def device() -> str:
    """What the browser calls itself, in words of one's own session list."""
    agent = clean_line(request.user_agent.string) or ""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "Okänd webbläsare")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{browser}, {system}" if system else browser


_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
