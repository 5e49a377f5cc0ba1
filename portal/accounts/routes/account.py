"""/konto: one's own password and log-ins; the rest of that page is `organisations.routes.account`."""

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.engines import hash_password, password_is_right
from portal.accounts.forms import ChangePasswordForm, put_beside
from portal.accounts.guards import confirmed
from portal.accounts.models import Person
from portal.accounts.password_rule import PasswordRefused, check_password
from portal.accounts.routes.blueprint import accounts
from portal.accounts.routes.tries import password_was_right, take_password_try
from portal.accounts.services import PasswordIsWrong, PasswordMoved, change_password, end_own_session, password_stamp
from portal.accounts.step_up import Reason
from portal.db import db, unit_of_work
from portal.web.filters import sentence_of
from portal.web.guards import staff
from portal.web.rates import wait


def is_logged_in(_actor: object) -> bool:
    """One's own account is open to everybody who is logged in, in whatever role."""
    return True


@accounts.get("/konto/losenord")
@staff(is_logged_in)
def own_password() -> ResponseReturnValue:
    """The form for another password."""
    person = db.session.get_one(Person, g.actor.person_id)
    form = ChangePasswordForm(formdata=None, data={"opened": password_stamp(person)})
    return render_template("accounts/own_password.html", form=form)


@accounts.post("/konto/losenord")
@staff(is_logged_in)
def save_own_password() -> ResponseReturnValue:
    """Change it; every other device is logged out."""
    form, person = ChangePasswordForm(), db.session.get_one(Person, g.actor.person_id)
    if not form.validate():
        return render_template("accounts/own_password.html", form=form), 422
    if seconds := take_password_try(person.email):
        return wait(render_template("accounts/own_password.html", form=form, waiting=True), seconds)
    former = person.password_hash
    try:
        password_hash = _checked_and_hashed(form, person)
        with unit_of_work() as session:
            change_password(
                session, person_id=g.actor.person_id, former=former, password_hash=password_hash, but=g.log_in_id,
                at=clock.now(),
            )  # fmt: skip
    except (PasswordIsWrong, PasswordRefused, PasswordMoved) as refusal:
        if not isinstance(refusal, PasswordRefused) and _is_set_already(form, person):
            return _changed()
        put_beside(form, "new_password" if isinstance(refusal, PasswordRefused) else "password", sentence_of(refusal))
        return render_template("accounts/own_password.html", form=form), refusal.status
    return _changed()


def _changed() -> ResponseReturnValue:
    flash("Lösenordet är bytt. Dina andra inloggningar är avslutade.", "good")
    return redirect(url_for("organisations.account"), 303)


def _is_set_already(form: ChangePasswordForm, person: Person) -> bool:
    """Whether the password was changed since the page was opened, and to this very one: the button was pressed twice."""
    db.session.refresh(person)
    if form.opened.data in ("", password_stamp(person)) or not password_is_right(
        person.password_hash, form.new_password.data or ""
    ):
        return False
    password_was_right(person.email)
    return True


@accounts.post("/konto/inloggningar/<uuid:log_in_id>/avsluta")
@staff(is_logged_in)
@confirmed(Reason.ACCESS)
def end_log_in(log_in_id: UUID) -> ResponseReturnValue:
    """Log one device out."""
    with unit_of_work() as session:
        ended = end_own_session(session, person_id=g.actor.person_id, log_in_id=log_in_id, at=clock.now())
    if not ended:
        abort(404)
    flash("Inloggningen är avslutad.", "good")
    return redirect(url_for("organisations.account"), 303)


def _checked_and_hashed(form: ChangePasswordForm, person: Person) -> str:
    if not password_is_right(person.password_hash, form.password.data or ""):
        raise PasswordIsWrong
    password_was_right(person.email)
    about = (person.name, person.email, *(m.party.name for m in g.memberships if m.party))
    return hash_password(check_password(form.new_password.data or "", about=about))
