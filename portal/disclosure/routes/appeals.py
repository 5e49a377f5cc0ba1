"""A refusal that somebody has appealed, that it is settled, and either put right or taken back."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.forms import put_beside
from portal.db import unit_of_work
from portal.disclosure.forms import AppealCorrectedForm, AppealForm, AppealTakenBackForm
from portal.disclosure.requests import DayOutside, NotAppealed
from portal.disclosure.routes import disclosure
from portal.disclosure.routes.desk import ONE, asked_or_404, page_of
from portal.disclosure.services.appealing import (
    correct_appeal,
    note_appeal,
    note_settled,
    take_back_appeal,
    take_back_settled,
)
from portal.organisations.access import may_read_register
from portal.refusal import Refusal
from portal.web.filters import sentence_of
from portal.web.forms import HouseForm
from portal.web.guards import staff
from portal.web.measures import Day


@disclosure.post(f"{ONE}/overklagad")
@staff(may_read_register)
def appealed(request_id: UUID) -> ResponseReturnValue:
    """Whoever asked has appealed: what it is about is kept until that is settled."""
    form = AppealForm.about(appealed=False)
    return _noted(request_id, "appeal", form, form.day, note_appeal, "Överklagandet är antecknat.")


@disclosure.post(f"{ONE}/overklagad/ratta")
@staff(may_read_register)
def appeal_corrected(request_id: UUID) -> ResponseReturnValue:
    """It came in on another day than was written."""
    form = AppealCorrectedForm()
    verb = partial(correct_appeal, seen=form.seen.data or "")
    return _noted(request_id, "corrected", form, form.appealed_on, verb, "Dagen är rättad.")


@disclosure.post(f"{ONE}/overklagad/ta-bort")
@staff(may_read_register)
def not_appealed(request_id: UUID) -> ResponseReturnValue:
    """What was noted was no appeal of this decision."""
    asked, form = asked_or_404(request_id), AppealTakenBackForm()
    if not form.validate():
        return render_template("disclosure/request.html", **{**page_of(asked), "none_came": form}), 422
    seen = form.seen.data or ""
    try:
        with unit_of_work() as session:
            take_back_appeal(
                session, actor=g.actor, request_id=request_id, seen=seen, why=form.chosen, at=clock.now()
            )  # fmt: skip
        elsewhere = " Anteckna det på den begäran som det gäller." if form.chosen is NotAppealed.ELSEWHERE else ""
        flash(f"Överklagandet är borttaget.{elsewhere}", "good")
    except Refusal as refusal:
        flash(sentence_of(refusal), "stop")
    return redirect(url_for("disclosure.request_page", request_id=request_id), 303)


@disclosure.post(f"{ONE}/avgjord")
@staff(may_read_register)
def settled(request_id: UUID) -> ResponseReturnValue:
    """The appeal is settled."""
    form = AppealForm.about(appealed=True)
    return _noted(request_id, "appeal", form, form.day, note_settled, "Avgörandet är antecknat.")


@disclosure.post(f"{ONE}/avgjord/ta-bort")
@staff(may_read_register)
def not_settled(request_id: UUID) -> ResponseReturnValue:
    """It was not, or not on that day."""
    asked_or_404(request_id)
    try:
        with unit_of_work() as session:
            take_back_settled(
                session, actor=g.actor, request_id=request_id, seen=request.form.get("seen", ""), at=clock.now()
            )
        flash("Avgörandet är borttaget.", "good")
    except Refusal as refusal:
        flash(sentence_of(refusal), "stop")
    return redirect(url_for("disclosure.request_page", request_id=request_id), 303)


def _noted(
    request_id: UUID, name: str, form: HouseForm, day: Day, note: Callable[..., None], told: str
) -> ResponseReturnValue:
    """The day that was typed is noted; or the page again with the form that it shows by this name."""
    asked = asked_or_404(request_id)
    if form.validate() and day.data is not None:
        try:
            with unit_of_work() as session:
                note(session, actor=g.actor, request_id=request_id, on=day.data, at=clock.now())
            flash(told, "good")
        except DayOutside as refusal:
            put_beside(form, day.name, sentence_of(refusal))
        except Refusal as refusal:
            flash(sentence_of(refusal), "stop")
    if form.errors:
        return render_template("disclosure/request.html", **{**page_of(asked), name: form}), 422
    return redirect(url_for("disclosure.request_page", request_id=request_id), 303)
