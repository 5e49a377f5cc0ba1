"""The page where the office records what becomes of each candidate, and what one who was asked has answered."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.queries import criteria_of
from portal.ads.states import AdState
from portal.db import db, unit_of_work
from portal.decisions import services
from portal.decisions.access import may_decide
from portal.decisions.forms import AnswerForm, OutcomeForm, TakeBackForm, answer_form_for, form_for
from portal.decisions.outcomes import AnswerMoved, NoCandidate, Result, Status
from portal.decisions.queries import candidates_of
from portal.decisions.queries.following import next_in_order
from portal.decisions.queries.recorded import Candidate, takes_a_post
from portal.decisions.routes import decisions
from portal.refusal import Refusal
from portal.review.queries.case import Case
from portal.review.routes.blueprint import fresh, in_case
from portal.seen import Seen
from portal.web.bodies import takes_everybody
from portal.web.filters import sentence_of
from portal.web.readings import reads

PARKED = "Utfallet är parkerat. Den sökande får veta det först när beskeden går ut."


@decisions.get("/arbete/rekryteringar/<uuid:ad_id>/utfall")
@in_case(may_decide)
@reads("outcomes.read", of="ad_id")
def outcome(case: Case) -> ResponseReturnValue:
    """Every candidate that counts, with what was recorded of each."""
    return render_template("decisions/outcome.html", **_page(case))


@decisions.post("/arbete/rekryteringar/<uuid:ad_id>/utfall/<uuid:application_id>")
@in_case(may_decide)
@takes_everybody
def record(case: Case, application_id: UUID) -> ResponseReturnValue:
    """Save one candidate's outcome. What is typed of others stays with them, and is not saved."""
    page, ad_id = _page(case), case.ad.id
    others = _typed_of_others(page, application_id)
    if application_id not in page["forms"]:
        return _gone(page, others)
    form = OutcomeForm(page["criteria"], application_id)
    valid = form.validate_on_submit()
    if valid and _record(ad_id, application_id, form):
        if not others:
            flash(PARKED, "good")
            return redirect(url_for("decisions.outcome", ad_id=ad_id, _anchor=f"s-{application_id}"), 303)
        flash(f"{PARKED} Det du har skrivit om andra står kvar, men är inte sparat än.", "good")
        page = _page(fresh(db.session, ad_id, lock=False))
        page["forms"] |= others
        return render_template("decisions/outcome.html", **page)
    page = _page(fresh(db.session, ad_id, lock=False))
    if valid and application_id in page["forms"]:
        form.marks.data = page["forms"][application_id].marks.data  # what stands is told: saved again, it is known
    page["forms"] |= {**others, application_id: form}
    return render_template("decisions/outcome.html", **page, wrong=form, unsaved=bool(others)), 422


@decisions.post("/arbete/rekryteringar/<uuid:ad_id>/utfall/<uuid:application_id>/svar")
@in_case(may_decide)
def answer(case: Case, application_id: UUID) -> ResponseReturnValue:
    """Note what one who was to be hired has answered."""
    if application_id not in _page(case)["forms"]:
        abort(404)
    form, ad_id = AnswerForm(application_id), case.ad.id
    try:
        if form.validate_on_submit():
            _answer(ad_id, application_id, form)
            flash("Svaret är sparat.", "good")
            return redirect(url_for("decisions.outcome", ad_id=ad_id, _anchor=f"s-{application_id}"), 303)
    except Refusal as refusal:
        page = _page(fresh(db.session, ad_id, lock=False))
        page["answers"][application_id] = form
        return render_template("decisions/outcome.html", **page, refused=sentence_of(refusal)), refusal.status
    page = _page(fresh(db.session, ad_id, lock=False))
    page["answers"][application_id] = form
    return render_template("decisions/outcome.html", **page, wrong=form), 422


@decisions.post("/arbete/rekryteringar/<uuid:ad_id>/utfall/<uuid:application_id>/svar/ta-tillbaka")
@in_case(may_decide)
def take_back_answer(case: Case, application_id: UUID) -> ResponseReturnValue:
    """The answer was noted by mistake."""
    if application_id not in _page(case)["forms"]:
        abort(404)
    form, ad_id = TakeBackForm(), case.ad.id
    if not form.validate_on_submit():
        return render_template("decisions/outcome.html", **_page(case), wrong=form), 422
    who: dict[str, Any] = {"ad_id": ad_id, "application_id": application_id, "actor": g.actor, "at": clock.now()}
    try:
        with unit_of_work() as session:
            if services.take_back_answer(session, **who, stood=form.stood.data or "") is None:
                raise AnswerMoved  # nothing was ever written down of them
    except Refusal as refusal:
        page = _page(fresh(db.session, ad_id, lock=False))
        return render_template("decisions/outcome.html", **page, refused=sentence_of(refusal)), refusal.status
    flash("Svaret är taget tillbaka. Det som stod förut gäller, också på den sökandes egen sida.", "good")
    return redirect(url_for("decisions.outcome", ad_id=ad_id, _anchor=f"s-{application_id}"), 303)


def _gone(page: dict[str, Any], others: Mapping[UUID, OutcomeForm]) -> ResponseReturnValue:
    """Whose button was pressed is no candidate any more. What came along of the others stands there."""
    if not others:
        abort(404)
    page["forms"] |= others
    return render_template("decisions/outcome.html", **page, refused=sentence_of(NoCandidate())), NoCandidate.status


def _typed_of_others(page: dict[str, Any], application_id: UUID) -> dict[UUID, OutcomeForm]:
    """What the page sent of the others and had not been opened with, each still with the marks that it was opened with: a
    colleague's outcome since then is told when it is saved."""
    places: dict[UUID, OutcomeForm] = page["forms"]
    ids = [id for id, form in places.items() if id != application_id and form.marks.name in request.form]
    sent = {id: OutcomeForm(page["criteria"], id) for id in ids}
    return {id: form for id, form in sent.items() if not form.untouched}


def _answer(ad_id: UUID, application_id: UUID, form: AnswerForm) -> None:
    who: dict[str, Any] = {"ad_id": ad_id, "application_id": application_id, "actor": g.actor, "at": clock.now()}
    who["stood"] = form.stood.data or None
    with unit_of_work() as session:
        if form.answer.data == Status.ACCEPTED:
            found = services.accept_offer(session, **who)
        else:
            found = services.decline(session, **who, reason=form.why.data or "")
        if found is None:
            abort(404)


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
                seen=Seen.told(form.marks.data),
            )
    except Refusal as refusal:
        field = form[refusal.field or "result"]
        field.errors = [*field.errors, sentence_of(refusal)]
        return False
    if recorded is None:
        abort(404)
    return True


def _page(case: Case) -> dict[str, Any]:
    criteria = criteria_of(db.session, case.ad.id)
    candidates = candidates_of(db.session, case)
    left = [one for one in candidates if one.outcome is None or one.outcome.released_at is None]
    return {
        "ad": case.ad,
        "criteria": criteria,
        "candidates": candidates,
        "forms": {one.application_id: form_for(one, criteria) for one in candidates if one.shown},
        "unanswered": len(case.unanswered_to_decide),
        "asked": {row.id for row in case.unanswered_to_decide},
        "office": case.standing.office,
        "answers": {one.application_id: answer_form_for(one) for one in candidates if one.shown},
        "left": sum(one.outcome is None or one.lacks_another for one in candidates),
        "released": bool(candidates) and not left,
        "some_told": bool(left) and len(left) < len(candidates),
        "over": case.ad.state == AdState.ENDED or (bool(candidates) and not left),
        "current": "recruitments",
        **_freed(case, candidates),
    }


def _freed(case: Case, candidates: list[Candidate]) -> dict[str, Any]:
    """Whether one who was to be hired has declined and the post is free, and who comes next: a name to choose."""
    declined = [one for one in candidates if one.status is Status.DECLINED]
    taken = sum(one.outcome is not None and takes_a_post(one.outcome) for one in candidates)
    if not declined or taken >= case.ad.posts:
        return {"declined": [], "following": None}
    following = next_in_order(db.session, case, candidates, at=clock.now())
    return {"declined": [one.name for one in declined if one.shown], "following": following}
