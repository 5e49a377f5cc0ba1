"""The assessor's page: one criterion, one candidate's papers, the scale, and who is left."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from portal import clock
from portal.accounts.guards import count_opening
from portal.ads.queries import criteria_of
from portal.db import db, unit_of_work
from portal.refusal import Refusal
from portal.review import services
from portal.review.access import may_assess, may_score
from portal.review.forms.assessing import ScoreForm
from portal.review.queries.case import Case
from portal.review.queries.scores import Mark, own_marks, scored_places
from portal.review.queueing import Mode, Place, mode_of, next_missing, walk
from portal.review.refusals import ReasonNeeded
from portal.review.requirements import krav_first
from portal.review.routes.blueprint import fresh, in_case, review
from portal.review.routes.desk import Desk, known_of, lay_out, score_url
from portal.review.routes.note import note_on
from portal.review.routes.unreadable import unreadable_on
from portal.review.routes.why import is_shown_first
from portal.review.services.standing_in import note_opened
from portal.review.shuffle import shuffled
from portal.review.steps import MATERIAL, SCALE, StepUnknown, read_material, read_presence, read_step, words_of
from portal.web.filters import clock_time, sentence_of
from portal.web.readings import reads


@review.get("/bedom")
@in_case(may_assess)
def assess(case: Case) -> ResponseReturnValue:
    """The next thing to do: wait, read why it is done like this, answer about jäv, score, or look back."""
    member_id = case.member.id if case.member is not None and case.member.deputy else None
    answer = _next_thing(case)
    if member_id is not None:  # a deputy's letter leads here: whoever called them is told that they have come
        with suppress(OperationalError), unit_of_work() as session:  # nothing waits for it
            note_opened(session, panel_member_id=member_id, at=clock.now())
    return answer


def _next_thing(case: Case) -> ResponseReturnValue:
    if not case.may_be_assessed(clock.now()) or not case.given or not (case.unanswered or case.to_judge):
        return render_template("review/waiting.html", case=case, current="recruitments")
    if is_shown_first(case):
        return redirect(url_for("review.why", ad_id=case.ad.id), 303)
    if case.unanswered:
        return redirect(url_for("review.conflicts", ad_id=case.ad.id), 303)
    mode = mode_of(request.args.get("ordning", ""))
    place = _next(case, mode)
    return redirect(_address(case, place, mode), 303)


@review.get("/bedom/<uuid:application_id>/<uuid:criterion_id>")
@in_case(may_assess)
@reads("application.read", of="application_id")
def score(case: Case, application_id: UUID, criterion_id: UUID) -> ResponseReturnValue:
    """Papers, scale and queue. Each showing is an opening, and is logged as one."""
    desk = _desk(case, application_id, criterion_id)
    return _page(desk, application_id, ScoreForm())


@review.post("/bedom/<uuid:application_id>/<uuid:criterion_id>")
@in_case(may_assess)
def save_score(case: Case, application_id: UUID, criterion_id: UUID) -> ResponseReturnValue:
    """Save the click. A script is told when; a page goes on to the next candidate."""
    _require_scorable(case, application_id)
    form, ad_id, mode = ScoreForm(), case.ad.id, mode_of(request.args.get("ordning", ""))
    tried = _save(form, ad_id, application_id, criterion_id) if form.validate() else _unreadable(form)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(tried.told), tried.status
    case = fresh(db.session, ad_id, lock=False)
    if tried.fault:
        waiting = (form.step.data or None) if tried.wants_reason else None
        desk = _desk(case, application_id, criterion_id, waiting)
        if tried.wants_reason:
            form.reason.errors = [tried.fault]
        return _page(desk, application_id, form, fault=tried.fault), tried.status
    if tried.note:
        flash(tried.note, "warn")
    place = _next(case, mode, (criterion_id, application_id))
    return redirect(_address(case, place, mode, request.args.get("visa", "")), 303)


def _page(desk: Desk, application_id: UUID, form: ScoreForm, fault: str = "") -> str:
    note = note_on(desk.case, application_id, desk.criterion.id)
    page = {
        "desk": desk,
        "note": note,
        "unreadable": unreadable_on(desk.case, application_id, desk.criterion.id, desk.reading.paper_id),
        "steps": SCALE,
        "materials": MATERIAL,
        "fault": fault,
        "current": "recruitments",
    }
    return render_template("review/score.html", form=form, **page)


@dataclass(frozen=True, slots=True)
class _Tried:
    """What became of a click: saved, with a note where another tab was overtaken, or a fault in words."""

    saved: str = ""
    known: str = ""
    note: str = ""
    fault: str = ""
    wants_reason: bool = False
    status: int = 200

    @property
    def told(self) -> dict[str, Any]:
        """The answer to a script."""
        if self.fault:
            return {"fault": self.fault, "reason": self.wants_reason}
        return {"saved": self.saved, "known": self.known} | ({"note": self.note} if self.note else {})


def _unreadable(form: ScoreForm) -> _Tried:
    """A text that is too long: of the reason, or of a step that is none."""
    said = next(iter(form.reason.errors), "")
    return _Tried(fault=said or sentence_of(StepUnknown()), wants_reason=bool(said), status=422)


def _save(form: ScoreForm, ad_id: UUID, application_id: UUID, criterion_id: UUID) -> _Tried:
    """Save it, of two tabs the last click, and say so where the page showed something old."""
    typed: dict[str, Any] = {
        "application_id": application_id,
        "criterion_id": criterion_id,
        "reason": form.reason.data or "",
        "material": read_material(form.material.data),
    }
    try:
        with unit_of_work() as session:
            case, at = fresh(session, ad_id), clock.now()
            judged = _judged(case, criterion_id)
            former = _former(case, application_id, criterion_id)
            if judged == "finns":
                present = read_presence(form.step.data or "")
                score = services.save_presence(session, case=case, present=present, at=at, **typed)
            else:
                score = services.save_step(session, case=case, step=read_step(form.step.data or ""), at=at, **typed)
            own = Mark(score.id, score.step, score.present, score.saved_at, score.material)
    except Refusal as refusal:
        if refusal.status == 404:
            abort(404)
        wants_reason = isinstance(refusal, ReasonNeeded)
        status = 409 if refusal.status == 409 else 422
        return _Tried(fault=sentence_of(refusal), wants_reason=wants_reason, status=status)
    note = _overtaken(form, judged, former, own)
    return _Tried(saved=f"Sparat {clock_time(own.saved_at)}", known=known_of(judged, own), note=note)


def _former(case: Case, application_id: UUID, criterion_id: UUID) -> Mark | None:
    if case.member is None:
        return None
    return own_marks(db.session, case.member, [application_id]).get((criterion_id, application_id))


def _overtaken(form: ScoreForm, judged: str, former: Mark | None, own: Mark) -> str:
    """What a page is told that showed something else than what held when it saved."""
    same = former is not None and (former.step, former.present) == (own.step, own.present)
    if former is None or same or "known" not in request.form or form.known.data == known_of(judged, former):
        return ""
    was, now = (words_of(judged, one.step, one.present) for one in (former, own))
    when = clock_time(former.saved_at)
    return f"I en annan flik eller enhet satte du {was} kl. {when}. Nu gäller {now}. Båda finns kvar i historiken."


def _judged(case: Case, criterion_id: UUID) -> str:
    found = next((row for row in criteria_of(db.session, case.ad.id) if row.id == criterion_id), None)
    if found is None:
        abort(404)
    return found.judged


def _require_scorable(case: Case, application_id: UUID) -> None:
    known = case.application(application_id) is not None and may_score(case.standing, application_id)
    if not known or not case.may_be_assessed(clock.now()):
        abort(404)


def _desk(case: Case, application_id: UUID, criterion_id: UUID, waiting: str | None = None) -> Desk:
    _require_scorable(case, application_id)
    desk = lay_out(case, application_id, criterion_id, request.args, waiting)
    if desk is None:
        abort(404)
    count_opening(application_id)
    return desk


def _next(case: Case, mode: Mode, after: Place | None = None) -> Place | None:
    """What is next to judge. Of whom has fallen on a krav nothing more is asked."""
    assert case.member is not None
    criteria = [row.id for row in krav_first(list(criteria_of(db.session, case.ad.id)))]
    asked = [row.id for row in case.to_judge if not row.fallen]
    scored = scored_places(db.session, case.member)
    return next_missing(walk(criteria, shuffled(case.member.id, asked), mode), scored, after)


def _address(case: Case, place: Place | None, mode: Mode, shown: str = "") -> str:
    """Of the page of a place; of the own matrix where nothing is left."""
    return score_url(case, place, mode, shown) if place else url_for("review.own", ad_id=case.ad.id)
