"""Nothing that was typed is lost: a form that comes too late (token or log-in gone) keeps its text and can be sent again.

The text travels sealed in one hidden field through the log-in, bound to its address, to its person and to a time. It is
offered only to whom it came from: a form that a foreign page has sent is refused, never offered for sending again.
"""

import base64
import json
import re
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask, abort, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import FileStorage

from portal.vault.sealing import SealBroken
from portal.vault.services import the_vault
from portal.web.choices import words_of_choices
from portal.web.fault_words import fault_page
from portal.web.homes import go_to, home_of_form, present_home

KEPT_FOR = timedelta(days=2)  # over a night, and as long as a private link's door remembers a browser
LARGEST = 180_000  # letters of sealed text in one hidden field: a form may be 256 kB
NEVER_CARRIED = frozenset({"csrf_token", "password", "new_password", "code"})
_THE_PAGES_OWN = frozenset(
    {"marks", "seen", "shown", "former", "records", "version", "form_id", "parked", "opened", "vidare", "vad", "do"}
    | {"save", "remove", "attachment_kind"}
)
_WAS_OURS = (
    "The CSRF tokens do not match.",
    "The CSRF token has expired.",
)  # as Flask-WTF says of a signature that is good
_TICKED = "y"
_PRESSED = {("answer", "replace"), ("answer", "keep")}  # a button, where other forms have a choice of the same name
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SAFE = ("GET", "HEAD", "OPTIONS")
_PLACE = "parked"

Fields = tuple[tuple[str, str], ...]


class Sender(Enum):
    """Where a form was sent from, as far as the browser tells."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Parked:
    """A form as it was sent: to which path, its text fields, and whether it had files, which are not carried. ``home`` is the
    membership that its person worked in."""

    path: str
    fields: Fields
    had_files: bool
    person_id: UUID | None = None
    home: str = ""


def sender() -> Sender:
    """Who sent the form: by Sec-Fetch-Site, else by Origin, else by our cookie (which is SameSite, so a foreign page
    cannot have sent it along). With ``Referrer-Policy: no-referrer`` browsers write ``Origin: null`` on our own forms."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site != "none":
        return Sender.HERE if site == "same-origin" else Sender.ELSEWHERE
    origin = request.headers.get("Origin", "null")
    if origin != "null":
        return Sender.HERE if origin in _own_origins() else Sender.ELSEWHERE
    return Sender.HERE if current_app.config["SESSION_COOKIE_NAME"] in request.cookies else Sender.UNKNOWN


def _own_origins() -> tuple[str, str]:
    base = urlsplit(current_app.config["SETTINGS"].base_url)
    return f"{request.scheme}://{request.host}", f"{base.scheme}://{base.netloc}"


def form_of_request() -> Parked:
    """The form of the present request, without what is never carried (passwords, codes, the old token)."""
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name not in NEVER_CARRIED)
    had_files = any(_is_chosen(file) for file in request.files.values())
    return Parked(_own_path(), fields, had_files, home=present_home())


def _is_chosen(file: FileStorage) -> bool:
    return bool(file.filename)


def _own_path() -> str:
    query = request.query_string.decode("ascii", "replace")
    return request.path + (f"?{query}" if query else "")


def park(form: Parked, *, person_id: UUID | None, at: datetime, kept_for: timedelta = KEPT_FOR) -> str:
    """The form sealed for one hidden field; empty where it is too large to be carried."""
    until = (at + kept_for).isoformat()
    content = [form.path, form.fields, form.had_files, str(person_id or ""), until, form.home]
    packed = zlib.compress(json.dumps(content, ensure_ascii=False).encode())
    sealed = the_vault().keyring.wrap(packed, belongs_to=_PLACE)
    text = base64.urlsafe_b64encode(sealed).decode()
    return text if len(text) <= LARGEST else ""


def unpark(text: str, *, at: datetime) -> Parked | None:
    """The form that `park` sealed, while it is kept; None for anything else."""
    try:
        packed = the_vault().keyring.unwrap(base64.urlsafe_b64decode(text.encode()), belongs_to=_PLACE)
        path, fields, had_files, person, until, *home = json.loads(zlib.decompress(packed))
    except (SealBroken, ValueError, zlib.error):
        return None
    if datetime.fromisoformat(until) <= at:
        return None
    pairs = tuple((name, value) for name, value in fields)
    return Parked(path, pairs, had_files, UUID(person) if person else None, *home)


def page_for_sending_again(form: Parked, *, heading: str, home: str = "", token: str = "") -> str:
    """A page with the form in hidden fields, a fresh token (or ``token``) and one button. ``home`` is the name of the one it
    goes to."""
    return render_template("errors/send_again.html", form=form, heading=heading, home=home, token=token)


def page_of_what_is_gone(onward: str) -> str:
    """What whoever parked a form is told where it opens no more: never a page as if nothing had been written."""
    return render_template("errors/kept_too_long.html", onward=onward)


def give_back(form: Parked, *, heading: str) -> str:
    """The same for what was parked: whoever gets it back works where they worked when they typed it."""
    if form.home:
        go_to(form.home)
    return page_for_sending_again(form, heading=heading)


def typed_texts(form: Parked) -> list[tuple[str, list[str]]]:
    """What somebody has written in a form that cannot be sent, to be copied: not what the page itself put there. What was
    chosen among several is told in the words that the page had."""
    told = [_in_words(name, value) for name, value in form.fields if _is_typed(name) and value.strip()]
    return [("Text", text.splitlines()) for text in told if text]


def _is_typed(name: str) -> bool:
    return _short(name) not in _THE_PAGES_OWN and not name.endswith(("-id", "_id"))


def _in_words(name: str, value: str) -> str:
    """A text as it is; of a choice its words, and nothing of a box, a button, or an id that stands for somebody."""
    if value == _TICKED or _ID.fullmatch(value) or (_short(name), value) in _PRESSED:
        return ""
    return str(words_of_choices().get((_short(name), value), value))


def _short(name: str) -> str:
    return name.rpartition("-")[2]  # one form with the same fields for several people has their ids before the names


def takes_old_token(view: Any) -> Any:
    """Mark a view that does what it says with any token that was ours once: whoever wants out is let out, and whoever has
    just come in by a link is not stopped at its page."""
    view.__takes_old_token__ = True
    return view


def _taking_old_token() -> Any:
    """The view asked for, where it takes an old token and somebody is logged in."""
    view = current_app.view_functions.get(request.endpoint or "")
    return view if hasattr(view, "__takes_old_token__") and current_app.extensions["identify"]() is not None else None


def init_parked(app: Flask) -> None:
    """Refuse forms of foreign pages; give forms that come too late back to whoever sent them."""
    # Our pages send no Referer at all, so Flask-WTF's check of it would refuse every form on https.
    app.config["WTF_CSRF_SSL_STRICT"] = False

    @app.before_request
    def refuse_foreign_forms() -> None:
        if request.method not in _SAFE and sender() is Sender.ELSEWHERE:
            abort(400)

    @app.errorhandler(CSRFError)
    def out_of_date(fault: CSRFError) -> Any:
        form = form_of_request()
        if sender() is not Sender.HERE:
            return fault_page(400), 400
        if fault.description in _WAS_OURS and (view := _taking_old_token()) is not None:
            return view(**(request.view_args or {}))
        home = home_of_form()
        if home and (told := current_app.extensions["sent_from_elsewhere"](form, home)) is not None:
            return told
        if not (form.fields or form.had_files):
            return fault_page(400), 400
        if home and current_app.extensions["identify"]() is None:
            # Its own token says where it was opened: whoever logs in now sends it there, or is told that it is not theirs.
            return page_for_sending_again(form, heading="logged_out", token=request.form["csrf_token"]), 401
        return page_for_sending_again(form, heading="out_of_date"), 400
