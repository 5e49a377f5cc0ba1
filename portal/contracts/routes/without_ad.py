"""An employment without an ad: who employs is chosen first, then the same form as for a candidate."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.contracts.access import may_record_employments
from portal.contracts.forms import EmploymentForm, EmploymentWithoutAdForm, PartyEmploymentWithoutAdForm
from portal.contracts.pictures import reasoning_of
from portal.contracts.queries import employments_of
from portal.contracts.recording.same import AlreadyRecorded
from portal.contracts.recording.services import record_without_ad
from portal.contracts.routes import contracts
from portal.contracts.routes.employing import as_sent, beside, worked_out
from portal.contracts.terms import Answer
from portal.db import db, unit_of_work
from portal.organisations.models import Party
from portal.posts.employer_model import Employer
from portal.refusal import Refusal
from portal.web.filters import sentence_of
from portal.web.forms import SelectChoice
from portal.web.guards import staff
from portal.web.readings import reads

EMPLOYERS = {"offentlig": Employer.AUTHORITY, "parti": Employer.PARTY}
PATH = "/arbete/anstallningar/ny"
TITLE = "Politisk sekreterare"


@contracts.get(PATH)
@staff(may_record_employments)
def new_employment() -> ResponseReturnValue:
    """Who employs: everything else follows from that."""
    party = db.session.get_one(Party, g.actor.party_id)
    page = {"own": party.name, "public": party.authority.name, "current": "employments"}
    return render_template("contracts/new_employment.html", **page)


@contracts.get(f"{PATH}/<employer>")
@staff(may_record_employments)
@reads("employments.to_stand_in_read")
def employ_without_ad(employer: str) -> ResponseReturnValue:
    """The form, the decision to-day."""
    form = _form(employer, formdata=None, data={"decided": clock.today(), "title": TITLE, "extent_percent": 100})
    return _shown(employer, form, None, 200)


@contracts.post(f"{PATH}/<employer>")
@staff(may_record_employments)
def employ_without_ad_post(employer: str) -> ResponseReturnValue:
    """Work the limit out anew (*Räkna*), use the latest day, or record the employment."""
    filled = as_sent()
    form = _form(employer, formdata=filled)
    whole, answer = worked_out(form)
    if answer is None or not whole or "save" not in filled:
        return _shown(employer, form, answer, 200 if whole else 422)
    try:
        with unit_of_work() as session:
            made = record_without_ad(
                session, name=form.person.data, title=form.title.data, terms=form.terms(), actor=g.actor,
                at=clock.now(), on=clock.today(), in_place_of=form.in_place_of,
            )  # fmt: skip
            if made is None:
                abort(404)
            employment_id = made.id
    except AlreadyRecorded as refusal:
        return _shown(employer, form, answer, refusal.status, there=refusal)
    except Refusal as refusal:
        beside(form, refusal.field, sentence_of(refusal))
        return _shown(employer, form, answer, refusal.status)
    flash("Anställningen är registrerad. Kvar är beslutet och avtalet.", "good")
    return redirect(url_for("contracts.employment", employment_id=employment_id), 303)


def _employer(word: str) -> Employer:
    if word not in EMPLOYERS:
        abort(404)
    return EMPLOYERS[word]


def _form(employer: str, **values: Any) -> Any:
    by_authority = _employer(employer) is Employer.AUTHORITY
    form = (EmploymentWithoutAdForm if by_authority else PartyEmploymentWithoutAdForm)(**values)
    people = [SelectChoice(str(one.row.id), f"{one.name}, {one.title}") for one in employments_of(db.session)]
    form.stands_in_for.choices = [SelectChoice("", "Ingen, det är en egen tjänst"), *people]
    return form


def _shown(
    employer: str, form: EmploymentForm, answer: Answer | None, status: int, *, there: AlreadyRecorded | None = None
) -> ResponseReturnValue:
    party = db.session.get_one(Party, g.actor.party_id)
    by_authority = _employer(employer) is Employer.AUTHORITY
    page = render_template(
        "contracts/employ_without_ad.html",
        form=form,
        answer=answer,
        reasoning=reasoning_of(form.terms(), answer, on=clock.today()) if answer else None,
        repair=next((one.instead for one in answer.objections if one.instead), None) if answer else None,
        by_authority=by_authority,
        employer_name=party.authority.name if by_authority else party.name,
        there=there,
        current="employments",
    )
    return page, status
