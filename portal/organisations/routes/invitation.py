"""/inbjudan/<token>: who invites and to what; a password and a bound telephone; or a yes from who is logged in.

Opening the page changes nothing, however often and by whomever (mail scanners open links). Between the password and the
first code, what was chosen travels sealed in the cookie of that browser alone.
"""

import json
from datetime import datetime, timedelta

import flask
from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts.engines import code_address, code_picture, hash_password, new_code_secret, password_is_right
from portal.accounts.forms import ConfirmForm, EnrolForm, RecoverForm, put_beside
from portal.accounts.password_rule import PasswordRefused, check_password
from portal.accounts.routes.blueprint import accounts
from portal.accounts.routes.log_in import leave_browser
from portal.accounts.routes.passwords import over
from portal.accounts.routes.tries import (
    code_was_right,
    device,
    password_was_right,
    start_page,
    take_code_try,
    take_password_try,
)
from portal.accounts.services import CodeRefused, LinkIsOver, PasswordIsWrong, has_factor, password_stamp
from portal.accounts.session import present_session, set_cookie
from portal.db import db, unit_of_work
from portal.organisations.services.answering import (
    BY_PASSWORD,
    Invited,
    Step,
    accept,
    answered_by,
    enrol,
    invited_by,
    recover,
)
from portal.vault.sealing import SealBroken
from portal.vault.services import open_for_installation, seal_for_installation
from portal.web.filters import sentence_of
from portal.web.guards import public
from portal.web.homes import HOME, go_to
from portal.web.parked import takes_old_token
from portal.web.rates import wait

CHOSEN = "chosen"
CHOSEN_KEPT = timedelta(hours=1)


@accounts.get("/inbjudan/<token>")
@public
def invitation(token: str) -> ResponseReturnValue:
    """Who invites, to what, and the form for what comes next."""
    invited = invited_by(db.session, token, at=clock.now())
    if invited is None:
        return over()
    return _page(token, invited, _form(invited, blank=True))


@accounts.post("/inbjudan/<token>")
@takes_old_token
@public
def answer_invitation(token: str) -> ResponseReturnValue:
    """Say yes (logged in), or choose a password and go on to the telephone."""
    invited = invited_by(db.session, token, at=clock.now())
    if invited is None:
        return _pressed_again(token)
    form = _form(invited)
    if form is None:
        return _say_yes(token)
    if not form.validate():
        return _page(token, invited, form), 422
    if invited.step in BY_PASSWORD and (seconds := take_password_try(invited.membership.person.email)):
        return wait(_page(token, invited, form, waiting=True), seconds)
    try:
        password_hash = _password_hash(invited, form)
    except (PasswordRefused, PasswordIsWrong) as refusal:
        put_beside(form, "password", sentence_of(refusal))
        return _page(token, invited, form), 422
    stamp = password_stamp(invited.membership.person)
    chosen = {"name": "", "title": "", "hash": password_hash, "stamp": stamp, "secret": new_code_secret()}
    if isinstance(form, EnrolForm):
        chosen |= {"name": str(form.name.data), "title": form.title.data or ""}
    _keep(invited, chosen)
    return redirect(url_for("accounts.invitation_code", token=token), 303)


@accounts.get("/inbjudan/<token>/kod")
@public
def invitation_code(token: str) -> ResponseReturnValue:
    """The picture and the secret for the telephone, and the form for its first code."""
    return _code_page(token, ConfirmForm(formdata=None))


@accounts.get("/inbjudan/<token>/kod.svg")
@public
def invitation_picture(token: str) -> ResponseReturnValue:
    """The QR code. Only the browser that chose the password can open it, and only until the code is confirmed."""
    invited = invited_by(db.session, token, at=clock.now())
    chosen = _chosen(invited) if invited else None
    if invited is None or chosen is None:
        return over()
    return Response(code_picture(chosen["secret"], invited.membership.person.email), mimetype="image/svg+xml")


@accounts.post("/inbjudan/<token>/kod")
@takes_old_token
@public
def confirm_code(token: str) -> ResponseReturnValue:
    """The first code: the account is made (or its telephone is another), and the person is logged in."""
    form = ConfirmForm()
    invited = invited_by(db.session, token, at=clock.now())
    if invited is None:
        return _pressed_again(token)
    chosen = _chosen(invited)
    if chosen is None or not form.validate():
        return _code_page(token, form, status=422)
    if seconds := take_code_try(str(invited.link_id)):  # not with those of the telephone of then: it is another secret
        page = _code_page(token, form, waiting=True)
        return wait(page, seconds) if isinstance(page, str) else page
    person_id = str(invited.membership.person_id)
    try:
        with unit_of_work() as session:
            common = {"token": token, "secret": chosen["secret"], "code": form.code.data or "", "device": device()}
            if invited.step in BY_PASSWORD:
                log_in, membership_id = recover(session, at=clock.now(), stamp=chosen.get("stamp", ""), **common)
            else:
                own = {"name": chosen["name"], "title": chosen["title"], "password_hash": chosen["hash"]}
                log_in, membership_id = enrol(session, at=clock.now(), **common, **own)
    except CodeRefused as refusal:
        put_beside(form, "code", sentence_of(refusal))
        return _code_page(token, form, status=422)
    except LinkIsOver:
        return _pressed_again(token)
    code_was_right(person_id)
    set_cookie(log_in, **{HOME: str(membership_id)})
    return redirect(start_page(), 303)


def _say_yes(token: str) -> ResponseReturnValue:
    present = present_session(clock.now())
    if present is None:
        return redirect(url_for("accounts.log_in", vidare=url_for("accounts.invitation", token=token)), 303)
    person_id = present.person_id
    try:
        with unit_of_work() as session:
            membership_id = accept(session, token=token, person_id=person_id, at=clock.now()).id
    except LinkIsOver:
        return _pressed_again(token)
    go_to(str(membership_id))
    return redirect(start_page(), 303)


def _pressed_again(token: str) -> ResponseReturnValue:
    """The page of a link that opens nothing; but whoever has used it here, and presses once more, comes to where that led. A
    browser that has no log-in yet (a double click) holds the secret that was bound, and is let in by nothing."""
    answered, present = answered_by(db.session, token, at=clock.now()), present_session(clock.now())
    if answered is None:
        return over()
    person = answered.membership.person
    if present is not None and present.person_id == person.id:
        go_to(str(answered.membership.id))
        return redirect(start_page(), 303)
    chosen = _chosen(answered)
    was_here = chosen is not None and has_factor(person, chosen["secret"])
    return redirect(url_for("accounts.log_in"), 303) if was_here else over()


def _form(invited: Invited, *, blank: bool = False) -> EnrolForm | RecoverForm | None:
    if invited.step is Step.ACCEPT:
        return None
    if invited.step in BY_PASSWORD:
        return RecoverForm(formdata=None) if blank else RecoverForm()
    return EnrolForm(formdata=None, name=invited.membership.invited_name) if blank else EnrolForm()


def _password_hash(invited: Invited, form: EnrolForm | RecoverForm) -> str:
    membership, typed = invited.membership, form.password.data or ""
    person = membership.person
    if isinstance(form, RecoverForm):
        if not password_is_right(person.password_hash, typed):
            raise PasswordIsWrong(_("Lösenordet stämmer inte. Har du glömt det? Välj ett nytt först."))
        password_was_right(person.email)
        return ""
    home = membership.party or membership.authority
    about = (str(form.name.data), person.email, home.name if home else "")
    return hash_password(check_password(typed, about=about))


def _page(token: str, invited: Invited, form: EnrolForm | RecoverForm | None, *, waiting: bool = False) -> str:
    present = present_session(clock.now())
    mine = present is not None and present.person_id == invited.membership.person_id
    return render_template(
        "accounts/invitation.html",
        token=token,
        step=invited.step.value,
        form=form,
        membership=invited.membership,
        role=invited.membership.role,
        here="mine" if mine else ("other" if present else ""),
        waiting=waiting,
    )


def _code_page(token: str, form: ConfirmForm, *, waiting: bool = False, status: int = 200) -> ResponseReturnValue:
    invited = invited_by(db.session, token, at=clock.now())
    if invited is None:
        return over()
    chosen = _chosen(invited)
    if chosen is None:
        return redirect(url_for("accounts.invitation", token=token), 303)
    secret = chosen["secret"]
    page = render_template(
        "accounts/invitation_code.html",
        token=token,
        form=form,
        secret=[secret[n : n + 4] for n in range(0, len(secret), 4)],
        address=code_address(secret, invited.membership.person.email),
        waiting=waiting,
    )
    return page if status == 200 else (page, status)


def _keep(invited: Invited, chosen: dict[str, str]) -> None:
    """Seal what was chosen into this browser's cookie, bound to this very link. Whoever is logged in here is so no more."""
    until = (clock.now() + CHOSEN_KEPT).isoformat()
    leave_browser()
    flask.session[CHOSEN] = seal_for_installation(
        json.dumps({**chosen, "until": until}), place=f"chosen|{invited.link_id}"
    )


def _chosen(invited: Invited) -> dict[str, str] | None:
    sealed = flask.session.get(CHOSEN)
    if not isinstance(sealed, bytes):
        return None
    try:
        chosen: dict[str, str] = json.loads(open_for_installation(sealed, place=f"chosen|{invited.link_id}"))
    except SealBroken:
        return None
    return chosen if datetime.fromisoformat(chosen["until"]) > clock.now() else None
