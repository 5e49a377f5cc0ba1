"""The page of the decision behind an employment, or behind what has changed one: read by party and authority, written by the
party's office."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import clock
from portal.contracts.access import may_read_employments, may_write_decisions
from portal.contracts.acts.kinds import is_decided
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.queries.rows import act_of, is_taken_back
from portal.contracts.decision import forms
from portal.contracts.decision.models import DecisionRow
from portal.contracts.decision.queries import decision_of
from portal.contracts.decision.refusals import DecisionMoved
from portal.contracts.decision.services.appealing import confirm_no_appeal, drop_appeal, note_appeal
from portal.contracts.decision.services.ruling import close_appeal, is_disposed_since, set_aside, take_back_ruling
from portal.contracts.decision.services.writing import write_announcement, write_decision
from portal.contracts.queries import Employed, employments_of
from portal.contracts.routes import contracts
from portal.contracts.routes.aside import has_conflict, told_of_conflict, unless_competing, unless_concerned
from portal.contracts.routes.decided import facts_of, heading_of, rule_of
from portal.contracts.routes.decision_beside import marks_of, show_beside, standing_marks, typed_in_vain
from portal.db import db, unit_of_work
from portal.posts.employer_model import Employer
from portal.refusal import Refusal
from portal.web.filters import sentence_of
from portal.web.forms import HouseForm, PressForm
from portal.web.guards import staff
from portal.web.readings import reads
from portal.web.shared import NOTHING_OWN, seen_by_page

OF_EMPLOYMENT = "/arbete/anstallningar/<uuid:employment_id>/beslut"
OF_ACT = f"{OF_EMPLOYMENT}/<int:number>"  # of what has changed it; the employment itself is 0, which no address says
Verb = Callable[[Session], DecisionRow | None]
Of = tuple[UUID, int]


@contracts.get(OF_EMPLOYMENT, defaults={"number": 0})
@contracts.get(OF_ACT)
@staff(may_read_employments)
@unless_competing
@reads("employment.decision_read", of="employment_id")
def decision(employment_id: UUID, number: int) -> ResponseReturnValue:
    """The decision, what became of it, and for the office what can be written down next."""
    return _page((employment_id, number))


@contracts.post(OF_EMPLOYMENT, defaults={"number": 0})
@contracts.post(OF_ACT)
@staff(may_write_decisions)
@unless_concerned
def decision_post(employment_id: UUID, number: int) -> ResponseReturnValue:
    """Write the decision down or correct it."""
    form = _kind_of(_employed(employment_id))()
    begun_before = form.begun_before.data
    if number:
        forms.without_day(form)
    return _tried(
        (employment_id, number), form, "decided", "Beslutet är inskrivet.",
        lambda session: write_decision(
            session, decision=form.decision(), seen=seen_by_page(), begun_before=begun_before,
            **_about(employment_id, number),
        ),
    )  # fmt: skip


@contracts.post(f"{OF_EMPLOYMENT}/anslag", defaults={"number": 0})
@contracts.post(f"{OF_ACT}/anslag")
@staff(may_write_decisions)
@unless_concerned
def announcement_post(employment_id: UUID, number: int) -> ResponseReturnValue:
    """Write down when it was reported, and when the justering was announced."""
    form = forms.AnnouncementForm()
    return _tried(
        (employment_id, number), form, "announced", "Sparat.",
        lambda session: write_announcement(session, said=form.said(), seen=seen_by_page(), **_about(employment_id, number)),
    )  # fmt: skip


@contracts.post(f"{OF_EMPLOYMENT}/laga-kraft", defaults={"number": 0})
@contracts.post(f"{OF_ACT}/laga-kraft")
@staff(may_write_decisions)
@unless_concerned
def none_came_post(employment_id: UUID, number: int) -> ResponseReturnValue:
    """Confirm that nobody has appealed."""
    return _tried(
        (employment_id, number), forms.NoneCameForm(), "none_came", "Beslutet har vunnit laga kraft.",
        lambda session: confirm_no_appeal(session, **_about(employment_id, number)),
    )  # fmt: skip


@contracts.post(f"{OF_EMPLOYMENT}/overklagande", defaults={"number": 0})
@contracts.post(f"{OF_ACT}/overklagande")
@staff(may_write_decisions)
@unless_concerned
def appeal_post(employment_id: UUID, number: int) -> ResponseReturnValue:
    """Write down that an appeal has come."""
    form = forms.AppealForm()
    return _tried(
        (employment_id, number), form, "came", "Överklagandet är inskrivet.",
        lambda session: note_appeal(
            session, came=form.came.data or date.min, case_number=form.case_number.data or "", seen=seen_by_page(),
            **_about(employment_id, number),
        ),
    )  # fmt: skip


@contracts.post(f"{OF_EMPLOYMENT}/overklagande/avgjort", defaults={"number": 0})
@contracts.post(f"{OF_ACT}/overklagande/avgjort")
@staff(may_write_decisions)
@unless_concerned
def court_done_post(employment_id: UUID, number: int) -> ResponseReturnValue:
    """The court is done, and the decision stands."""
    form = forms.CourtDoneForm()
    return _tried(
        (employment_id, number), form, "stands", "Beslutet har vunnit laga kraft.",
        lambda session: close_appeal(
            session, final_on=form.stands.data or date.min, seen=seen_by_page(), **_about(employment_id, number)
        ),
    )  # fmt: skip


@contracts.post(f"{OF_EMPLOYMENT}/overklagande/upphavt", defaults={"number": 0})
@contracts.post(f"{OF_ACT}/overklagande/upphavt")
@staff(may_write_decisions)
@unless_concerned
def set_aside_post(employment_id: UUID, number: int) -> ResponseReturnValue:
    """The court is done, and the decision does not stand."""
    form = forms.SetAsideForm()
    return _tried(
        (employment_id, number), form, "ruled", "Beslutet är upphävt.",
        lambda session: set_aside(
            session, ruled_on=form.ruled.data or date.min, seen=seen_by_page(), **_about(employment_id, number)
        ),
    )  # fmt: skip


@contracts.post(f"{OF_EMPLOYMENT}/overklagande/aterta", defaults={"number": 0})
@contracts.post(f"{OF_ACT}/overklagande/aterta")
@staff(may_write_decisions)
@unless_concerned
def ruling_taken_back_post(employment_id: UUID, number: int) -> ResponseReturnValue:
    """What the court came to was written down by mistake."""
    about = _about(employment_id, number)
    del about["on"]
    return _tried(
        (employment_id, number), PressForm(), "", "Domstolens avgörande är borttaget. Beslutet står som överklagat.",
        lambda session: take_back_ruling(session, seen=seen_by_page(), **about),
    )  # fmt: skip


@contracts.post(f"{OF_EMPLOYMENT}/overklagande/ta-bort", defaults={"number": 0})
@contracts.post(f"{OF_ACT}/overklagande/ta-bort")
@staff(may_write_decisions)
@unless_concerned
def drop_appeal_post(employment_id: UUID, number: int) -> ResponseReturnValue:
    """An appeal was written down by mistake."""
    about = _about(employment_id, number)
    del about["on"]
    return _tried(
        (employment_id, number), PressForm(), "", "Överklagandet är borttaget.",
        lambda session: drop_appeal(session, seen=seen_by_page(), **about),
    )  # fmt: skip


def _about(employment_id: UUID, number: int) -> dict[str, Any]:
    return {"employment_id": employment_id, "act": number, "actor": g.actor, "at": clock.now(), "on": clock.today()}


def _employed(employment_id: UUID) -> Employed:
    found = next(iter(employments_of(db.session, employment_id)), None)
    if found is None:
        abort(404)
    return found


def _act(of: Of) -> EmploymentAct | None:
    """What has changed the employment; None where the decision is the employment's own, 404 where nobody decides it."""
    found = act_of(db.session, *of) if of[1] else None
    if of[1] and (found is None or not is_decided(found.kind, found.notice_by)):
        abort(404)
    return found


def _kind_of(one: Employed) -> type[forms.PartyDecisionForm]:
    return forms.AuthorityDecisionForm if one.row.employer == Employer.AUTHORITY else forms.PartyDecisionForm


def _tried(of: Of, form: HouseForm, first_field: str, done: str, verb: Verb) -> ResponseReturnValue:
    """Do it and lead back to the page; or the page again, with what was wrong beside its field."""
    if not form.validate_on_submit():
        return _page(of, form, status=422)
    fault = ""
    try:
        with unit_of_work() as session:
            if verb(session) is None:
                abort(404)
    except DecisionMoved as moved:
        row = decision_of(db.session, *of)
        if row is not None and moved.asks:
            show_beside(form, row, moved.written)
            return _page(of, form, status=moved.status, fault=sentence_of(moved))
        flash(NOTHING_OWN, "note")
        return redirect(_there(of), 303)
    except Refusal as refusal:
        fault = sentence_of(refusal)
        field = refusal.field if refusal.field in form else first_field
        if field in form:
            form[field].errors = [*form[field].errors, fault]
            fault = ""
        return _page(of, form, status=refusal.status, fault=fault)
    flash(done, "good")
    return redirect(_there(of), 303)


def _there(of: Of) -> str:
    return url_for("contracts.decision", employment_id=of[0], number=of[1])


def _page(of: Of, filled: HouseForm | None = None, *, status: int = 200, fault: str = "") -> ResponseReturnValue:
    """``filled`` is the form that did not go through; the others stand as what is written down has them."""
    one, act = _employed(of[0]), _act(of)
    row, on, decided = decision_of(db.session, *of), clock.today(), (act or one.row).decided_on
    rule, facts = rule_of(db.session, one.row), facts_of(db.session, one, row, decided=decided, on=on)
    gone = act is not None and is_taken_back(db.session, act)
    in_vain = typed_in_vain(filled, row, facts["stage"], gone=gone)
    if in_vain and filled is not None:
        fault = fault or next((str(field.errors[0]) for field in filled if field.errors), "")
    page = {
        "one": one,
        "act": act,
        "gone": gone,
        "heading": heading_of(act),
        "row": row,
        "filled": filled,
        "fault": fault,
        "in_vain": in_vain,
        "standing": standing_marks(row),
        "ruled": row is not None and row.appealed_on is not None and row.final_on is not None,
        "disposed": row is not None and is_disposed_since(db.session, row),
        "may_write": may_write_decisions(g.actor) and not has_conflict() and not gone,
        **told_of_conflict(),
        "rule": rule,
        **facts,
        **_forms(one, act, row, filled),
        "current": "employments",
    }
    return render_template("contracts/decision.html", **page), status


def _forms(
    one: Employed, act: EmploymentAct | None, row: DecisionRow | None, filled: HouseForm | None
) -> dict[str, HouseForm]:
    first = {"decided": (act or one.row).decided_on}  # no point of delegation: a rule's source is none
    kinds: dict[str, tuple[type[HouseForm], dict[str, Any]]] = {
        "form": (_kind_of(one), forms.recorded(row) if row else first),
        "announcement": (forms.AnnouncementForm, forms.became(row) if row else {}),
        "none_came": (forms.NoneCameForm, {}),
        "appeal": (forms.AppealForm, {"came": row.appealed_on, "case_number": row.case_number} if row else {}),
        "court_done": (forms.CourtDoneForm, {"stands": row.final_on} if row else {}),
        "set_aside": (forms.SetAsideForm, {"ruled": row.final_on} if row else {}),
    }
    made: dict[str, Any] = {
        name: filled if type(filled) is kind else kind(formdata=None, data=data) for name, (kind, data) in kinds.items()
    }
    if act is not None and made["form"] is not filled:
        forms.without_day(made["form"])
    for form in (made["form"], made["announcement"]):
        if form.marks is None:
            form.marks = (form is filled and request.form.get("marks")) or marks_of(form, row, first)
    return made
