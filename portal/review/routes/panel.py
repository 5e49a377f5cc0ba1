"""The office names the panel and sees how far each has come, in counts."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.queries import criteria_of
from portal.clock import STOCKHOLM
from portal.db import db, unit_of_work
from portal.refusal import Refusal
from portal.review import services
from portal.review.access import may_name_panel
from portal.review.forms import PanelForm
from portal.review.queries.case import Case
from portal.review.queries.panel import members_of, people_of, progress_of
from portal.review.routes.blueprint import fresh, in_case, review
from portal.review.workload import minutes
from portal.web.filters import sentence_of


@review.route("/bedomare", methods=["GET", "POST"])
@in_case(may_name_panel)
def panel(case: Case) -> ResponseReturnValue:
    """Who assesses, who leads, until when."""
    ad_id = case.ad.id
    form = _form(case)
    if request.method == "POST" and form.validate() and _name(case, form):
        flash("Bedömarna är sparade. De får ett brev var så snart annonsen har stängt.", "good")
        return redirect(url_for("review.panel", ad_id=ad_id), 303)
    return render_template("review/panel.html", form=form, **_page(case)), 422 if form.errors else 200


def _form(case: Case) -> PanelForm:
    members = members_of(db.session, case.ad.id)
    local = case.hand_in_by.astimezone(STOCKHOLM) if case.hand_in_by else None
    leader = next((str(member.person_id) for member in members if member.leads), None)
    form = PanelForm(
        data={
            "people": [str(member.person_id) for member in members],
            "leader": leader,
            "day": local.date() if local else None,
            "hour": f"{local:%H.%M}" if local else "18.00",
        }
    )
    form.offer([(str(person.id), _called(person)) for person in people_of(db.session, case.ad.party_id)])
    return form


def _called(person: Any) -> str:
    return f"{person.name}, {person.title}" if person.title else str(person.name)


def _name(case: Case, form: PanelForm) -> bool:
    """Whether it was saved; a refusal's sentence is put beside its field."""
    try:
        with unit_of_work() as session:
            services.name_panel(
                session,
                case=fresh(session, case.ad.id),
                actor=g.actor,
                people=form.chosen,
                leader=form.leads,
                hand_in_by=form.hand_in_by,
                at=clock.now(),
            )
    except Refusal as refusal:
        field = form[refusal.field or "people"]
        field.errors = [*field.errors, sentence_of(refusal)]
        return False
    return True


def _page(case: Case) -> dict[str, Any]:
    criteria = len(criteria_of(db.session, case.ad.id))
    members = members_of(db.session, case.ad.id)
    return {
        "case": case,
        "closed": case.may_be_assessed(clock.now()),
        "progress": progress_of(db.session, members, case.applications, criteria),
        "minutes": minutes(len(case.applications), criteria),
        "current": "recruitments",
    }
