"""The door before a private link: a page with one button, a code by mail, and a while in one browser.

A mail carries the link's token. GET shows the button and does nothing, so scanners may follow it as they like. The button
(POST) gives the browser a cookie and mails the code, and from then on a short handle stands in the token's place in every
address. Nothing here tells of party, ad or state, and a wrong code, a late one and one of another browser are answered alike.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, abort, current_app, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from portal.applications.forms import CodeForm
from portal.applications.services.entering import enter, gets_codes, mail_code
from portal.db import db, unit_of_work
from portal.links.door import REMEMBERED, typed_code
from portal.links.models import Link, Purpose, Visit
from portal.links.services import (
    end_visit,
    find_visit,
    follow_link,
    handle_of,
    has_code,
    is_open,
    is_used_up,
    scope_of_link,
    try_code,
)
from portal.scope import act_for
from portal.web.headers import forget_here
from portal.web.limits import CODES_PER_LINK, CODES_PER_LINK_A_DAY, CODES_PER_NETWORK, PASSWORDS_PER_NETWORK
from portal.web.logs import note_try
from portal.web.parked import (
    Sender,
    form_of_request,
    page_for_sending_again,
    page_of_what_is_gone,
    park,
    sender,
    typed_texts,
    unpark,
)
from portal.web.rates import in_seconds, take_of_network, the_rates, wait

Answer = str | tuple[str, int] | AnyResponse
ROOTS = {
    Purpose.APPLICATION: "applications.enter",
    Purpose.PROPOSAL: "privacy.proposal",
}  # where the forms post to


TOLD_BY_MAIL = {"privacy.withdraw", "applications.change_details", "privacy.contact"}
SHUT_BY = TOLD_BY_MAIL | {"privacy.erase", "privacy.end_later"}  # what may end the link, and be pressed twice


@dataclass(frozen=True, slots=True)
class Door:
    """The door of one link: ``root`` is the path to which the cookie is bound, with the handle in the token's place."""

    link: Link
    handle: str
    root: str

    def target(self, path: str) -> str:
        """Where to go on to: a page behind this door and no other."""
        is_behind = path.startswith((f"{self.root}/", f"{self.root}?")) and path.isprintable()
        return path if is_behind else self.action

    @property
    def mailed(self) -> bool:
        """Whether a code is mailed, or the link alone opens: to whoever has left no address no code can come."""
        return gets_codes(db.session, self.link.subject_id)

    @property
    def action(self) -> str:
        """Where the door's own forms post to, in the reader's language."""
        return url_for(ROOTS[Purpose(self.link.purpose)], token=self.handle)


def door_of(link: Link) -> Door:
    """The door of a link."""
    handle = handle_of(link)
    root = current_app.url_map.bind("").build(ROOTS[Purpose(link.purpose)], {"token": handle})
    return Door(link, handle, root)


def cookie_name() -> str:
    """Bound to a path, so it cannot have the stricter ``__Host-``."""
    return "__Secure-link" if current_app.config["SETTINGS"].https else "link"


def visit_here(purpose: Purpose, at: datetime) -> tuple[Link, Visit] | None:
    """This browser, as its cookie tells, and the link it has come by."""
    return find_visit(db.session, request.cookies.get(cookie_name(), ""), purpose=purpose, at=at)


def stand_before(purpose: Purpose, token: str, at: datetime) -> Answer:
    """Somebody holds a token: the button, or what pressing it does. A token that opens nothing gets the same 404."""
    link = follow_link(db.session, token, purpose=purpose, at=at)
    if link is None:
        abort(404)
    act_for(db.session, scope_of_link(link))
    door = door_of(link)
    here = {**(request.view_args or {}), "token": door.handle}
    till = door.target(request.form.get("till") or url_for(request.endpoint or "", **here))
    if request.method != "POST":
        return _button(door, token, till)
    return _press(door, token, till, at)


def closed() -> Answer:
    """A handle without its cookie: whatever the handle, the same page. What was typed into a form behind it, before the door
    was shut from another tab, stands there to be copied."""
    form = form_of_request() if request.method == "POST" and sender() is Sender.HERE else None
    typed = typed_texts(form) if form is not None and "door" not in request.form else []
    had_files = form is not None and form.had_files
    done = request.method == "POST" and request.endpoint in SHUT_BY
    said = {"typed": typed, "had_files": had_files, "done": done, "waited": bool(request.form.get("parked"))}
    said["told"] = request.endpoint in TOLD_BY_MAIL
    return render_template("applications/door_closed.html", **said), 404


def ask_for_code(door: Door, visit: Visit, at: datetime) -> Answer:
    """The door is there and shut: the form for the code. What was typed into a form meanwhile goes with it, sealed."""
    if request.method != "POST":
        here = url_for(request.endpoint or "", **(request.view_args or {}))
        return _code_page(door, CodeForm(formdata=None, till=door.target(here)), sent=has_code(visit, at))
    parked = park(form_of_request(), person_id=None, at=at)
    return _code_page(door, CodeForm(formdata=None, parked=parked), sent=has_code(visit, at)), 401


def act(asked: str, door: Door, application_id: UUID, visit: Visit, at: datetime) -> Answer:
    """What one of the door's own buttons asks for."""
    form = CodeForm()
    if asked == "leave":
        return _leave(door, visit)
    if is_open(visit, at):
        return _go_on(door, form, at)
    if asked == "again":
        return _mail_again(door, form, application_id, visit, at)
    return _try(door, form, visit, at)


def show_on_pages(door: Door, visit: Visit) -> None:
    """Until when it is open, and the button that shuts it, stand on every page behind the door."""
    g.door = {"action": door.action, "until": visit.open_until}


def _button(door: Door, token: str, till: str, until: datetime | None = None) -> str:
    return render_template(
        "applications/door.html", action=door.action, token=token, till=till, wait_until=until, mailed=door.mailed
    )


def _press(door: Door, token: str, till: str, at: datetime) -> Answer:
    link, came = door.link, visit_here(Purpose(door.link.purpose), at)
    visit = came[1] if came is not None and came[0].id == link.id else None
    onward: Response = make_response(redirect(till, 303))
    if visit is not None and (is_open(visit, at) or has_code(visit, at)):
        return onward
    if seconds := _seconds_until_next_code(link):
        return wait(_button(door, token, till, in_seconds(seconds)), seconds)
    link_id, subject_id = link.id, link.subject_id
    with unit_of_work() as session:
        cookie = enter(session, link_id=link_id, application_id=subject_id, at=at)
    _set_cookie(onward, door.root, cookie)
    return onward


def _try(door: Door, form: CodeForm, visit: Visit, at: datetime) -> Answer:
    if not typed_code(form.code.data or ""):  # cannot be any code: no try is spent on it
        form.code.errors = [gettext("Skriv koden ur mejlet: sex siffror.")]
        return _code_page(door, form, sent=has_code(visit, at)), 422
    if seconds := take_of_network(PASSWORDS_PER_NETWORK, "door code from"):
        note_try("mailed_code", "too_many")
        return wait(_code_page(door, form, wait_until=in_seconds(seconds)), seconds)
    visit_id = visit.id
    with unit_of_work() as session:
        right = try_code(session, visit_id=visit_id, typed=form.code.data or "", at=at)
        used_up = is_used_up(session.get_one(Visit, visit_id))
    note_try("mailed_code", "right" if right else "wrong")
    if right:
        return _go_on(door, form, at)
    form.code.data = ""
    form.code.errors = [_used_up() if used_up else _wrong()]
    return _code_page(door, form, sent=not used_up), 422


def _wrong() -> str:
    return str(gettext("Koden stämmer inte, eller så har den gått ut. Försök igen eller be om en ny kod."))


def _used_up() -> str:
    return str(gettext("Koden har prövats fem gånger och går inte att använda längre. Be om en ny kod."))


def _mail_again(door: Door, form: CodeForm, application_id: UUID, visit: Visit, at: datetime) -> Answer:
    if seconds := _seconds_until_next_code(door.link):
        return wait(_code_page(door, form, wait_until=in_seconds(seconds)), seconds)
    visit_id = visit.id
    with unit_of_work() as session:
        mail_code(session, visit_id=visit_id, application_id=application_id, at=at)
    if form.parked.data and door.mailed:
        return _code_page(door, form)
    return _go_on(door, form, at)


def _go_on(door: Door, form: CodeForm, at: datetime) -> Answer:
    kept = unpark(form.parked.data, at=at) if form.parked.data else None
    if kept is not None and door.target(kept.path) == kept.path:
        return page_for_sending_again(kept, heading="door_open" if door.mailed else "door_again")
    onward = door.target(form.till.data or "")
    return page_of_what_is_gone(onward) if form.parked.data and kept is None else redirect(onward, 303)


def _leave(door: Door, visit: Visit) -> AnyResponse:
    visit_id, response = visit.id, make_response(redirect(url_for("applications.left"), 303))
    with unit_of_work() as session:
        end_visit(session, visit_id)
    response.delete_cookie(cookie_name(), **_attributes(door.root))
    return forget_here(response)


def _code_page(door: Door, form: CodeForm, *, sent: bool = True, wait_until: datetime | None = None) -> str:
    page = "applications/door_code.html" if door.mailed else "applications/door_again.html"
    return render_template(page, action=door.action, form=form, sent=sent, wait_until=wait_until)


def _seconds_until_next_code(link: Link) -> int:
    """0 when another code may be mailed."""
    for limit in (CODES_PER_LINK, CODES_PER_LINK_A_DAY):
        if seconds := the_rates().take(limit, "codes of", str(link.subject_id)):
            return seconds
    return take_of_network(CODES_PER_NETWORK, "code from")


def _set_cookie(response: Response, root: str, cookie: str) -> None:
    response.set_cookie(cookie_name(), cookie, max_age=int(REMEMBERED.total_seconds()), **_attributes(root))


def _attributes(root: str) -> dict[str, Any]:
    secure: bool = current_app.config["SETTINGS"].https
    return {"path": root, "secure": secure, "httponly": True, "samesite": "Strict"}
