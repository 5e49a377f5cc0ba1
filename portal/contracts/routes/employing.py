"""Recording the employment of a candidate who is to be employed."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from portal import clock
from portal.ads.models import Ad
from portal.ads.term import STAND_IN, UNTIL_FURTHER_NOTICE
from portal.contracts.forms import EmploymentForm, PartyEmploymentForm
from portal.contracts.pictures import reasoning_of
from portal.contracts.queries import employment_for, employments_of, to_employ
from portal.contracts.recording.same import AlreadyRecorded
from portal.contracts.routes import contracts
from portal.contracts.services import record_employment
from portal.contracts.terms import Answer, Terms, answer_for
from portal.db import db, unit_of_work
from portal.decisions.queries import hired
from portal.organisations.access import may_run_recruitment
from portal.organisations.models import Party
from portal.posts.employer_model import Employer
from portal.refusal import Refusal
from portal.review.access import may_name_panel
from portal.review.queries.case import Case, load_case
from portal.review.queries.others import others_for
from portal.review.queries.papers import names_of
from portal.web.filters import sentence_of
from portal.web.forms import SelectChoice
from portal.web.guards import staff
from portal.web.readings import reads

ASKED_OF_THE_LIMIT = ("decided", "starts", "ends", "earlier_days", "stands_in_for")


@dataclass
class Candidate:
    """The candidate of the page, and the ad they are employed from."""

    ad: Ad
    application_id: UUID
    name: str


@contracts.get("/arbete/rekryteringar/<uuid:ad_id>/anstall")
@staff(may_run_recruitment)
@reads("employments.to_record_read", of="ad_id")
def employ(ad_id: UUID) -> ResponseReturnValue:
    """Who is to be employed and has no employment recorded; straight to the form where it is one."""
    case = _case(ad_id)
    waiting = {outcome.application_id for outcome in to_employ(db.session, ad_id)}
    names = names_of(db.session, [row for row in case.listed if row.id in waiting])
    if len(names) == 1:
        return redirect(url_for("contracts.employ_candidate", ad_id=ad_id, application_id=next(iter(names))), 303)
    hidden = len(waiting) - len(names)
    anyone = bool(hired(db.session, ad_id))
    others = others_for(db.session, case, waiting - set(names))
    page = {"ad": case.ad, "names": names, "hidden": hidden, "anyone": anyone, "current": "recruitments"}
    page["by_colleague"] = sum(one.office for one in others.values())
    return render_template("contracts/employ.html", **page)


@contracts.get("/arbete/rekryteringar/<uuid:ad_id>/anstall/<uuid:application_id>")
@staff(may_run_recruitment)
@reads("employment.to_record_read", of="application_id")
def employ_candidate(ad_id: UUID, application_id: UUID) -> ResponseReturnValue:
    """The form, filled with what the ad says, and the reasoning for it."""
    candidate = _candidate(ad_id, application_id)
    present = employment_for(db.session, application_id)
    if present is not None:
        return redirect(url_for("contracts.employment", employment_id=present.id), 303)
    form = _form(candidate.ad, formdata=None, data=_defaults(candidate.ad, clock.today()))
    return _shown(candidate, form, answer_of(form) if form.starts.data else None, 200)


@contracts.post("/arbete/rekryteringar/<uuid:ad_id>/anstall/<uuid:application_id>")
@staff(may_run_recruitment)
def employ_candidate_post(ad_id: UUID, application_id: UUID) -> ResponseReturnValue:
    """Work the limit out anew (*Räkna*), use the latest day, or record the employment."""
    candidate = _candidate(ad_id, application_id)
    filled = as_sent()
    form = _form(candidate.ad, formdata=filled)
    whole, answer = worked_out(form)
    if answer is None or not whole or "save" not in filled:
        return _shown(candidate, form, answer, 200 if whole else 422)
    return _recorded(candidate, form, answer)


def _recorded(candidate: Candidate, form: EmploymentForm, answer: Answer) -> ResponseReturnValue:
    ad_id, application_id = candidate.ad.id, candidate.application_id
    try:
        with unit_of_work() as session:
            made = record_employment(
                session, ad_id=ad_id, application_id=application_id, terms=form.terms(), actor=g.actor,
                at=clock.now(), on=clock.today(), in_place_of=form.in_place_of,
            )  # fmt: skip
            if made is None:
                abort(404)
            employment_id = made.id
    except AlreadyRecorded as refusal:
        return _shown(_candidate(ad_id, application_id), form, answer, refusal.status, there=refusal)
    except Refusal as refusal:
        beside(form, refusal.field, sentence_of(refusal))
        return _shown(_candidate(ad_id, application_id), form, answer, refusal.status)
    flash("Anställningen är registrerad.", "good")
    return redirect(url_for("contracts.employment", employment_id=employment_id), 303)


def _case(ad_id: UUID) -> Case:
    case = load_case(db.session, ad_id, g.actor)
    if case is None or not may_name_panel(case.standing):
        abort(404)
    return case


def _candidate(ad_id: UUID, application_id: UUID) -> Candidate:
    case = _case(ad_id)
    if application_id not in {outcome.application_id for outcome in hired(db.session, ad_id)}:
        abort(404)
    names = names_of(db.session, [row for row in case.listed if row.id == application_id])
    if application_id not in names:
        abort(404)
    return Candidate(case.ad, application_id, names[application_id])


def _form(ad: Ad, **values: Any) -> EmploymentForm:
    """The employer's form; whom a stand-in replaces is asked where the ad seeks one."""
    form = (PartyEmploymentForm if ad.employer == Employer.PARTY else EmploymentForm)(**values)
    if ad.employment_form == STAND_IN:
        form.of_stand_in = True
        people = [SelectChoice(str(one.row.id), f"{one.name}, {one.title}") for one in employments_of(db.session)]
        form.stands_in_for.choices = [SelectChoice("", "Ingen som är registrerad här"), *people]
    else:
        del form.stands_in_for
    return form


def _defaults(ad: Ad, on: date) -> dict[str, Any]:
    """The decision to-day, the ad's start and extent; the end the ad promised, where the law still allows it."""
    employer = Employer(ad.employer or "")
    data: dict[str, Any] = {"decided": on, "starts": ad.earliest_start, "extent_percent": ad.extent_percent or 100}
    if employer is Employer.PARTY and ad.employment_form == UNTIL_FURTHER_NOTICE:
        data |= {"ends": None, "until_further_notice": True}
    elif ad.earliest_start is not None:
        latest = answer_for(Terms(employer, on, ad.earliest_start, None, 100), on=on).limit.latest_end
        data["ends"] = min(ad.latest_end or latest, latest) if latest >= ad.earliest_start else None
    return data


def as_sent() -> MultiDict[str, str]:
    """The form as it was sent, with the latest day for its end where that day's button was pressed: whoever presses it means
    no employment without an end."""
    filled = MultiDict(request.form)
    if use := filled.get("use"):
        filled["ends"] = use
        filled.pop("until_further_notice", None)
    return filled


def worked_out(form: EmploymentForm) -> tuple[bool, Answer | None]:
    """Whether nothing is wrong, and the limit."""
    valid = form.validate_on_submit()
    answer = by_the_days(form)
    return valid and answer is not None and not answer.objections, answer


def by_the_days(form: EmploymentForm) -> Answer | None:
    """The limit asks for the days alone, so it is told whatever is wrong in the rest; None where something is in them."""
    wrong = any(form[name].errors for name in ASKED_OF_THE_LIMIT if name in form)
    return None if wrong else answer_of(form)


def answer_of(form: EmploymentForm) -> Answer | None:
    """The limit for what was filled in, its objections beside their fields; None where there is none to be had."""
    try:
        answer = answer_for(form.terms(), on=clock.today())
    except Refusal as refusal:
        beside(form, refusal.field, sentence_of(refusal))
        return None
    for objection in answer.objections:
        beside(form, objection.field, objection.sentence)
    return answer


def beside(form: EmploymentForm, field: str | None, sentence: str) -> None:
    name = field if field in form else "starts"
    target = form[name]
    target.errors = [*target.errors, sentence]


def _shown(
    candidate: Candidate,
    form: EmploymentForm,
    answer: Answer | None,
    status: int,
    *,
    there: AlreadyRecorded | None = None,
) -> ResponseReturnValue:
    if there is None and (present := employment_for(db.session, candidate.application_id)) is not None:
        there = AlreadyRecorded(present)
    party = db.session.get_one(Party, candidate.ad.party_id)
    by_authority = candidate.ad.employer == Employer.AUTHORITY
    repair = next((one.instead for one in answer.objections if one.instead), None) if answer else None
    page = render_template(
        "contracts/employ_candidate.html",
        ad=candidate.ad,
        name=candidate.name,
        form=form,
        answer=answer,
        reasoning=reasoning_of(form.terms(), answer, on=clock.today()) if answer else None,
        repair=repair,
        by_authority=by_authority,
        employer_name=party.authority.name if by_authority else party.name,
        there=there,
        current="recruitments",
    )
    return page, there.status if there else status
