"""Page one of a registration: whose it is, when it came and how. And the way out of one that is begun."""

from typing import Any
from uuid import uuid4

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.guards import confirmed
from portal.accounts.step_up import Reason
from portal.applications.services.drafting import create_draft_key, key_of
from portal.applications.services.sweeping import delete_draft
from portal.db import db, unit_of_work
from portal.intake import services
from portal.intake.access import may_register, may_see_registered
from portal.intake.forms import BeginForm
from portal.intake.models import Intake
from portal.intake.queries import Begun, begun, begun_in, finished_in
from portal.intake.routes.blueprint import CASE, ONE, intake, is_shown, of_any_begun, published, sentence_or_404
from portal.intake.ways import WAYS, Way
from portal.posts.employer_model import Employer, model_for
from portal.refusal import Refusal
from portal.review.queries.case import Case
from portal.review.queries.papers import names_of
from portal.review.routes.blueprint import fresh, in_case
from portal.vault.services import the_vault
from portal.web.readings import reads


@intake.get(CASE)
@in_case(may_register)
@reads("registrations.read", of="ad_id")
def begin(case: Case) -> ResponseReturnValue:
    """The form, and what is begun and not finished."""
    return render_template("intake/begin.html", **_page(case, BeginForm(formdata=None)))


@intake.post(CASE)
@in_case(may_register)
def begin_one(case: Case) -> ResponseReturnValue:
    """Begin a registration."""
    form, ad_id, fault = BeginForm(), case.ad.id, ""
    if form.validate():
        assert form.day.data is not None
        came, ad, at = services.Came(form.texts(), form.day.data, form.way.data), published(case), clock.now()
        key = create_draft_key(ad, uuid4(), at=at)
        try:
            with unit_of_work() as session:
                row = services.begin_intake(
                    session, case=fresh(session, ad_id), ad=ad, key=key, came=came, actor=g.actor, at=at
                )
                application_id = row.application_id
            if application_id != key.application_id:
                the_vault().key_store.discard(key.application_id)  # a second press: nothing is to be opened by it
            return redirect(url_for("intake.papers", ad_id=ad_id, application_id=application_id), 303)
        except Refusal as refusal:
            fault = sentence_or_404(refusal)
    page = _page(fresh(db.session, ad_id, lock=False), form)
    return render_template("intake/begin.html", **page, fault=fault), 422


@intake.post(f"{ONE}/ta-bort")
@of_any_begun
@confirmed(Reason.DELETION)
def discard(case: Case, found: Begun) -> ResponseReturnValue:
    """Take an unfinished registration away, with all that was saved of it. Whoever of the office may, without reading it:
    the colleague who began it may have left, and nobody gets their word before."""
    ad_id, application_id = case.ad.id, found.application.id
    with unit_of_work() as session:
        if begun(session, ad_id, application_id) is not None:
            delete_draft(session, application_id)
    flash("Registreringen är borttagen.", "good")
    return redirect(url_for("intake.begin", ad_id=ad_id), 303)


def _page(case: Case, form: BeginForm) -> dict[str, Any]:
    ad = published(case)
    rows = []
    for one in begun_in(db.session, case.ad.id):
        found = begun(db.session, case.ad.id, one.application_id)
        if found is not None and found.application.name_sealed is not None:
            rows.append({"row": one, "name": _name(found) if is_shown(case, one) else "", "way": WAYS[Way(one.way)]})
    return {
        "case": case,
        "form": form,
        "rows": rows,
        "registered": _registered(case),
        "by_party": model_for(Employer(ad.employer)).consent_required,
        "current": "recruitments",
    }


def _name(found: Begun) -> str:
    return key_of(found.application).open_text("application.name", found.application.name_sealed or b"")


def _registered(case: Case) -> list[dict[str, Any]]:
    """Those whose names the person may know, with whether there is a letter to print."""
    counting = {one.id: one for one in case.applications}
    rows = [
        one for one in finished_in(db.session, case.ad.id) if one.application_id in counting and _is_shown(case, one)
    ]
    names = names_of(db.session, [counting[one.application_id] for one in rows])
    return [
        {
            "row": one,
            "name": names[one.application_id],
            "way": WAYS[Way(one.way)],
            "to_print": counting[one.application_id].address_print is None,
        }
        for one in rows
        if one.application_id in names
    ]


def _is_shown(case: Case, one: Intake) -> bool:
    return may_see_registered(case.standing, one.application_id, own=one.finished_by == g.actor.person_id)
