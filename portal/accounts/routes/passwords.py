"""/losenord: a new password by a mailed link. The second factor stays as it is."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts.engines import hash_password, password_is_right
from portal.accounts.forms import AskForm, NewPasswordForm, put_beside
from portal.accounts.models import Person
from portal.accounts.password_rule import PasswordRefused, check_password
from portal.accounts.routes.blueprint import accounts
from portal.accounts.routes.log_in import leave_browser
from portal.accounts.routes.tries import password_was_right, take_letter, take_password_try
from portal.accounts.services import LinkIsOver, ask_for_password, password_link, reset_password
from portal.accounts.session import present_session
from portal.db import db, unit_of_work
from portal.links.models import Purpose
from portal.links.services import ended_link, is_superseded, was_replaced
from portal.scope import PLATFORM, act_for
from portal.web.filters import sentence_of
from portal.web.guards import public
from portal.web.language import language
from portal.web.rates import wait


@accounts.get("/losenord")
@public
def ask_password() -> ResponseReturnValue:
    """The form for the address."""
    return render_template("accounts/ask_password.html", form=AskForm(formdata=None))


@accounts.post("/losenord")
@public
def send_password_link() -> ResponseReturnValue:
    """The same answer after the same work for every address; the mail says the rest."""
    form = AskForm()
    if not form.validate():
        return render_template("accounts/ask_password.html", form=form), 422
    email = str(form.email.data)
    if seconds := take_letter(email):
        return wait(render_template("accounts/ask_password.html", form=form, waiting=True), seconds)
    act_for(db.session, PLATFORM)
    with unit_of_work() as session:
        ask_for_password(session, email=email, language=language(), at=clock.now())
    return redirect(url_for("accounts.password_asked"), 303)


@accounts.get("/losenord/skickat")
@public
def password_asked() -> ResponseReturnValue:
    """What happens now, whoever asked."""
    return render_template("accounts/password_asked.html")


@accounts.get("/losenord/<token>")
@public
def new_password(token: str) -> ResponseReturnValue:
    """The form for the new password. Opening it uses nothing up: mail scanners do that too."""
    if password_link(db.session, token, at=clock.now()) is None:
        return over(has_newer=_has_newer(token))
    return render_template("accounts/new_password.html", form=NewPasswordForm(formdata=None))


@accounts.post("/losenord/<token>")
@public
def set_new_password(token: str) -> ResponseReturnValue:
    """Set it, once; then log in with it and with the code as usual."""
    form, link = NewPasswordForm(), password_link(db.session, token, at=clock.now())
    if link is None:
        return _pressed_again(token, form.password.data or "")
    if not form.validate():
        return render_template("accounts/new_password.html", form=form), 422
    person = db.session.get_one(Person, link.subject_id)
    try:
        password = check_password(form.password.data or "", about=(person.name, person.email))
    except PasswordRefused as refusal:
        put_beside(form, "password", sentence_of(refusal))
        return render_template("accounts/new_password.html", form=form), 422
    password_hash = hash_password(password)
    try:
        with unit_of_work() as session:
            reset_password(session, token=token, password_hash=password_hash, at=clock.now())
    except LinkIsOver:
        return _pressed_again(token, password)
    if present_session(clock.now()) is not None:
        leave_browser()
    return _changed()


def _changed() -> ResponseReturnValue:
    flash(_("Lösenordet är bytt. Logga in med det nya."), "good")
    return redirect(url_for("accounts.log_in"), 303)


def _pressed_again(token: str, typed: str) -> ResponseReturnValue:
    """The page of a link that opens nothing; but whoever has set the password by it, and presses once more, comes to where
    that led. They are known by what they type: it is the password by now, and lets them in no more than the log-in's own
    form. By a link that a newer one took the place of nobody has set any. For a link that never was as much work is done."""
    at = clock.now()
    link = ended_link(db.session, token, purpose=Purpose.PASSWORD, at=at)
    if link is not None and was_replaced(db.session, link):
        return over(has_newer=_has_newer(token))
    person = db.session.get(Person, link.subject_id) if link is not None else None
    present = present_session(at)
    is_here = person is not None and present is not None and present.person_id == person.id
    tried_for = person.email if person is not None else token
    if not typed or take_password_try(tried_for):
        return over()
    if not password_is_right(person.password_hash if person is not None else None, typed):
        return _as_it_was() if is_here else over()
    password_was_right(tried_for)
    if not is_here:
        return _changed()
    flash(_("Lösenordet är bytt."), "good")
    return redirect(url_for("accounts.log_in"), 303)


def _as_it_was() -> ResponseReturnValue:
    flash(_("Länken är redan använd, så lösenordet är som det var. Vill du byta det igen gör du det här."), "warn")
    return redirect(url_for("accounts.own_password"), 303)


def _has_newer(token: str) -> bool:
    return is_superseded(db.session, token, purpose=Purpose.PASSWORD, at=clock.now())


def over(*, has_newer: bool = False) -> ResponseReturnValue:
    """The page of a link that opens nothing: used, replaced, run out or never made, all alike; but who holds one to a
    password is told where a newer one was sent to the same address, which is the one to open."""
    return make_response(render_template("accounts/link_over.html", has_newer=has_newer), 404)
