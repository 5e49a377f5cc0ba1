"""The short pages where the parts of an ad are written, one by one."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from flask import request, url_for
from werkzeug.utils import redirect

from portal import clock
from portal.ads.forms.fields import FIRST_DAY, LAST_DAY, SharedForm
from portal.ads.forms.parts import (
    DocumentsForm,
    EmployerForm,
    ExtentForm,
    SalaryForm,
    TasksForm,
    TermForm,
    TitleForm,
)
from portal.ads.models import Ad
from portal.ads.routes.beside import as_typed
from portal.ads.routes.blueprint import ads
from portal.ads.routes.comparison import comparison_for
from portal.ads.routes.office import Page, by, own_ad, say
from portal.ads.routes.opened import Opened, onward, opened, part_page, save
from portal.ads.routes.reasoned import reasoned
from portal.ads.services.parts import EmployerNotChosen, save_part, save_term, set_employer
from portal.ads.term import TermPlan, plan_term
from portal.db import db
from portal.organisations.access import may_run_recruitment
from portal.organisations.models import Party
from portal.posts.employer_model import AUTHORITY, COMPARED_IN, PARTY, Employer
from portal.swedish_dates import swedish_day
from portal.web.guards import staff

PLACE = "/arbete/rekryteringar/<uuid:ad_id>/annons"
METHODS = ["GET", "POST"]


@ads.route(f"{PLACE}/arbetsgivare", methods=METHODS)
@staff(may_run_recruitment)
def edit_employer(ad_id: UUID) -> Page:
    """Who employs: all that follows is shown beside the choice."""
    of = opened(ad_id, "employer")
    ad = of.ad
    party = db.session.get_one(Party, ad.party_id)
    form = EmployerForm(data=_values(of), authority_name=party.authority.name, party_name=party.name)
    comparison = comparison_for(party, party.authority, on=clock.today(), starts=ad.earliest_start)
    if form.validate_on_submit():
        retention = (form.retention_months.data, str(form.retention_rule.data))
        verb = partial(set_employer, ad_id=ad_id, employer=Employer(form.employer.data), retention=retention, **by())
        if save(of, verb, form):
            return onward(of)
    return part_page(of, form, comparison=comparison, models=(AUTHORITY, PARTY), compared_in=COMPARED_IN)


@ads.route(f"{PLACE}/omfattning", methods=METHODS)
@staff(may_run_recruitment)
def edit_extent(ad_id: UUID) -> Page:
    """How much, when on the day, and where."""
    of = opened(ad_id, "extent")
    form = ExtentForm(data=_values(of))
    remote = {"yes": True, "no": False}.get(form.remote.data or "")
    return _simple(of, form, {**_data(of, form), "remote": remote})


@ads.route(f"{PLACE}/lon", methods=METHODS)
@staff(may_run_recruitment)
def edit_salary(ad_id: UUID) -> Page:
    """What it pays."""
    of = opened(ad_id, "salary")
    form = SalaryForm(data=_values(of))
    return _simple(of, form, _data(of, form))


@ads.route(f"{PLACE}/rubrik", methods=METHODS)
@staff(may_run_recruitment)
def edit_title(ad_id: UUID) -> Page:
    """The heading and what stands first."""
    of = opened(ad_id, "title")
    form = TitleForm(data=_values(of))
    return _simple(of, form, _data(of, form))


@ads.route(f"{PLACE}/arbetsuppgifter", methods=METHODS)
@staff(may_run_recruitment)
def edit_tasks(ad_id: UUID) -> Page:
    """What the work consists of."""
    of = opened(ad_id, "tasks")
    form = TasksForm(data=_values(of))
    lines = [line.strip(" \t-–•*·") for line in (form.tasks.data or "").split("\n")]
    return _simple(of, form, {"tasks": [line for line in lines if line]})


@ads.route(f"{PLACE}/handlingar", methods=METHODS)
@staff(may_run_recruitment)
def edit_documents(ad_id: UUID) -> Page:
    """What is to be sent in."""
    of = opened(ad_id, "documents")
    form = DocumentsForm(data=_values(of))
    return _simple(of, form, _data(of, form))


@ads.route(f"{PLACE}/slutdatum", methods=METHODS)
@staff(may_run_recruitment)
def edit_term(ad_id: UUID) -> Page:
    """Start and end. The last possible day and why is shown before anything is typed; a later one is refused."""
    of, on = opened(ad_id, "term"), clock.today()
    form = TermForm(data=_values(of))
    repaired = _repaired(form)
    valid = request.method == "POST" and form.validate()
    values = {**_data(of, form), "start_agreed": form.start_agreed.data != "no"}
    only_asked = valid and "count" in request.form
    verb = partial(save_term, ad_id=ad_id, values=values, on=on, **by())
    if valid and not only_asked and save(of, verb, form, frozenset(["latest_end"] if repaired else [])):
        if repaired is None:
            return onward(of)
        say(f"Slutdatum är nu {swedish_day(repaired)}.")
        return redirect(url_for("ads.edit_term", ad_id=ad_id), 303)
    ad = own_ad(ad_id)
    plan = _plan(ad, form, on)
    return part_page(
        of, form, only_asked=only_asked, plan=plan, reasoned=plan and reasoned(plan, on=on),
        repair=_repair(plan), no_employer=None if ad.employer else EmployerNotChosen().sentence,
    )  # fmt: skip


def _simple(of: Opened, form: SharedForm, values: dict[str, Any]) -> Page:
    """A part whose fields are stored as they are."""
    verb = partial(save_part, ad_id=of.ad.id, part=of.part, values=values, **by())
    if form.validate_on_submit() and save(of, verb, form):
        return onward(of)
    return part_page(of, form)


def _plan(ad: Ad, form: TermForm, on: date) -> TermPlan | None:
    if not ad.employer:
        return None
    starts = form.earliest_start.data
    return plan_term(
        employer=ad.employer, on=on, deadline=ad.deadline, decided=form.expected_decision.data,
        starts=starts if starts and starts >= on else None, ends=form.latest_end.data, form=form.employment_form.data or "",
    )  # fmt: skip


def _repair(plan: TermPlan | None) -> dict[str, str] | None:
    """The button that puts the last possible day in place of a later one."""
    if plan is None or plan.limit is None or not plan.wish_past_stop or plan.starts > plan.limit.latest_end:
        return None
    last = plan.limit.latest_end
    return {"text": f"Använd {swedish_day(last)}", "name": "use_end", "value": last.isoformat()}


def _repaired(form: TermForm) -> date | None:
    text = request.form.get("use_end", "")
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        return None
    if day is not None:
        form.latest_end.data, form.latest_end.raw_data = day, None
    return day


def _values(of: Opened) -> dict[str, Any]:
    return as_typed({name: getattr(of.ad, name) for name in of.part.fields})


def _data(of: Opened, form: SharedForm) -> dict[str, Any]:
    return {name: form[name].data for name in of.part.fields}
