"""The assessor's page: one criterion, one candidate's papers, the scale, and who is left."""

from typing import Any
from uuid import UUID

from flask import abort, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.queries import criteria_of
from portal.audit.services import person_actor, record_reading
from portal.db import db, unit_of_work
from portal.refusal import Refusal
from portal.review import services
from portal.review.access import may_assess, may_score
from portal.review.forms import ScoreForm
from portal.review.queries.case import Case
from portal.review.queries.scores import own_scores
from portal.review.queueing import Mode, Place, mode_of, next_missing, walk
from portal.review.routes.blueprint import fresh, in_case, review
from portal.review.routes.desk import Desk, lay_out
from portal.review.shuffle import shuffled
from portal.review.steps import read_presence, read_step
from portal.web.filters import clock_time, sentence_of


@review.get("/bedom")
@in_case(may_assess)
def assess(case: Case) -> ResponseReturnValue:
    """The next thing to do: wait, answer about jäv, score, or look back."""
    if not case.may_be_assessed(clock.now()) or not case.applications:
        return render_template("review/waiting.html", case=case, current="recruitments")
    if case.unanswered:
        return redirect(url_for("review.conflicts", ad_id=case.ad.id), 303)
    mode = mode_of(request.args.get("ordning", ""))
    place = _next(case, mode)
    return redirect(_address(case, place, mode), 303)


@review.get("/bedom/<uuid:application_id>/<uuid:criterion_id>")
@in_case(may_assess)
def score(case: Case, application_id: UUID, criterion_id: UUID) -> ResponseReturnValue:
    """Papers, scale and queue. Each showing is an opening, and is logged as one."""
    desk = _desk(case, application_id, criterion_id)
    answer = render_template("review/score.html", form=ScoreForm(), desk=desk, current="recruitments")
    actor = person_actor(g.actor.person_id)
    record_reading(
        chain=case.ad.party_id, at=clock.now(), actor=actor, verb="application.read", object_id=application_id
    )
    return answer


@review.post("/bedom/<uuid:application_id>/<uuid:criterion_id>")
@in_case(may_assess)
def save_score(case: Case, application_id: UUID, criterion_id: UUID) -> ResponseReturnValue:
    """Save the click. A script is told when; a page goes on to the next candidate."""
    _require_scorable(case, application_id)
    form, ad_id, mode = ScoreForm(), case.ad.id, mode_of(request.args.get("ordning", ""))
    wants_json = request.accept_mimetypes.best == "application/json"
    fault = _save(form, ad_id, application_id, criterion_id) if form.validate() else next(iter(form.reason.errors), "")
    if wants_json:
        said = {"fault": fault} if fault else {"saved": f"Sparat {clock_time(clock.now())}"}
        return jsonify(said), 422 if fault else 200
    case = fresh(db.session, ad_id, lock=False)
    if fault:
        desk = _desk(case, application_id, criterion_id)
        return render_template("review/score.html", form=form, desk=desk, fault=fault, current="recruitments"), 422
    place = _next(case, mode, (criterion_id, application_id))
    return redirect(_address(case, place, mode, request.args.get("visa", "")), 303)


def _save(form: ScoreForm, ad_id: UUID, application_id: UUID, criterion_id: UUID) -> str:
    """An empty text, or the sentence that says why it could not be saved."""
    typed: dict[str, Any] = {
        "application_id": application_id,
        "criterion_id": criterion_id,
        "reason": form.reason.data or "",
    }
    try:
        with unit_of_work() as session:
            case, at = fresh(session, ad_id), clock.now()
            if _judged(case, criterion_id) == "finns":
                present = read_presence(form.step.data or "")
                services.save_presence(session, case=case, present=present, at=at, **typed)
            else:
                services.save_step(session, case=case, step=read_step(form.step.data or ""), at=at, **typed)
    except Refusal as refusal:
        if refusal.status == 404:
            abort(404)
        return sentence_of(refusal)
    return ""


def _judged(case: Case, criterion_id: UUID) -> str:
    found = next((row for row in criteria_of(db.session, case.ad.id) if row.id == criterion_id), None)
    if found is None:
        abort(404)
    return found.judged


def _require_scorable(case: Case, application_id: UUID) -> None:
    known = case.application(application_id) is not None and may_score(case.standing, application_id)
    if not known or not case.may_be_assessed(clock.now()):
        abort(404)


def _desk(case: Case, application_id: UUID, criterion_id: UUID) -> Desk:
    _require_scorable(case, application_id)
    desk = lay_out(case, application_id, criterion_id, request.args)
    if desk is None:
        abort(404)
    return desk


def _next(case: Case, mode: Mode, after: Place | None = None) -> Place | None:
    assert case.member is not None
    criteria = [row.id for row in criteria_of(db.session, case.ad.id)]
    applications = shuffled(case.member.id, [row.id for row in case.listed])
    scored = own_scores(db.session, case.member)
    return next_missing(walk(criteria, applications, mode), scored, after)


def _address(case: Case, place: Place | None, mode: Mode, shown: str = "") -> str:
    """Of the page of a place; of the own matrix where nothing is left."""
    if place is None:
        return url_for("review.own", ad_id=case.ad.id)
    criterion, application = place
    return url_for(
        "review.score",
        ad_id=case.ad.id,
        application_id=application,
        criterion_id=criterion,
        ordning=mode.value if mode is Mode.CANDIDATE else None,
        visa=shown or None,
    )
