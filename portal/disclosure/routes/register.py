"""The register in order of number, a case's diary number, and the papers of one application."""

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.guards import count_opening
from portal.ads.queries import ad_of, criteria_of
from portal.applications.services.former import former_of
from portal.db import db, unit_of_work
from portal.disclosure.forms import DiaryForm, FilterForm
from portal.disclosure.queries import register as queries
from portal.disclosure.queries.cases import OwnLine
from portal.disclosure.queries.diary import history_of
from portal.disclosure.queries.letters import letters_of
from portal.disclosure.queries.own import series_of
from portal.disclosure.queries.register import Line
from portal.disclosure.routes import disclosure
from portal.disclosure.routes.reading import leave_application_to_a_colleague, log_reading
from portal.disclosure.services.diary import CaseGone, write_diary_number
from portal.organisations.access import may_read_register
from portal.review.queries.papers import key_of, page_picture, papers_of, salary_of
from portal.web.guards import staff
from portal.web.headers import picture_of_page

REGISTER = "/arbete/inkomna"


@disclosure.get(REGISTER)
@staff(may_read_register)
def register() -> ResponseReturnValue:
    """The records in the order of their numbers, the newest first."""
    form, cases = FilterForm(request.args), queries.cases_of(db.session)
    form.offer(cases)
    good = form.validate()
    lines = _asked_for(form) if good else []
    page = render_template(
        "disclosure/register.html",
        lines=lines,
        form=form,
        cases=cases,
        asked=form.as_query(),
        older=lines[-1].number if len(lines) == queries.ON_A_PAGE else None,
        readers=queries.readers_of(db.session, g.actor.authority_id),
        current="arrivals",
    )
    log_reading("register.read", None)
    return page, 200 if good else 422


def _asked_for(form: FilterForm) -> list[Line | OwnLine]:
    return series_of(db.session, g.actor.authority_id, form.asked(request.args.get("fore", type=int)))


@disclosure.route(f"{REGISTER}/arenden/<uuid:ad_id>", methods=["GET", "POST"])
@staff(may_read_register)
def diary(ad_id: UUID) -> ResponseReturnValue:
    """The authority's own number of one case, and those it has had."""
    ad = ad_of(db.session, ad_id)
    if ad is None:
        abort(404)
    form, history = DiaryForm(), history_of(db.session, ad_id)
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                write_diary_number(
                    session, ad_id=ad_id, number=form.number.data or "", person_id=g.actor.person_id, at=clock.now()
                )
        except CaseGone:
            abort(404)
        flash("Diarienumret är sparat.", "good")
        return redirect(url_for("disclosure.register", arende=ad_id), 303)
    if not form.is_submitted() and history:
        form.number.data = history[0].number
    page = render_template("disclosure/diary.html", ad=ad, form=form, history=history, current="arrivals")
    return page, 422 if form.is_submitted() else 200


@disclosure.get(f"{REGISTER}/<uuid:application_id>")
@staff(may_read_register)
def record(application_id: UUID) -> ResponseReturnValue:
    """All that one candidate has sent: public records from the moment they arrived (TF 2:9)."""
    found = queries.record_of(db.session, application_id)
    if found is None:
        abort(404)
    leave_application_to_a_colleague(application_id)
    count_opening(application_id)
    application, ad, party = found
    papers, key = papers_of(db.session, application), key_of(db.session, application)
    lines = queries.lines_about(db.session, application_id)
    page = {
        "application": application,
        "ad": ad,
        "of_party": party,
        "lines": lines,
        "opened_by": {line.document_id: line.entry_id for line in lines},
        "papers": papers,
        "former": former_of(db.session, application, key) if key else [],
        "letters": letters_of(db.session, application),
        "salary": salary_of(db.session, application) if papers else "",
        "criteria": criteria_of(db.session, ad.id),
        "current": "arrivals",
    }
    shown = render_template("disclosure/record.html", **page)
    log_reading("record.read", application_id)
    return shown


@disclosure.get(f"{REGISTER}/<uuid:application_id>/<uuid:document_id>/<int:number>.png")
@staff(may_read_register)
def record_page(application_id: UUID, document_id: UUID, number: int) -> ResponseReturnValue:
    """The picture of one page."""
    found = queries.record_of(db.session, application_id)
    picture = page_picture(db.session, found[0], document_id, number) if found else None
    if picture is None:
        abort(404)
    leave_application_to_a_colleague(application_id)
    return picture_of_page(picture)
