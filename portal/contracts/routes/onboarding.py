"""The page of an employment's first days: read by party and authority, written by the party's office."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import clock
from portal.contracts.access import may_read_employments, may_write_onboarding
from portal.contracts.onboarding.forms import DoneForm, LeaveOutForm, MoveForm, StepForm
from portal.contracts.onboarding.services.listing import add_step, begin_onboarding, move_step, remove_step
from portal.contracts.onboarding.services.ticking import leave_out_step, tick_step, undo_step
from portal.contracts.routes import contracts
from portal.contracts.routes.aside import unless_competing
from portal.contracts.routes.onboarding_page import page_of
from portal.db import unit_of_work
from portal.refusal import Refusal
from portal.web.filters import sentence_of
from portal.web.forms import HouseForm, PressForm
from portal.web.guards import staff
from portal.web.readings import reads

LIST = "/arbete/anstallningar/<uuid:employment_id>/introduktion"
STEP = f"{LIST}/<uuid:step_id>"


@contracts.get(LIST)
@staff(may_read_employments)
@unless_competing
@reads("onboarding.read", of="employment_id")
def onboarding(employment_id: UUID) -> ResponseReturnValue:
    """The steps in order, with what became of each."""
    return page_of(employment_id)


@contracts.post(LIST)
@staff(may_write_onboarding)
@unless_competing
def onboarding_begin(employment_id: UUID) -> ResponseReturnValue:
    """Copy the steps of the rules; or begin an empty list where they say nothing."""
    return _tried(employment_id, PressForm(), "Introduktionen är påbörjad.", begin_onboarding)


@contracts.post(f"{LIST}/steg")
@staff(may_write_onboarding)
@unless_competing
def onboarding_add(employment_id: UUID) -> ResponseReturnValue:
    """Write a step of the office's own."""
    form = StepForm()
    said = {"what": form.what.data or "", "who": form.who.data or "", "due": form.due.data or date.min}
    return _tried(employment_id, form, "Steget är tillagt.", add_step, **said)


@contracts.post(f"{STEP}/klart")
@staff(may_write_onboarding)
@unless_competing
def onboarding_tick(employment_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """A step is done."""
    form = DoneForm()
    done_on = form.done_on.data or date.min
    return _tried(employment_id, form, "Steget är avbockat.", tick_step, step_id=step_id, done_on=done_on)


@contracts.post(f"{STEP}/galler-inte")
@staff(may_write_onboarding)
@unless_competing
def onboarding_leave_out(employment_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """A step does not apply, for a reason."""
    form = LeaveOutForm()
    reason = form.reason.data or ""
    return _tried(employment_id, form, "Sparat.", leave_out_step, step_id=step_id, reason=reason)


@contracts.post(f"{STEP}/angra")
@staff(may_write_onboarding)
@unless_competing
def onboarding_undo(employment_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """A tick was a mistake."""
    return _tried(employment_id, PressForm(), "Steget är kvar att göra igen.", undo_step, step_id=step_id)


@contracts.post(f"{STEP}/dag")
@staff(may_write_onboarding)
@unless_competing
def onboarding_move(employment_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """A step has another day."""
    form = MoveForm()
    return _tried(
        employment_id, form, "Dagen är ändrad.", move_step, step_id=step_id, due=form.due.data or date.min
    )  # fmt: skip


@contracts.post(f"{STEP}/ta-bort")
@staff(may_write_onboarding)
@unless_competing
def onboarding_remove(employment_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """Take away a step of the office's own."""
    return _tried(employment_id, PressForm(), "Steget är borttaget.", remove_step, step_id=step_id)


def _tried(
    employment_id: UUID, form: HouseForm, done: str, verb: Callable[..., object], **said: Any
) -> ResponseReturnValue:
    """Do it and lead back to the page; or the page again, with what was wrong beside its field."""
    step_id = said.get("step_id")
    if not form.validate_on_submit():
        return page_of(employment_id, form, step_id, status=422)
    fault = ""
    try:
        with unit_of_work() as session:
            is_done = _done(session, verb, employment_id, said)
    except Refusal as refusal:
        fault = sentence_of(refusal)
        if refusal.field and refusal.field in form:
            form[refusal.field].errors = [*form[refusal.field].errors, fault]
            fault = ""
        return page_of(employment_id, form, step_id, status=refusal.status, fault=fault)
    if not is_done:
        return page_of(employment_id, form, step_id, status=409)
    flash(done, "good")
    return redirect(url_for("contracts.onboarding", employment_id=employment_id), 303)


def _done(session: Session, verb: Callable[..., object], employment_id: UUID, said: dict[str, Any]) -> bool:
    about = {"employment_id": employment_id, "actor": g.actor, "at": clock.now(), "on": clock.today()}
    return bool(verb(session, **about, **said))
