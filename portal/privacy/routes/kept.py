"""/arbete/sparade: how long applications are kept, recruitment by recruitment, and what a person can decide of it."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.guards import confirmed
from portal.accounts.step_up import Reason
from portal.db import db, unit_of_work
from portal.privacy.access import may_decide_retention, may_lift_hold, may_read_retention
from portal.privacy.forms import HoldForm, PostponeForm, StartForm
from portal.privacy.queries import holds_of, kept_cases
from portal.privacy.routes.blueprint import privacy
from portal.privacy.routes.kept_page import CASE, KEPT, page_of
from portal.privacy.services.holding import lift_hold, postpone, say_start, set_hold
from portal.privacy.wording import grouped
from portal.refusal import Refusal
from portal.review.queries.case import Case
from portal.review.queries.labels import labels_of
from portal.review.queries.person import applied_under
from portal.review.routes.blueprint import in_case
from portal.web.filters import sentence_of
from portal.web.forms import HouseForm, PressForm
from portal.web.guards import staff
from portal.web.readings import reads

STOPPED_FOR_ALL: Final = "Stoppat. Inga ansökningar tas bort förrän någon häver det."
STOPPED_FOR_ONE: Final = (
    "Stoppat för en sökande. De andras ansökningar tas bort på sin dag; ska de också finnas kvar, stoppa alla."
)
LIFTED: Final = (
    "Hävt. Är tiden ute får ni veta två veckor innan något tas bort. "
    "Det som ligger låst finns kvar minst två veckor till."
)


@privacy.get(KEPT)
@staff(may_read_retention)
def kept() -> ResponseReturnValue:
    """What goes within two weeks, what later, what waits for a day and what is stopped."""
    party = g.membership.party
    own = applied_under(db.session, g.actor.person_id, (party.id, party.authority_id))
    shown = [one for one in kept_cases(db.session) if one.ad_id not in own]
    return render_template("privacy/kept.html", groups=grouped(shown, clock.today()), current="recruitments")


@privacy.get(CASE)
@in_case(may_decide_retention)
@reads("retention.read", of="ad_id")
def case(case: Case) -> ResponseReturnValue:
    """One recruitment."""
    return page_of(case)


@privacy.post(f"{CASE}/spara-langre")
@in_case(may_decide_retention)
def postpone_case(case: Case) -> ResponseReturnValue:
    """Keep the applications until a later day."""
    form = PostponeForm()
    said = {"until": form.until.data, "reason": form.reason.data or "", "seen": request.form.get("seen")}
    return _tried(case, form, "Sparat. Ni får veta två veckor före den nya dagen.", postpone, **said)


@privacy.post(f"{CASE}/stoppa")
@in_case(may_decide_retention)
def hold(case: Case) -> ResponseReturnValue:
    """Let nothing go until somebody lifts the hold."""
    form = HoldForm()
    form.offer(labels_of(db.session, case, case.listed))
    if not form.validate_on_submit():
        return page_of(case, form, status=422)
    said = {"application_id": form.application_id, "reason": form.why.data or ""}
    return _tried(case, form, STOPPED_FOR_ONE if form.application_id else STOPPED_FOR_ALL, set_hold, **said)


@privacy.post(f"{CASE}/stoppa/<uuid:hold_id>/hav")
@in_case(may_decide_retention)
@confirmed(Reason.DELETION)
def lift(case: Case, hold_id: UUID) -> ResponseReturnValue:
    """Let the clock decide again."""
    holds = {row.id: row.application_id for row in holds_of(db.session, case.ad.id)}
    if hold_id in holds and not may_lift_hold(case.standing, holds[hold_id]):
        abort(404)
    return _tried(case, PressForm(), LIFTED, lift_hold, hold_id=hold_id)


@privacy.post(f"{CASE}/raknas-fran")
@in_case(may_decide_retention)
def start_case(case: Case) -> ResponseReturnValue:
    """From which day it is counted, where nobody was employed."""
    form = StartForm()
    said = {"day": form.day.data, "basis": form.basis.data or "", "seen": request.form.get("seen")}
    return _tried(case, form, "Sparat.", say_start, **said)


def _tried(case: Case, form: HouseForm, done: str, verb: Callable[..., object], **said: Any) -> ResponseReturnValue:
    """Do it and lead back to the page; or the page again, with what was wrong beside its field."""
    if not form.validate_on_submit():
        return page_of(case, form, status=422)
    try:
        with unit_of_work() as session:
            if verb(session, ad_id=case.ad.id, actor=g.actor, at=clock.now(), **said) is None:
                abort(404)
    except Refusal as refusal:
        fault = sentence_of(refusal)
        if refusal.field and refusal.field in form:
            form[refusal.field].errors = [*form[refusal.field].errors, fault]
            fault = ""
        return page_of(case, form, status=refusal.status, fault=fault)
    flash(done, "good")
    return redirect(url_for("privacy.case", ad_id=case.ad.id), 303)
