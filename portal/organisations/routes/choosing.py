"""/arbete/byt: which of one's memberships one works in now."""

from typing import cast
from uuid import UUID

from flask import abort, current_app, flash, g, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from portal.accounts.routes.tries import start_page
from portal.accounts.session import last_person_id
from portal.db import db
from portal.organisations.access import may_enter
from portal.organisations.forms import SHORT_ROLES
from portal.organisations.identity import identify
from portal.organisations.models import Membership
from portal.organisations.routes.blueprint import organisations
from portal.web.guards import staff
from portal.web.homes import go_to
from portal.web.parked import Parked, form_of_request, page_for_sending_again, typed_texts


@organisations.get("/arbete/byt")
@staff(may_enter)
def choose() -> ResponseReturnValue:
    """One's own memberships, and no others."""
    return render_template(
        "organisations/choose.html",
        memberships=g.memberships,
        roles=SHORT_ROLES,
        membership_id=g.actor.membership_id,
    )


@organisations.post("/arbete/byt")
@staff(may_enter)
def take_up() -> ResponseReturnValue:
    """Work in another membership from here on. Only one's own accepted ones can be chosen."""
    wanted = request.form.get("membership", "")
    chosen = next((m for m in g.memberships if str(m.id) == wanted), None)
    if chosen is None:
        abort(404)
    go_to(str(UUID(wanted)))
    flash(f"Du arbetar nu i {_name(chosen)}.", "good")
    return redirect(start_page(), 303)


def sent_from_elsewhere(form: Parked, home: str) -> ResponseReturnValue | None:
    """A form that was opened in another of one's homes is given back in that one, and done there when it is sent again: after
    a log-in, where that has ended. Where one is in it no more, or it was never one's own (somebody else has logged in since),
    what was typed is shown to be copied. None where nobody is logged in and the browser knows of nobody who was."""
    if not _is_ones_own(home):
        return None if identify() is None else _not_done(form, opened_by="another")
    if identify() is None:
        go_to(home)
        return cast(ResponseReturnValue, current_app.extensions["ask_to_log_in"](request))
    there = {str(m.id): m for m in g.get("memberships", ())}
    if home in there:
        go_to(home)
        if there[home] is g.membership:  # opened before the last log-in
            return page_for_sending_again(form, heading="out_of_date"), 400
        return page_for_sending_again(form, heading="elsewhere", home=_name(there[home])), 409
    return _not_done(form, opened_by="oneself")


def _not_done(form: Parked, *, opened_by: str) -> ResponseReturnValue:
    said = {"typed": typed_texts(form), "had_files": form.had_files, "opened_by": opened_by}
    return render_template("errors/home_gone.html", **said), 409


def home_is_gone() -> ResponseReturnValue | None:
    """The same answer to what is sent from a home that one has been taken out of since the page was opened. One that somebody
    else left in the cookie is nobody's."""
    return sent_from_elsewhere(form_of_request(), g.home_gone) if _is_ones_own(g.home_gone) else None


def _is_ones_own(home: str) -> bool:
    membership = db.session.get(Membership, UUID(home))
    return membership is not None and membership.person_id == last_person_id()


def _name(membership: Membership) -> str:
    home = membership.party or membership.authority
    return home.name if home else "driften"


@organisations.record_once
def _answer_the_guards(state: BlueprintSetupState) -> None:
    state.app.extensions["sent_from_elsewhere"] = sent_from_elsewhere
    state.app.extensions["home_is_gone"] = home_is_gone
