"""The page of the decision behind an employment: read by party and authority, written by the party's office."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from portal import clock
from portal.contracts.access import may_read_employments, may_write_decisions
from portal.contracts.decision import forms
from portal.contracts.decision.models import EmploymentDecision
from portal.contracts.decision.queries import decision_of
from portal.contracts.decision.refusals import DecisionMoved
from portal.contracts.decision.services.appealing import close_appeal, confirm_no_appeal, drop_appeal, note_appeal
from portal.contracts.decision.services.writing import write_announcement, write_decision
from portal.contracts.queries import Employed, employments_of
from portal.contracts.routes import contracts
from portal.contracts.routes.aside import has_conflict, unless_competing, unless_concerned
from portal.contracts.routes.decided import facts_of, rule_of
from portal.contracts.routes.decision_beside import marks_of, show_beside, standing_marks, typed_in_vain
from portal.db import db, unit_of_work
from portal.posts.employer_model import Employer
from portal.refusal import Refusal
from portal.web.filters import sentence_of
from portal.web.guards import staff
from portal.web.readings import reads
from portal.web.shared import NOTHING_OWN, seen_by_page

Verb = Callable[[Session], EmploymentDecision | None]


@contracts.get("/arbete/anstallningar/<uuid:employment_id>/beslut")
@staff(may_read_employments)
@unless_competing
@reads("employment.decision_read", of="employment_id")
def decision(employment_id: UUID) -> ResponseReturnValue:
    """The decision, what became of it, and for the office what can be written down next."""
    return _page(employment_id)


@contracts.post("/arbete/anstallningar/<uuid:employment_id>/beslut")
@staff(may_write_decisions)
@unless_concerned
def decision_post(employment_id: UUID) -> ResponseReturnValue:
    """Write the decision down or correct it."""
    form = _decision_form(_employed(employment_id))()
    return _tried(
        employment_id, form, "decided", "Beslutet är inskrivet.",
        lambda session: write_decision(
            session, decision=form.decision(), seen=seen_by_page(), begun_before=form.begun_before.data,
            **_about(employment_id),
        ),
    )  # fmt: skip


@contracts.post("/arbete/anstallningar/<uuid:employment_id>/beslut/anslag")
@staff(may_write_decisions)
@unless_concerned
def announcement_post(employment_id: UUID) -> ResponseReturnValue:
    """Write down when it was reported, and when the justering was announced."""
    form = forms.AnnouncementForm()
    return _tried(
        employment_id, form, "announced", "Sparat.",
        lambda session: write_announcement(session, said=form.said(), seen=seen_by_page(), **_about(employment_id)),
    )  # fmt: skip


@contracts.post("/arbete/anstallningar/<uuid:employment_id>/beslut/laga-kraft")
@staff(may_write_decisions)
@unless_concerned
def none_came_post(employment_id: UUID) -> ResponseReturnValue:
    """Confirm that nobody has appealed."""
    return _tried(
        employment_id, forms.NoneCameForm(), "none_came", "Beslutet har vunnit laga kraft.",
        lambda session: confirm_no_appeal(session, **_about(employment_id)),
    )  # fmt: skip


@contracts.post("/arbete/anstallningar/<uuid:employment_id>/beslut/overklagande")
@staff(may_write_decisions)
@unless_concerned
def appeal_post(employment_id: UUID) -> ResponseReturnValue:
    """Write down that an appeal has come."""
    form = forms.AppealForm()
    return _tried(
        employment_id, form, "came", "Överklagandet är inskrivet.",
        lambda session: note_appeal(
            session, came=form.came.data or date.min, case_number=form.case_number.data or "", seen=seen_by_page(),
            **_about(employment_id),
        ),
    )  # fmt: skip


@contracts.post("/arbete/anstallningar/<uuid:employment_id>/beslut/overklagande/avgjort")
@staff(may_write_decisions)
@unless_concerned
def court_done_post(employment_id: UUID) -> ResponseReturnValue:
    """The court is done, and the decision stands."""
    form = forms.CourtDoneForm()
    return _tried(
        employment_id, form, "stands", "Beslutet har vunnit laga kraft.",
        lambda session: close_appeal(
            session, final_on=form.stands.data or date.min, seen=seen_by_page(), **_about(employment_id)
        ),
    )  # fmt: skip


@contracts.post("/arbete/anstallningar/<uuid:employment_id>/beslut/overklagande/ta-bort")
@staff(may_write_decisions)
@unless_concerned
def drop_appeal_post(employment_id: UUID) -> ResponseReturnValue:
    """An appeal was written down by mistake."""
    about = _about(employment_id)
    del about["on"]
    return _tried(
        employment_id, FlaskForm(), "", "Överklagandet är borttaget.",
        lambda session: drop_appeal(session, seen=seen_by_page(), **about),
    )  # fmt: skip


def _about(employment_id: UUID) -> dict[str, Any]:
    return {"employment_id": employment_id, "actor": g.actor, "at": clock.now(), "on": clock.today()}


def _employed(employment_id: UUID) -> Employed:
    found = next(iter(employments_of(db.session, employment_id)), None)
    if found is None:
        abort(404)
    return found


def _decision_form(one: Employed) -> type[forms.PartyDecisionForm]:
    return forms.AuthorityDecisionForm if one.row.employer == Employer.AUTHORITY else forms.PartyDecisionForm


def _tried(employment_id: UUID, form: FlaskForm, first_field: str, done: str, verb: Verb) -> ResponseReturnValue:
    """Do it and lead back to the page; or the page again, with what was wrong beside its field."""
    if not form.validate_on_submit():
        return _page(employment_id, form, status=422)
    fault = ""
    try:
        with unit_of_work() as session:
            if verb(session) is None:
                abort(404)
    except DecisionMoved as moved:
        row = decision_of(db.session, employment_id)
        if row is not None and moved.asks:
            show_beside(form, row, moved.written)
            return _page(employment_id, form, status=moved.status, fault=sentence_of(moved))
        flash(NOTHING_OWN, "note")
        return redirect(url_for("contracts.decision", employment_id=employment_id), 303)
    except Refusal as refusal:
        fault = sentence_of(refusal)
        field = refusal.field if refusal.field in form else first_field
        if field in form:
            form[field].errors = [*form[field].errors, fault]
            fault = ""
        return _page(employment_id, form, status=refusal.status, fault=fault)
    flash(done, "good")
    return redirect(url_for("contracts.decision", employment_id=employment_id), 303)


def _page(
    employment_id: UUID, filled: FlaskForm | None = None, *, status: int = 200, fault: str = ""
) -> ResponseReturnValue:
    """``filled`` is the form that did not go through; the others stand as what is written down has them."""
    one = _employed(employment_id)
    row, on = decision_of(db.session, employment_id), clock.today()
    rule, facts = rule_of(db.session, one.row), facts_of(db.session, one, row, on=on)
    in_vain = typed_in_vain(filled, row, facts["stage"])
    if in_vain and filled is not None:
        fault = fault or next((str(field.errors[0]) for field in filled if field.errors), "")
    page = {
        "one": one,
        "row": row,
        "filled": filled,
        "fault": fault,
        "in_vain": in_vain,
        "standing": standing_marks(row),
        "may_write": may_write_decisions(g.actor) and not has_conflict(),
        "has_conflict": has_conflict(),
        "rule": rule,
        **facts,
        **_forms(one, row, rule.delegation, filled),
        "current": "employments",
    }
    return render_template("contracts/decision.html", **page), status


def _forms(
    one: Employed, row: EmploymentDecision | None, delegation: str, filled: FlaskForm | None
) -> dict[str, FlaskForm]:
    first = {"decided": one.row.decided_on, "delegation": delegation}
    kinds: dict[str, tuple[type[FlaskForm], dict[str, Any]]] = {
        "form": (_decision_form(one), forms.recorded(row) if row else first),
        "announcement": (forms.AnnouncementForm, forms.became(row) if row else {}),
        "none_came": (forms.NoneCameForm, {}),
        "appeal": (forms.AppealForm, {"came": row.appealed_on, "case_number": row.case_number} if row else {}),
        "court_done": (forms.CourtDoneForm, {}),
    }
    made: dict[str, Any] = {
        name: filled if type(filled) is kind else kind(formdata=None, data=data) for name, (kind, data) in kinds.items()
    }
    for form in (made["form"], made["announcement"]):
        if form.marks is None:
            form.marks = (form is filled and request.form.get("marks")) or marks_of(form, row, first)
    return made
