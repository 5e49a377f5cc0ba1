"""The second guard of a route: a code from the app that is fresh. It stands below the first, so that whoever may not enter
meets the page that is not there, and nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import abort, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.accounts.forms import AgainForm
from portal.accounts.step_up import SENTENCES, WHY, Reason, stands
from portal.web.guards import View
from portal.web.limits import OPENINGS_PER_CODE
from portal.web.parked import form_of_request, park
from portal.web.rates import the_rates


def confirmed(reason: Reason) -> Callable[[View], View]:
    """Only with a code given within the last quarter of an hour; else one is asked for first."""

    def decorate(view: View) -> View:
        @wraps(view)
        def sure(*args: Any, **values: Any) -> Any:
            return view(*args, **values) if stands(g.code_at, clock.now()) else ask_again(reason)

        sure.__confirms__ = reason  # type: ignore[attr-defined]
        return sure

    return decorate


def count_opening(application_id: UUID) -> None:
    """Before a candidate's papers are shown to whoever may see them: the 31st candidate within an hour waits for a code,
    which is good for thirty more. Each log-in counts for itself, for each has begun with a code."""
    whose = f"{g.log_in_id}\0{g.code_at.isoformat()}"
    if not the_rates().take_another(OPENINGS_PER_CODE, "opened", whose, str(application_id), since=g.code_at):
        abort(ask_again(Reason.READING))


def ask_again(reason: Reason) -> Response:
    """To the page that asks for a code, and from there back; what was typed waits, sealed, in that page."""
    if request.method in ("GET", "HEAD"):
        target = request.full_path if request.query_string else request.path
        return redirect(url_for("accounts.confirm", vad=reason.value, vidare=target), 303)
    form = form_of_request()
    parked = park(form, person_id=g.actor.person_id, at=clock.now())
    page = AgainForm(formdata=None, parked=parked, vad=reason.value)
    return make_response(code_page(page, reason, lost=not parked), 403)


def code_page(form: AgainForm, reason: Reason, **more: Any) -> str:
    """The page that asks, and says why."""
    return render_template("accounts/confirm.html", form=form, sentence=SENTENCES[reason], why=WHY[reason], **more)
