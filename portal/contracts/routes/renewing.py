"""Renewing employments for the next term: many with one decision day, or one with terms of its own."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.contracts.access import may_record_employments
from portal.contracts.acts.kinds import ended_by
from portal.contracts.acts.queries.rows import acts_of
from portal.contracts.forms import UNTICKED, EmploymentForm, PartyRenewalForm, RenewManyForm
from portal.contracts.models import Employment
from portal.contracts.pictures import permanent_words, reasoning_of
from portal.contracts.queries import Employed, employments_of
from portal.contracts.recording.faults import Fault, NothingRecorded
from portal.contracts.recording.same import RENEWED, AlreadyRecorded, beside_in
from portal.contracts.recording.services import other_words
from portal.contracts.renewal.queries import Ending, ending_before, permanent_since, renewals_of
from portal.contracts.renewal.services import Renewal, planned, renew, whom_it_stands_in_for
from portal.contracts.renewal.term import Term, renewal_of, term_to_renew_for
from portal.contracts.routes import contracts
from portal.contracts.routes.aside import left_to_colleagues, unless_concerned
from portal.contracts.routes.employing import as_sent, beside, by_the_days
from portal.contracts.routes.people import others_as_choices
from portal.contracts.routes.renewing_page import (
    day_that_would_do,
    empty_end,
    ended_alone,
    line_of,
    reasonings_of,
    summary_of,
    told_at_fields,
    with_a_way_out,
)
from portal.contracts.terms import Terms
from portal.db import db, unit_of_work
from portal.posts.employer_model import Employer
from portal.refusal import Refusal
from portal.web.filters import sentence_of
from portal.web.guards import staff
from portal.web.readings import reads

MANY = "/arbete/anstallningar/fornya"
ONE = "/arbete/anstallningar/<uuid:employment_id>/fornya"
SUGGESTED = ("decided", "starts", "extent_percent", "earlier_days", "stands_in")
TOLD = "told"  # the number of the notice, or of the earlier end, that the page has told of


@contracts.get(MANY)
@staff(may_record_employments)
@reads("renewals.read")
def renew_many() -> ResponseReturnValue:
    """Who ends with the term, and what a renewal decided to-day would be."""
    form = RenewManyForm(formdata=None, data={"decided": clock.today()})
    return _many(_term(), form, [], 200)


@contracts.post(MANY)
@staff(may_record_employments)
def renew_many_post() -> ResponseReturnValue:
    """Work the terms out anew (*Räkna*), or renew all who are ticked."""
    term, form = _term(), RenewManyForm(formdata=as_sent())
    chosen, moved = _chosen(term)
    if moved:
        return _many(term, form, chosen, 409, moved=moved)
    if not form.validate_on_submit():
        return _many(term, form, chosen, 422, none_chosen="save" in request.form and not chosen)
    if "save" not in request.form or not chosen:
        return _many(term, form, chosen, 422 if "save" in request.form else 200, none_chosen=not chosen)
    try:
        with unit_of_work() as session:
            made = renew(
                session, ids=chosen, terms_of=_by_term(term, form), actor=g.actor, at=clock.now(), on=clock.today(),
                alone=False,
            )  # fmt: skip
            if made is None:
                abort(404)
            count = len(made)
    except NothingRecorded as refusal:
        return _many(term, form, chosen, refusal.status, fault=refusal)
    flash(f"{_counted(count)} för {term.words}. Kvar är beslutet och avtalet för var och en.", "good")
    return redirect(url_for("contracts.employments"), 303)


@contracts.get(ONE)
@staff(may_record_employments)
@unless_concerned
@reads("renewal.read", of="employment_id")
def renew_one(employment_id: UUID) -> ResponseReturnValue:
    """The form, filled with what follows from the former employment; to the renewal where there is one."""
    one = _own(employment_id)
    if (there := renewals_of(db.session, [employment_id]).get(employment_id)) is not None:
        return redirect(url_for("contracts.employment", employment_id=there.id), 303)
    on, term = clock.today(), _term()
    terms = renewal_of(one.row, term, decided=on)
    data = {name: getattr(terms, name) for name in SUGGESTED}
    data["stands_in_for"] = whom_it_stands_in_for(db.session, one.row, starts=terms.starts) or ""
    form = _form(one, formdata=None, data=data)
    plan, against = _planned(one, form)
    return _one(one, term, form, plan, 200, note=against.sentence if against else "")


@contracts.post(ONE)
@staff(may_record_employments)
@unless_concerned
def renew_one_post(employment_id: UUID) -> ResponseReturnValue:
    """Work the limit out anew (*Räkna*), use the latest day, or renew."""
    one, term = _own(employment_id), _term()
    filled = as_sent()
    form = _form(one, formdata=filled)
    if (ended := ended_by(acts_of(db.session, employment_id))) is not None and filled.get(TOLD) != str(ended.number):
        return _one(one, term, form, None, 409)  # the page that was read said nothing of it
    plan = _plan(one, form) if form.validate_on_submit() else None
    if plan is None or "save" not in filled or (plan.fault and not plan.is_there):
        return _one(one, term, form, plan, 422 if plan is None or plan.fault else 200)
    try:
        with unit_of_work() as session:
            made = renew(
                session, ids=[employment_id], terms_of=lambda _row: form.terms(), actor=g.actor, at=clock.now(),
                on=clock.today(), in_place_of=form.in_place_of,
            )  # fmt: skip
            if made is None:
                abort(404)
            renewed_id = made[0].id
    except NothingRecorded as refusal:
        if not renewals_of(db.session, [employment_id]):
            beside(form, refusal.faults[employment_id].field, refusal.faults[employment_id].sentence)
        return _one(one, term, form, None, refusal.status)
    flash(f"Anställningen är förnyad för {term.words}. Kvar är beslutet och avtalet.", "good")
    return redirect(url_for("contracts.employment", employment_id=renewed_id), 303)


def _term() -> Term:
    term = term_to_renew_for(clock.today())
    if term is None:
        abort(404)  # beyond the table of elections nothing is promised
    return term


def _endings(term: Term) -> list[Ending]:
    """Whom the person may renew: not whom they have competed with, or have jäv for."""
    found = ending_before(db.session, term)
    others = left_to_colleagues() if found else ()
    return [each for each in found if each.one.row.id not in others]


def _chosen(term: Term) -> tuple[list[UUID], list[str]]:
    """Who is ticked; and the names of those whose end a colleague has moved since, so that they are not on the page any more.
    Somebody of no employment of one's own is a page that is not there."""
    offered = {str(each.one.row.id): each.one.row.id for each in _endings(term)}
    ticked = list(dict.fromkeys(request.form.getlist("chosen")))
    moved = [text for text in ticked if text not in offered]
    others = left_to_colleagues() if moved else ()
    known = (
        {str(one.row.id): one.name for one in employments_of(db.session) if one.row.id not in others} if moved else {}
    )
    if not set(moved) <= set(known):
        abort(404)
    return [offered[text] for text in ticked if text in offered], [known[text] for text in moved]


def _by_term(term: Term, form: RenewManyForm) -> Any:
    def terms_of(row: Employment) -> Terms:
        return renewal_of(row, term, decided=form.decided.data or date.min, ends=form.ends.data)

    return terms_of


def _many(
    term: Term,
    form: RenewManyForm,
    chosen: list[UUID],
    status: int,
    *,
    none_chosen: bool = False,
    fault: NothingRecorded | None = None,
    moved: Sequence[str] = (),
) -> ResponseReturnValue:
    endings = _endings(term)
    left = [each.one.row.id for each in endings if each.renewed is None]
    plan: dict[UUID, Renewal] = {}
    if form.decided.data is not None:
        found = planned(
            db.session, chosen or left, _by_term(term, form), on=clock.today(), together=bool(chosen), alone=False
        )
        if found is None:
            abort(404)
        plan = {each.former.id: each for each in found}
    faults = fault.faults if fault else {id: each.fault for id, each in plan.items() if each.fault}
    faults = with_a_way_out(faults, plan)
    told = status == 422 or bool(chosen)
    own = told_at_fields(form, faults, plan) if told else faults
    page = {
        "term": term.words,
        "form": form,
        "lines": [line_of(each, plan.get(each.one.row.id), faults, chosen, on=clock.today()) for each in endings],
        "summary": [
            *(("alla", f"{name} slutar inte längre då, och är inte med. Läs igenom och tryck igen.") for name in moved),
            *(summary_of(form, endings, own, none_chosen) if told else []),
        ],
        "reasonings": reasonings_of(endings, plan, on=clock.today()),
        "left": bool(left),
        "empty_end": empty_end(endings),
        "repair": day_that_would_do(form, plan),
        "current": "employments",
    }
    refused = status == 200 and bool(chosen) and bool(faults)
    return render_template("contracts/renew_many.html", **page), 422 if refused else status


def _counted(count: int) -> str:
    return "En anställning är förnyad" if count == 1 else f"{count} anställningar är förnyade"


def _own(employment_id: UUID) -> Employed:
    """The one to renew. Whoever was called off never began: there is nothing to go on from, and no page that does."""
    found = next(iter(employments_of(db.session, employment_id)), None)
    if found is None or found.row.never_began:
        abort(404)
    return found


def _form(one: Employed, **values: Any) -> EmploymentForm:
    by_party = one.row.employer == Employer.PARTY
    form = (PartyRenewalForm if by_party else EmploymentForm)(**values)
    form.stands_in_for.choices = others_as_choices(db.session, one)
    return form


def _plan(one: Employed, form: EmploymentForm) -> Renewal | None:
    """What the renewal would be, what stands against it beside its field; None where no limit can be reckoned, or where
    the tick of a stand-in is taken away and somebody is chosen still."""
    if one.row.stands_in and form.in_place_of and "stands_in" in form and not form.stands_in.data:
        beside(form, "stands_in", UNTICKED)
        return None
    plan, against = _planned(one, form)
    if against is not None:
        beside(form, against.field, against.sentence)
    return plan


def _planned(one: Employed, form: EmploymentForm) -> tuple[Renewal | None, Fault | None]:
    try:
        plan = planned(
            db.session, [one.row.id], lambda _row: form.terms(), on=clock.today(), in_place_of=form.in_place_of
        )
    except Refusal as refusal:
        return None, Fault(sentence_of(refusal), refusal.field or "")
    if plan is None:
        abort(404)
    return plan[0], plan[0].fault if plan[0].there is None else None


def _there(one: Employed, plan: Renewal | None) -> AlreadyRecorded | None:
    """The renewal that is there, and what it says; the form can only be refused."""
    row = renewals_of(db.session, [one.row.id]).get(one.row.id)
    if row is None:
        return None
    if plan is None or plan.answer is None or plan.kept is None:
        return AlreadyRecorded(row, text=RENEWED)
    asked = beside_in(plan.terms, plan.answer, plan.instead)
    return AlreadyRecorded(row, *other_words(db.session, plan.kept, asked), text=RENEWED)


def _one(
    one: Employed, term: Term, form: EmploymentForm, plan: Renewal | None, status: int, *, note: str = ""
) -> ResponseReturnValue:
    """``note``: what stands against what is suggested, while nobody has filled anything in."""
    by_authority = one.row.employer == Employer.AUTHORITY
    answer = plan.answer if plan else None if note else by_the_days(form)
    there, acts = _there(one, plan), acts_of(db.session, one.row.id)
    ended = ended_by(acts)
    page = {
        "one": one,
        "there": there,
        "note": note,
        "permanent": permanent_words(
            one.row,
            on=clock.today(),
            ended=ended is not None,
            since=permanent_since(db.session, one.row),
        ),
        "ended": ended_alone(one.row, ended) if ended else "",
        "said": (TOLD, ended.number if ended else ""),
        "term": term.words,
        "form": form,
        "answer": answer,
        "reasoning": reasoning_of(form.terms(), answer, on=clock.today()) if answer else None,
        "repair": next((each.instead for each in answer.objections if each.instead), None) if answer else None,
        "by_authority": by_authority,
        "employer_name": one.authority_name if by_authority else one.party_name,
        "current": "employments",
    }
    return render_template("contracts/renew_one.html", **page), there.status if there else status
