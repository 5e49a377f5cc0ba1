"""The reader opens one identity, with a reason each time."""

from dataclasses import replace
from functools import wraps
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.guards import count_opening
from portal.applications.models import ProtectedIdentity
from portal.audit.services import person_actor, record_reading
from portal.db import db, unit_of_work
from portal.posts.employer_model import Employer
from portal.protection.forms import ConflictForm, OpenForm
from portal.protection.queries import handed_over, has_opened, identity_key, open_until, openings_of, place_of
from portal.protection.refusals import PersonMissing
from portal.protection.routes.blueprint import protection
from portal.protection.routes.guards import View, of_opened, of_reader, readable, still_readable
from portal.protection.services.masking import opened_paper
from portal.protection.services.reading import open_identity
from portal.refusal import Refusal
from portal.review.access import may_name_panel
from portal.review.conflicts import grounds_for
from portal.review.deciding.queries import have_conflict
from portal.review.queries.case import Case
from portal.review.queries.panel import Nameable, people_of
from portal.review.routes.blueprint import fresh, in_case
from portal.review.services.declaring import declare_for
from portal.review.services.naming import hold_panel
from portal.web.filters import sentence_of
from portal.web.forms import SelectChoice
from portal.web.headers import shut
from portal.web.readings import reads

ONE = "/arbete/rekryteringar/<uuid:ad_id>/skyddad/<uuid:application_id>"
OWN_JAV = (
    "Sparat. Ansökan är borta för dig. Utse någon annan som läser, annars kan ingen öppna vem det är. "
    "Är du ensam på kansliet bjuder du först in en kollega."
)


@protection.get(ONE)
@in_case(may_name_panel)
@reads("identity.page_read", of="application_id")
@of_reader
def identity(case: Case, row: ProtectedIdentity) -> ResponseReturnValue:
    """The code name, who has opened before, and the question why. Nothing of who it is."""
    return render_template("protection/identity.html", **_page(case, row, OpenForm(formdata=None)))


@protection.post(ONE)
@in_case(may_name_panel)
@of_reader
def open_one(case: Case, row: ProtectedIdentity) -> ResponseReturnValue:
    """Open it, once: the page that answers shows it, and no address leads there."""
    application_id, form, fault = row.application_id, OpenForm(), ""
    if form.validate():
        count_opening(application_id)
        try:
            with unit_of_work() as session:
                again = still_readable(session, row)
                open_identity(session, identity=again, actor=g.actor, reason=form.reason.data or "", at=clock.now())
            row = readable(db.session, case, application_id)
            return render_template("protection/identity.html", **_page(case, row, OpenForm(formdata=None)), **_who(row))
        except Refusal as refusal:
            if refusal.status == 404:
                abort(404)
            fault = sentence_of(refusal)
    return render_template("protection/identity.html", **_page(case, row, form), fault=fault), 422


def of_whoever_stood_aside(view: View) -> View:
    """Whoever presses their own jäv twice comes to where it led the first time: by then the application is not there for
    them. Not where another has said it and they have never opened who it is: they are not to know that there is one."""

    @wraps(view)
    def guarded(case: Case, application_id: UUID, **places: Any) -> Any:
        me, ad_id = g.actor.person_id, case.ad.id
        said = request.form.get("person") == str(me) and application_id in case.standing.conflicts
        if said and has_opened(db.session, ad_id, application_id, person_id=me):
            return _to_readers(case)
        return view(case, application_id=application_id, **places)

    return guarded


def _to_readers(case: Case) -> ResponseReturnValue:
    flash(OWN_JAV, "good")
    return redirect(url_for("protection.ad_reader", ad_id=case.ad.id), 303)


@protection.post(f"{ONE}/jav")
@in_case(may_name_panel)
@of_whoever_stood_aside
@of_reader
def declare(case: Case, row: ProtectedIdentity) -> ResponseReturnValue:
    """Say that somebody has jäv: they cannot know it themselves. Whoever reads says it of themself too: it is then shut to
    them, and they come to where another reader is named."""
    form, ad_id, application_id = _conflict_form(case), case.ad.id, row.application_id
    person = next((one.id for one in _people(case) if str(one.id) == form.person.data), None)
    try:
        if not form.validate() or person is None:
            raise PersonMissing
        with unit_of_work() as session:
            hold_panel(session, ad_id)  # their own seat too, in the order in which everybody takes them
            declare_for(
                session, case=fresh(session, ad_id, lock=False), person_id=person, application_id=application_id,
                ground=form.ground.data or "", at=clock.now(),
            )  # fmt: skip
    except Refusal as refusal:
        if refusal.status == 404:
            abort(404)
        form[refusal.field or "person"].errors = [sentence_of(refusal)]
        case = fresh(db.session, ad_id, lock=False)
        page = _page(case, readable(db.session, case, application_id), OpenForm(formdata=None), form)
        return render_template("protection/identity.html", **page), 422
    if person == g.actor.person_id:
        return _to_readers(case)
    flash("Sparat. Ansökan är borta för den personen.", "good")
    return redirect(url_for("protection.identity", ad_id=ad_id, application_id=application_id), 303)


def _conflict_form(case: Case, *, blank: bool = False) -> ConflictForm:
    form = ConflictForm(formdata=None) if blank else ConflictForm()
    form.person.choices = [SelectChoice(str(one.id), one.name) for one in _people(case)]
    grounds = grounds_for(Employer(case.ad.employer or Employer.PARTY))
    form.ground.choices = [SelectChoice(one.key, one.words) for one in grounds]
    return form


def _people(case: Case) -> list[Nameable]:
    """All of the party's people, whoever reads first."""
    found, me = people_of(db.session, case.ad.party_id), g.actor.person_id
    own = [replace(one, name="Du själv") for one in found if one.id == me]
    return [*own, *(one for one in found if one.id != me)]


@protection.get(f"{ONE}/cv")
@in_case(may_name_panel)
@of_opened
def paper(case: Case, row: ProtectedIdentity) -> ResponseReturnValue:
    """The CV as it was left, as an attachment only. Each opening is logged."""
    found = opened_paper(db.session, row, reader_id=g.actor.person_id)
    if found is None:
        abort(404)
    who, about = person_actor(g.actor.person_id), row.application_id
    record_reading(chain=case.ad.party_id, at=clock.now(), actor=who, verb="identity.paper_read", object_id=about)
    file = BytesIO(found.data)
    return shut(send_file(file, "application/octet-stream", as_attachment=True, download_name=found.name))


def _page(case: Case, row: ProtectedIdentity, form: OpenForm, conflict: ConflictForm | None = None) -> dict[str, Any]:
    conflict = conflict or _conflict_form(case, blank=True)
    having = have_conflict(db.session, case.ad.id, row.application_id)
    return {
        "case": case,
        "row": row,
        "form": form,
        "conflict": conflict,
        "have_conflict": [one.name for one in _people(case) if one.id in having],
        "handed": bool(handed_over(db.session, row.application_id)),
        "openings": openings_of(db.session, row, reader_id=g.actor.person_id),
        "open_until": open_until(db.session, row, person_id=g.actor.person_id, at=clock.now()),
        "current": "recruitments",
    }


def _who(row: ProtectedIdentity) -> dict[str, Any]:
    key = identity_key(db.session, row, reader_id=g.actor.person_id)
    return {
        "who": key.open_text(place_of("name"), row.name_sealed),
        "contact": key.open_text(place_of("contact"), row.contact_sealed),
    }
