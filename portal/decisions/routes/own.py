"""The candidate's own answer to the offer of the post, from the private link. GET shows, POST acts."""

from flask import redirect, render_template, url_for

from portal.applications.models import Application
from portal.applications.routes.apply import Answer
from portal.applications.routes.guards import of_link, published_ad
from portal.applications.routes.shown import head
from portal.db import unit_of_work
from portal.decisions import services
from portal.decisions.forms import OfferForm
from portal.decisions.outcomes import OFFERED_TO_YOU, Status
from portal.decisions.routes import decisions
from portal.links.models import Purpose
from portal.refusal import Refusal
from portal.web.arrival import arrived_at
from portal.web.filters import sentence_of

OWN = "/ansokan/<token>/erbjudande"


@decisions.get(OWN)
@of_link(Purpose.APPLICATION)
def own_offer(application: Application, token: str) -> Answer:
    """Yes or no. Who is asked nothing, or has answered, is led to the private page, which says how it stands."""
    if application.decided_as != OFFERED_TO_YOU:
        return redirect(url_for("applications.private", token=token), 303)
    return _page(application, token, OfferForm(formdata=None))


@decisions.post(OWN)
@of_link(Purpose.APPLICATION)
def answer_own_offer(application: Application, token: str) -> Answer:
    """Say yes or no."""
    if not application.decided_as:
        return redirect(url_for("applications.private", token=token), 303)
    form, application_id = OfferForm(), application.id
    if not form.validate():
        return _page(application, token, form, status=422)
    try:
        with unit_of_work() as session:
            answer = Status(form.answer.data)
            services.answer_own_offer(session, application_id=application_id, answer=answer, at=arrived_at())
    except Refusal as refusal:
        return _page(application, token, form, sentence_of(refusal), refusal.status)
    return redirect(url_for("applications.private", token=token), 303)


def _page(application: Application, token: str, form: OfferForm, fault: str = "", status: int = 200) -> Answer:
    page = {"ad": head(published_ad(application)), "step": 0, "token": token, "form": form, "fault": fault}
    return render_template("decisions/offer.html", **page), status
