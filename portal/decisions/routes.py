"""The page where the office records what becomes of each candidate, and ends the recruitment."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.queries import criteria_of
from portal.ads.states import AdState
from portal.db import db, unit_of_work
from portal.decisions import services
from portal.decisions.forms import OutcomeForm, form_for
from portal.decisions.outcomes import Result
from portal.decisions.queries import candidates_of
from portal.organisations.access import may_run_recruitment
from portal.refusal import Refusal
from portal.review.access import may_name_panel
from portal.review.queries.case import load_case
from portal.swedish_dates import in_words
from portal.web.filters import sentence_of
from portal.web.guards import staff

decisions = Blueprint("decisions", __name__)


@decisions.get("/arbete/rekryteringar/<uuid:ad_id>/utfall")
@staff(may_run_recruitment)
def outcome(ad_id: UUID) -> ResponseReturnValue:
    """Every candidate that counts, with what was recorded of each."""
    return render_template("decisions/outcome.html", **_page(ad_id))


@decisions.post("/arbete/rekryteringar/<uuid:ad_id>/utfall/<uuid:application_id>")
@staff(may_run_recruitment)
def record(ad_id: UUID, application_id: UUID) -> ResponseReturnValue:
    """Save one candidate's outcome."""
    page = _page(ad_id)
    if application_id not in page["forms"]:
        abort(404)
    form = OutcomeForm(page["criteria"], application_id)
    if form.validate_on_submit() and _record(ad_id, application_id, form):
        flash("Utfallet är sparat. Den sökande får veta det först när rekryteringen avslutas.", "good")
        return redirect(url_for("decisions.outcome", ad_id=ad_id, _anchor=f"s-{application_id}"), 303)
    page = _page(ad_id)
    page["forms"][application_id] = form
    return render_template("decisions/outcome.html", **page, wrong=form), 422


@decisions.post("/arbete/rekryteringar/<uuid:ad_id>/utfall/avsluta")
@staff(may_run_recruitment)
def end(ad_id: UUID) -> ResponseReturnValue:
    """End the recruitment: everybody gets their word."""
    try:
        with unit_of_work() as session:
            told = services.end_recruitment(session, ad_id=ad_id, actor=g.actor, at=clock.now())
    except Refusal as refusal:
        return render_template("decisions/outcome.html", **_page(ad_id), refused=sentence_of(refusal)), 422
    if told is None:
        abort(404)
    if told:
        who = f"{in_words(told).capitalize()} sökande får brev"
        flash(f"Rekryteringen är avslutad. {who} om att det finns besked.", "good")
    return redirect(url_for("decisions.outcome", ad_id=ad_id), 303)


def _record(ad_id: UUID, application_id: UUID, form: OutcomeForm) -> bool:
    """Whether it was recorded; a refusal's sentence is put beside its field."""
    try:
        with unit_of_work() as session:
            recorded = services.record_outcome(
                session,
                ad_id=ad_id,
                application_id=application_id,
                result=Result(form.result.data),
                criterion_id=UUID(form.criterion.data),
                reason=form.reason.data or "",
                actor=g.actor,
                at=clock.now(),
            )
    except Refusal as refusal:
        field = form[refusal.field or "result"]
        field.errors = [*field.errors, sentence_of(refusal)]
        return False
    if recorded is None:
        abort(404)
    return True


def _page(ad_id: UUID) -> dict[str, Any]:
    case = load_case(db.session, ad_id, g.actor)
    if case is None or not may_name_panel(case.standing):
        abort(404)
    criteria = criteria_of(db.session, ad_id)
    candidates = candidates_of(db.session, case)
    released = any(one.outcome and one.outcome.released_at for one in candidates)
    return {
        "ad": case.ad,
        "criteria": criteria,
        "candidates": candidates,
        "forms": {one.application_id: form_for(one, criteria) for one in candidates if one.shown},
        "left": sum(one.outcome is None for one in candidates),
        "released": released,
        "over": released or case.ad.state == AdState.ENDED,
        "current": "recruitments",
    }
