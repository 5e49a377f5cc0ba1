"""The phases of a recruitment: where it is, who sees what in each, moving on, and dates that move it."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.clock import STOCKHOLM
from portal.db import db, unit_of_work
from portal.refusal import Refusal
from portal.review import services
from portal.review.access import may_move_on
from portal.review.forms.panel import MoveOnForm, PhasePlanForm
from portal.review.phases import NAMES, PLANNED, Phase, PhaseUnknown, later, phases_of, sentence
from portal.review.queries.case import Case
from portal.review.queries.phases import changes_of_phase, plans_of
from portal.review.routes.blueprint import fresh, in_case, review
from portal.review.routes.words import seen_by_whoever_decides
from portal.review.services.moving import planned_texts
from portal.seen import Seen, page_marks, text_of
from portal.web.filters import sentence_of


@review.get("/faser")
@in_case(may_move_on)
def phases(case: Case) -> ResponseReturnValue:
    """Every phase with its sentence, when it began and who moved on to it."""
    return render_template("review/phases.html", **_page(case))


@review.post("/faser/ga-vidare")
@in_case(may_move_on)
def move_on(case: Case) -> ResponseReturnValue:
    """Move on to a later phase. What has been reached already stays so, and is told."""
    form, ad_id = MoveOnForm(), case.ad.id
    try:
        if not form.validate():
            raise PhaseUnknown
        with unit_of_work() as session:
            services.move_on(
                session, case=fresh(session, ad_id), actor=g.actor, to=_phase(form.to.data or ""), at=clock.now()
            )
    except Refusal as refusal:
        return _again(case, refusal)
    flash(f"Rekryteringen är nu i fasen {NAMES[fresh(db.session, ad_id, lock=False).phase].lower()}.", "good")
    return redirect(url_for("review.phases", ad_id=ad_id), 303)


@review.post("/faser/datum")
@in_case(may_move_on)
def plan(case: Case) -> ResponseReturnValue:
    """Keep the dates at which phases begin by themselves."""
    form, ad_id = PhasePlanForm(), case.ad.id
    if not form.validate():
        page = _page(case)  # opened with what it was: what another has set since is still to be told
        opened_with = request.form.get("marks", page["opened_with"])
        return render_template("review/phases.html", **page | {"plan_form": form, "opened_with": opened_with}), 422
    left = later(case.phase, blind=case.blind)
    begins: dict[Phase, datetime | None] = {phase: _instant(form, phase) for phase in PLANNED if phase in left}
    seen = Seen.told(request.form.get("marks"))
    try:
        with unit_of_work() as session:
            services.plan_phases(
                session, case=fresh(session, ad_id), actor=g.actor, begins=begins, at=clock.now(), seen=seen
            )
    except Refusal as refusal:
        _take_in(form, seen, begins, plans_of(db.session, ad_id))
        field = form[f"{refusal.field or PLANNED[0]}_day"]
        field.errors = [*field.errors, sentence_of(refusal)]
        return render_template("review/phases.html", **_page(case) | {"plan_form": form}), 422
    flash("Datumen är sparade.", "good")
    return redirect(url_for("review.phases", ad_id=ad_id), 303)


def _take_in(
    form: PhasePlanForm, seen: Seen, begins: Mapping[Phase, datetime | None], saved: Mapping[Phase, datetime]
) -> None:
    """What nobody has touched here stands as another has saved it: the page is shown as opened with that from now on."""
    stands = _plan_form(dict(saved))
    for phase, begins_at in begins.items():
        if seen.version is not None and seen.shown(phase.value, text_of(begins_at)):
            for name in (f"{phase.value}_day", f"{phase.value}_hour"):
                form[name].data, form[name].raw_data = stands[name].data, None


def _phase(text: str) -> Phase:
    if text not in {phase.value for phase in Phase}:
        raise PhaseUnknown
    return Phase(text)


def _instant(form: PhasePlanForm, phase: Phase) -> datetime | None:
    day, hour = form[f"{phase.value}_day"].data, form[f"{phase.value}_hour"].data
    return None if day is None else datetime.combine(day, time(int(hour[:2])), STOCKHOLM).astimezone(UTC)


def _again(case: Case, refusal: Refusal) -> ResponseReturnValue:
    case = fresh(db.session, case.ad.id, lock=False)
    return render_template("review/phases.html", **_page(case), fault=sentence_of(refusal)), refusal.status


def _page(case: Case) -> dict[str, Any]:
    changes, plans = changes_of_phase(db.session, case.ad.id), plans_of(db.session, case.ad.id)
    left = later(case.phase, blind=case.blind)
    shown = [
        {
            "phase": phase,
            "name": NAMES[phase],
            "sentence": sentence(phase, blind=case.blind),
            "now": phase is case.phase,
            "left": phase in left,
            "change": changes.get(phase),
            "begins_at": _begins(case, phase, plans) if phase in left else None,
        }
        for phase in phases_of(blind=case.blind)
    ]
    over = case.over
    return {
        "case": case,
        "shown": shown,
        "sees": seen_by_whoever_decides(case),
        "plan_form": _plan_form(plans) if not over and set(PLANNED) & set(left) else None,
        "opened_with": page_marks(planned_texts(plans)),
        "plannable": [phase.value for phase in PLANNED if phase in left],
        "ready": case.may_be_assessed(clock.now()) and not over,
        "current": "recruitments",
    }


def _begins(case: Case, phase: Phase, plans: dict[Phase, datetime]) -> datetime | None:
    """When a coming phase begins by itself: a blind one ends with its last minute."""
    begins_at = case.hand_in_by if phase is Phase.OPEN and case.blind else plans.get(phase)
    return begins_at if begins_at is not None and begins_at > clock.now() else None


def _plan_form(plans: dict[Phase, datetime]) -> PhasePlanForm:
    data: dict[str, Any] = {}
    for phase, begins_at in plans.items():
        local = begins_at.astimezone(STOCKHOLM)
        data |= {f"{phase.value}_day": local.date(), f"{phase.value}_hour": f"{local:%H.%M}"}
    return PhasePlanForm(formdata=None, data=data)
