"""In which of somebody's homes a page was opened. Its form token names it, so that nothing that was typed in one party is
ever done in another."""

import hmac

from flask import current_app, g, request, session
from itsdangerous import BadData, URLSafeTimedSerializer

HOME = "membership"  # in the cookie: the membership that one works in
_TOKEN, _LOG_IN = "csrf_token", "log_in"  # in the cookie: Flask-WTF's own, and the log-in
_SALT = "wtf-csrf-token"  # under which Flask-WTF signs a token that it gives a form


def present_home() -> str:
    """The membership that one works in by the cookie; empty where none has been taken up."""
    return str(session.get(HOME, ""))


def go_to(home: str) -> None:
    """Work in this membership from here on. A page that is open in the former one belongs to that still: its token is good
    again when one comes back, and not before."""
    if present_home() != home:  # an answer that changes nothing sets no cookie
        session[HOME] = home
    bind_token(home)


def bind_token(home: str) -> None:
    """Let the forms of this log-in say that they were opened in this membership. Their token follows from both, so that it
    is the same in every tab, and whoever comes back."""
    key, words = str(current_app.secret_key).encode(), f"a form\0{session.get(_LOG_IN, '')}\0{home}"
    token = f"{hmac.new(key, words.encode(), 'sha256').hexdigest()}.{home}"
    if session.get(_TOKEN) != token:
        session[_TOKEN] = token
        g.pop(_TOKEN, None)  # made before by this request


def home_of_form() -> str:
    """In which other membership the form that is sent was opened, also before the last log-in; empty where its token tells of
    none."""
    signed = URLSafeTimedSerializer(str(current_app.secret_key), salt=_SALT)
    try:
        _, _, home = str(signed.loads(request.form.get(_TOKEN, ""))).partition(".")
    except BadData:
        return ""
    return "" if home == present_home() else home
