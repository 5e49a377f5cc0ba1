"""/konto: how colleagues see one, and where one is logged in."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.models import Person
from portal.accounts.queries import sessions_of
from portal.db import db, unit_of_work
from portal.organisations.access import may_enter
from portal.organisations.forms import ProfileForm
from portal.organisations.routes.blueprint import organisations
from portal.organisations.services.profile import change_profile
from portal.web.guards import staff


@organisations.get("/konto")
@staff(may_enter)
def account() -> ResponseReturnValue:
    """Name, title, and every device that is logged in."""
    name = db.session.get_one(Person, g.actor.person_id).name
    title = g.membership.title if g.membership else ""
    return _page(_form(ProfileForm(formdata=None, data={"name": name, "title": title})))


@organisations.post("/konto")
@staff(may_enter)
def save_account() -> ResponseReturnValue:
    """Save the name, and the title in the membership one works in."""
    form = _form(ProfileForm())
    if not form.validate():
        return _page(form), 422
    with unit_of_work() as session:
        change_profile(
            session, person_id=g.actor.person_id, name=str(form.name.data), membership_id=g.actor.membership_id,
            title=form.data.get("title") or "", at=clock.now(),
        )  # fmt: skip
    flash("Sparat.", "good")
    return redirect(url_for("organisations.account"), 303)


def _form(form: ProfileForm) -> ProfileForm:
    """Whoever has no membership has no title; whoever has several is told where this one is read."""
    if g.membership is None:
        del form.title
    elif len(g.memberships) > 1:
        form.title.description = f"Visas bara hos {g.membership.home_name}."
    return form


def _page(form: ProfileForm) -> str:
    person_id = g.actor.person_id
    return render_template(
        "organisations/account.html",
        form=form,
        email=db.session.get_one(Person, person_id).email,
        log_ins=sessions_of(db.session, person_id, at=clock.now()),
        here=g.log_in_id,
        many=len(g.memberships) > 1,
    )
