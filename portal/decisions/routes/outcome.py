"""The page where the office records what becomes of each candidate, and what one who was asked has answered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.models import AdCriterion
from portal.ads.queries import criteria_of
from portal.db import db, unit_of_work
from portal.decisions import services
from portal.decisions.access import may_decide
from portal.decisions.forms import AnswerForm, OutcomeForm, TakeBackForm, answer_form_for, form_for, sent_of
from portal.decisions.outcomes import AnswerMoved, NoCandidate, Result, Status
from portal.decisions.queries import candidates_of
from portal.decisions.queries.following import next_in_order
from portal.decisions.queries.recorded import Candidate, takes_a_post
from portal.decisions.routes import decisions
from portal.decisions.services.room import is_over
from portal.refusal import Refusal
from portal.review.queries.case import Case
from portal.review.queries.others import others_for
from portal.review.routes.blueprint import fresh, in_case
from portal.review.routes.named import naming
from portal.seen import Seen
from portal.web.bodies import takes_everybody
from portal.web.filters import sentence_of
from portal.web.forms import HouseForm
from portal.web.readings import reads

PARKED = "Utfallet är sparat. Den sökande får veta det först när beskeden går ut."
ANSWERED = "Svaret är sparat."
OUTCOME, ANSWER = "-marks", "-stood"  # how the names of the hidden fields end, after their candidate's id
TAKEN_BACK = "Svaret är taget tillbaka. Det som stod förut gäller, också på den sökandes egen sida."


@decisions.get("/arbete/rekryteringar/<uuid:ad_id>/utfall")
@in_case(may_decide)
@reads("outcomes.read", of="ad_id")
def outcome(case: Case) -> ResponseReturnValue:
    """Every candidate that counts, with what was recorded of each."""
    return render_template("decisions/outcome.html", **_page(case))


@dataclass(frozen=True, slots=True)
class Typed:
    """What the page sent of others than whose button was pressed, and had not been opened with."""

    outcomes: Mapping[UUID, OutcomeForm]
    answers: Mapping[UUID, AnswerForm]
    lost: bool  # something was typed of somebody who has no place on the page any more: the page itself shows it

    def __bool__(self) -> bool:
        return bool(self.outcomes or self.answers)

    def onto(self, page: dict[str, Any]) -> None:
        """Let it stand on the page, with the answers that can be given by now."""
        page["forms"] |= self.outcomes
        for id, form in self.answers.items():
            form.answer.choices = page["answers"][id].answer.choices if id in page["answers"] else []
            page["answers"][id] = form


@decisions.post("/arbete/rekryteringar/<uuid:ad_id>/utfall/<uuid:application_id>")
@in_case(may_decide)
@takes_everybody
def record(case: Case, application_id: UUID) -> ResponseReturnValue:
    """Save one candidate's outcome. What is typed of others stays with them, and is not saved."""
    page, ad_id = _page(case), case.ad.id
    others = _typed(page, saved=OutcomeForm, of=application_id)
    if application_id not in page["forms"]:
        return _gone(page, others)
    form = OutcomeForm(page["criteria"], application_id)
    valid = form.validate_on_submit()
    asked = naming(case, "Skälet", form.reason.data or "") if valid else None
    if asked is not None:
        form.reason.errors = [*form.reason.errors, sentence_of(asked)]
    elif valid and _record(ad_id, application_id, form):
        return _done(ad_id, application_id, PARKED, others)
    page = _page(fresh(db.session, ad_id, lock=False))
    if valid and asked is None and application_id in page["forms"]:
        form.marks.data = page["forms"][application_id].marks.data  # what stands is told: saved again, it is known
    others.onto(page)
    page["forms"][application_id] = form
    said = {"wrong": form, "unsaved": bool(others), "named": application_id if asked is not None else None}
    return render_template("decisions/outcome.html", **page, **said), 422


@decisions.post("/arbete/rekryteringar/<uuid:ad_id>/utfall/<uuid:application_id>/svar")
@in_case(may_decide)
@takes_everybody
def answer(case: Case, application_id: UUID) -> ResponseReturnValue:
    """Note what one who was to be hired has answered. What is typed of others stays with them, and is not saved."""
    page, ad_id = _page(case), case.ad.id
    others = _typed(page, saved=AnswerForm, of=application_id)
    if application_id not in page["forms"]:
        return _gone(page, others)
    form, refused = AnswerForm(application_id), None
    try:
        if form.validate_on_submit():
            _answer(ad_id, application_id, form)
            return _done(ad_id, application_id, ANSWERED, others)
    except Refusal as refusal:
        refused = refusal
    page = _page(fresh(db.session, ad_id, lock=False))
    replace(others, answers={**others.answers, application_id: form}).onto(page)
    if refused is None:
        return render_template("decisions/outcome.html", **page, wrong=form, unsaved=bool(others)), 422
    return _refused(page, refused, others)


@decisions.post("/arbete/rekryteringar/<uuid:ad_id>/utfall/<uuid:application_id>/svar/ta-tillbaka")
@in_case(may_decide)
@takes_everybody
def take_back_answer(case: Case, application_id: UUID) -> ResponseReturnValue:
    """The answer was noted by mistake. What is typed of others stays with them, and is not saved."""
    page, ad_id = _page(case), case.ad.id
    others = _typed(page)
    if application_id not in page["forms"]:
        return _gone(page, others)
    form = TakeBackForm(application_id)
    if not form.validate_on_submit():
        others.onto(page)
        return render_template("decisions/outcome.html", **page, wrong=form, unsaved=bool(others)), 422
    who: dict[str, Any] = {"ad_id": ad_id, "application_id": application_id, "actor": g.actor, "at": clock.now()}
    try:
        with unit_of_work() as session:
            if services.take_back_answer(session, **who, stood=form.stood.data or "") is None:
                raise AnswerMoved  # nothing was ever written down of them
    except Refusal as refusal:
        page = _page(fresh(db.session, ad_id, lock=False))
        others.onto(page)
        return _refused(page, refusal, others)
    return _done(ad_id, application_id, TAKEN_BACK, others)


def _done(ad_id: UUID, application_id: UUID, said: str, others: Typed) -> ResponseReturnValue:
    """Back to the one; or, where something is typed of others, the page with that in it."""
    if not others and not others.lost:
        flash(said, "good")
        return redirect(url_for("decisions.outcome", ad_id=ad_id, _anchor=f"s-{application_id}"), 303)
    flash(f"{said} Det du har skrivit om andra står kvar, men är inte sparat än." if others else said, "good")
    page = _page(fresh(db.session, ad_id, lock=False))
    others.onto(page)
    return render_template("decisions/outcome.html", **page)


def _refused(page: dict[str, Any], refusal: Refusal, others: Typed) -> ResponseReturnValue:
    said = {"refused": sentence_of(refusal), "unsaved": bool(others)}
    return render_template("decisions/outcome.html", **page, **said), refusal.status


def _gone(page: dict[str, Any], others: Typed) -> ResponseReturnValue:
    """Whose button was pressed is no candidate any more. What came along of the others stands there, and what was typed of
    whoever is gone is shown."""
    if not others and not others.lost:
        abort(404)
    others.onto(page)
    return _refused(page, NoCandidate(), others)


def _typed(page: dict[str, Any], saved: type[HouseForm] | None = None, of: UUID | None = None) -> Typed:
    """What came along, without the form that is ``saved`` ``of`` somebody. Each outcome is still with the marks that it was
    opened with: a colleague's since then is told when it is saved."""
    ids = list(page["forms"])
    outcomes = {id: OutcomeForm(page["criteria"], id) for id in ids if saved is not OutcomeForm or id != of}
    answers = {id: AnswerForm(id) for id in ids if saved is not AnswerForm or id != of}
    return Typed(
        {id: form for id, form in outcomes.items() if form.marks.name in request.form and not form.untouched},
        {id: form for id, form in answers.items() if form.stood.name in request.form and not form.untouched},
        lost=bool(page["lost"]),
    )


def _lost(shown: Collection[UUID], criteria: Sequence[AdCriterion]) -> list[str]:
    """What was typed, on a page that showed it, of somebody who has no place there any more: they have taken the application
    back, it is erased, or the person has said since that they have jäv."""
    forms: list[OutcomeForm | AnswerForm] = [
        *(OutcomeForm(criteria, id) for id in sent_of(request.form, OUTCOME) if id not in shown),
        *(AnswerForm(id) for id in sent_of(request.form, ANSWER) if id not in shown),
    ]
    return [form.said for form in forms if not form.untouched and form.said]


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
    forms = {one.application_id: form_for(one, criteria) for one in candidates if one.shown}
    return {
        "ad": case.ad,
        "criteria": criteria,
        "candidates": candidates,
        "forms": forms,
        "lost": _lost(forms.keys(), criteria) if request.method == "POST" else [],
        "unanswered": len(case.unanswered_to_decide),
        "unnamed": sum(row.protected for row in case.unanswered_to_decide),
        "asked": {row.id for row in case.unanswered_to_decide},
        "office": case.standing.office,
        "others": others_for(db.session, case, [one.application_id for one in candidates if _is_left(one)]),
        "answers": {one.application_id: answer_form_for(one) for one in candidates if one.shown},
        "left": sum(one.outcome is None or one.lacks_another for one in candidates),
        "taken": sum(one.outcome is not None and takes_a_post(one.outcome) for one in candidates),
        "released": bool(candidates) and not left,
        "some_told": bool(left) and len(left) < len(candidates),
        "over": is_over(case.ad, waiting=bool(left)),
        "current": "recruitments",
        **_freed(case, candidates),
    }


def _is_left(one: Candidate) -> bool:
    """Whether another is to write this one's outcome."""
    return one.conflicted and not one.shown and one.outcome is None


def _freed(case: Case, candidates: list[Candidate]) -> dict[str, Any]:
    """Whether one who was to be hired has declined and the post is free, and who comes next: a name to choose."""
    declined = [one for one in candidates if one.status is Status.DECLINED]
    taken = sum(one.outcome is not None and takes_a_post(one.outcome) for one in candidates)
    if not declined or taken >= case.ad.posts:
        return {"declined": [], "following": None}
    following = next_in_order(db.session, case, candidates, at=clock.now())
    return {"declined": [one.name for one in declined if one.shown], "following": following}
