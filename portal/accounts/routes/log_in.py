"""/logga-in: address and password, then the code; and out again. What was typed before is carried through."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import flask
from flask import Request, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts.forms import CodeForm, LogInForm, put_beside
from portal.accounts.models import Person
from portal.accounts.routes.blueprint import accounts
from portal.accounts.routes.tries import (
    code_was_right,
    device,
    own_path,
    password_was_right,
    start_page,
    take_code_try,
    take_password_try,
)
from portal.accounts.services import (
    CodeRefused,
    keep_hash,
    log_in,
    log_out,
    password_stamp,
    person_with,
    renewed_hash,
)
from portal.accounts.session import clear_cookie, last_person_id, present_session, set_cookie
from portal.db import db, unit_of_work
from portal.web.filters import sentence_of
from portal.web.guards import public
from portal.web.headers import forget_here
from portal.web.homes import HOME, present_home
from portal.web.logs import note_try
from portal.web.parked import form_of_request, give_back, page_of_what_is_gone, park, takes_old_token, unpark
from portal.web.rates import wait

HALF = "half"
HALF_KEPT = timedelta(minutes=10)


@accounts.get("/logga-in", endpoint="log_in")
@public
def show_log_in() -> ResponseReturnValue:
    """The form; straight on for somebody who is logged in."""
    target = own_path(request.args.get("vidare", ""))
    if present_session(clock.now()) is not None:
        return redirect(target or start_page(), 303)
    return render_template(
        "accounts/log_in.html", form=LogInForm(formdata=None, vidare=target), out="ut" in request.args
    )


@accounts.post("/logga-in")
@public
def try_password() -> ResponseReturnValue:
    """Address and password: the same answer for an unknown address as for a wrong password."""
    form = LogInForm()
    if not form.validate():
        return render_template("accounts/log_in.html", form=form), 422
    email, password = str(form.email.data), str(form.password.data)
    if seconds := take_password_try(email):
        note_try("password", "too_many")
        return wait(render_template("accounts/log_in.html", form=form, waiting=True), seconds)
    person = person_with(db.session, email=email, password=password)
    if person is None:
        return _wrong(form)
    password_was_right(email)
    if password_hash := renewed_hash(person, password):
        person_id, former = person.id, person.password_hash
        with unit_of_work() as session:
            is_same = keep_hash(session, person_id=person_id, former=former, password_hash=password_hash)
        if not is_same:
            return _wrong(form)
    end_present()
    _remember_half(person, own_path(form.vidare.data or ""))
    if form.parked.data:
        return render_template("accounts/log_in_code.html", form=CodeForm(formdata=None, parked=form.parked.data))
    return redirect(url_for("accounts.log_in_code"), 303)


def _wrong(form: LogInForm) -> ResponseReturnValue:
    """The same of both fields: which of the two it was is told nobody."""
    note_try("password", "wrong")
    wrong = _("E-postadressen och lösenordet hör inte ihop. Skriv båda igen, eller välj ett nytt lösenord.")
    form.email.errors = form.password.errors = [wrong]
    return render_template("accounts/log_in.html", form=form, wrong=wrong), 422


@accounts.get("/logga-in/kod")
@public
def log_in_code() -> ResponseReturnValue:
    """The form for the code, once the password was right."""
    if _half() is None:
        return redirect(url_for("accounts.log_in"), 303)
    return render_template("accounts/log_in_code.html", form=CodeForm())


@accounts.post("/logga-in/kod")
@public
def log_in_by_code() -> ResponseReturnValue:
    """The code: logged in, and on to where one was going, or to what one had typed."""
    form, half = CodeForm(), _half()
    if half is None:
        return _begin_again(form.parked.data or "")
    if not form.validate():
        return render_template("accounts/log_in_code.html", form=form), 422
    if seconds := take_code_try(half["person"]):
        note_try("code", "too_many")
        return wait(render_template("accounts/log_in_code.html", form=form, waiting=True), seconds)
    try:
        with unit_of_work() as session:
            token = log_in(
                session,
                person_id=UUID(half["person"]),
                stamp=half["stamp"],
                code=form.code.data or "",
                device=device(),
                at=clock.now(),
            )
    except CodeRefused as refusal:
        note_try("code", "wrong")
        put_beside(form, "code", sentence_of(refusal))
        form.code.data = ""  # it is worth nothing any more, and the next one is to be written there
        return render_template("accounts/log_in_code.html", form=form), 422
    note_try("code", "right")
    code_was_right(half["person"])
    set_cookie(token, **({HOME: half["membership"]} if half["membership"] else {}))
    return _go_on(half, form.parked.data or "")


def _go_on(half: dict[str, str], parked: str) -> ResponseReturnValue:
    kept = unpark(parked, at=clock.now()) if parked else None
    if kept is not None and kept.person_id == UUID(half["person"]):
        return give_back(kept, heading="logged_in")
    onward = half["target"] or start_page()
    return page_of_what_is_gone(onward) if parked and kept is None else redirect(onward, 303)


def _begin_again(parked: str) -> ResponseReturnValue:
    """The password is too long ago. Somebody who has logged in meanwhile gets their text back; others start anew."""
    present = present_session(clock.now())
    kept = unpark(parked, at=clock.now()) if parked else None
    if present is not None and kept is not None and kept.person_id == present.person_id:
        return give_back(kept, heading="logged_in")
    if not parked:
        return redirect(url_for("accounts.log_in"), 303)
    return render_template("accounts/log_in.html", form=LogInForm(formdata=None, parked=parked), ended=True), 401


@accounts.post("/logga-ut", endpoint="log_out")
@takes_old_token
@public
def log_out_here() -> ResponseReturnValue:
    """End this log-in. Logged out already is no fault."""
    leave_browser()
    return forget_here(redirect(url_for("accounts.log_in", ut=1), 303))


def ask_to_log_in(asked: Request) -> ResponseReturnValue:
    """What the guards answer when nobody is logged in: a way there and back, with all that was typed."""
    if asked.method in ("GET", "HEAD"):
        target = asked.full_path if asked.query_string else asked.path
        return redirect(url_for("accounts.log_in", vidare=target), 303)
    form = form_of_request()
    whose = last_person_id()  # nobody's by the cookie: whoever logs in on this page might be another
    parked = park(form, person_id=whose, at=clock.now()) if form.fields and whose else ""
    page = LogInForm(formdata=None, parked=parked)
    return render_template("accounts/log_in.html", form=page, ended=True, lost=bool(form.fields) and not parked), 401


def leave_browser() -> None:
    """Nobody is logged in here any more, nor anywhere with a copy of this browser's cookie."""
    end_present()
    clear_cookie()


def end_present() -> None:
    """End the log-in that this browser has: whoever has copied its cookie is out too."""
    present = present_session(clock.now())
    if present is not None:
        log_in_id = present.id
        with unit_of_work() as session:
            log_out(session, log_in_id=log_in_id, at=clock.now())


def _remember_half(person: Person, target: str) -> None:
    half = {
        "person": str(person.id),
        "stamp": password_stamp(person),
        "until": (clock.now() + HALF_KEPT).isoformat(),
        "target": target,
        "membership": present_home(),
    }
    clear_cookie()
    flask.session[HALF] = half


def _half() -> dict[str, str] | None:
    half: Any = flask.session.get(HALF)
    if not isinstance(half, dict) or datetime.fromisoformat(half["until"]) <= clock.now():
        return None
    return half


@accounts.record_once
def _answer_the_guards(state: Any) -> None:
    state.app.extensions["ask_to_log_in"] = ask_to_log_in
