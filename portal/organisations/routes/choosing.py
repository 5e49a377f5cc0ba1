"""/arbete/byt: which of one's memberships one works in now."""

from uuid import UUID

import flask
from flask import abort, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.routes.tries import start_page
from portal.organisations.access import may_enter
from portal.organisations.forms import SHORT_ROLES
from portal.organisations.identity import MEMBERSHIP_KEY
from portal.organisations.routes.blueprint import organisations
from portal.web.guards import staff


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
    flask.session[MEMBERSHIP_KEY] = str(UUID(wanted))
    home = chosen.party or chosen.authority
    flash(f"Du arbetar nu i {home.name if home else 'driften'}.", "good")
    return redirect(start_page(), 303)
