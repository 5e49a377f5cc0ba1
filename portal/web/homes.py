"""In which of somebody's homes a page was opened. Each has a form token of its own, so that nothing that was typed in one
party is ever done in another."""

from contextlib import suppress

from flask import g, request, session
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

HOME = "membership"  # in the cookie: the membership that one works in
_TOKEN, _ELSEWHERE = "csrf_token", "tokens"


def present_home() -> str:
    """The membership that one works in by the cookie; empty where none has been taken up."""
    return str(session.get(HOME, ""))


def go_to(home: str) -> None:
    """Work in this membership from here on. A page that is open in the former one belongs to that still: its token is good
    again when one comes back, and not before."""
    former = present_home()
    if former == home:
        return
    session[HOME] = home
    if not former:
        return
    tokens = dict(session.get(_ELSEWHERE, {}))
    if _TOKEN in session:
        tokens[former] = session.pop(_TOKEN)
    if home in tokens:
        session[_TOKEN] = tokens.pop(home)
    session[_ELSEWHERE] = tokens
    g.pop(_TOKEN, None)  # made for the former one by this request


def home_of_form() -> str:
    """In which other membership the form that is sent was opened; empty where its token is of none that is known."""
    sent, present = request.form.get(_TOKEN), session.get(_TOKEN)
    try:
        for home, token in session.get(_ELSEWHERE, {}).items():
            session[_TOKEN] = token
            with suppress(ValidationError):
                validate_csrf(sent)
                return str(home)
        return ""
    finally:
        session[_TOKEN] = present
        if present is None:
            session.pop(_TOKEN)
