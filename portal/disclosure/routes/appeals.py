"""A refusal that somebody has appealed, and that it is settled."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.forms import put_beside
from portal.db import unit_of_work
from portal.disclosure.forms import AppealForm
from portal.disclosure.requests import DayOutside
from portal.disclosure.routes import disclosure
from portal.disclosure.routes.desk import ONE, asked_or_404, page_of
from portal.disclosure.services.requesting import note_appeal, note_settled
from portal.organisations.access import may_read_register
from portal.refusal import Refusal
from portal.web.filters import sentence_of
from portal.web.guards import staff


@disclosure.post(f"{ONE}/overklagad")
@staff(may_read_register)
def appealed(request_id: UUID) -> ResponseReturnValue:
    """Whoever asked has appealed: what it is about is kept until that is settled."""
    return _noted(request_id, note_appeal, appealed=False, told="Överklagandet är antecknat.")


@disclosure.post(f"{ONE}/avgjord")
@staff(may_read_register)
def settled(request_id: UUID) -> ResponseReturnValue:
    """The appeal is settled."""
    return _noted(request_id, note_settled, appealed=True, told="Avgörandet är antecknat.")


def _noted(request_id: UUID, note: Callable[..., None], *, appealed: bool, told: str) -> ResponseReturnValue:
    asked, form = asked_or_404(request_id), AppealForm.about(appealed=appealed)
    if form.validate() and form.day.data is not None:
        try:
            with unit_of_work() as session:
                note(session, actor=g.actor, request_id=request_id, on=form.day.data, at=clock.now())
            flash(told, "good")
        except DayOutside as refusal:
            put_beside(form, refusal.field or "", sentence_of(refusal))
        except Refusal as refusal:
            flash(sentence_of(refusal), "stop")
    if form.errors:
        return render_template("disclosure/request.html", **page_of(asked, appeal=form)), 422
    return redirect(url_for("disclosure.request_page", request_id=request_id), 303)
