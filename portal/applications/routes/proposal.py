"""The question to an address from which something was sent twice: replace or keep. GET shows, POST acts."""

from flask import redirect, render_template, request, url_for

from portal.applications.forms import ActForm
from portal.applications.models import Application
from portal.applications.routes.apply import Answer
from portal.applications.routes.blueprint import applications
from portal.applications.routes.guards import of_link, published_ad
from portal.applications.routes.shown import head
from portal.applications.services.proposing import accept_proposal, decline_proposal
from portal.applications.services.withdrawing import finish_erasure
from portal.db import unit_of_work
from portal.links.models import Purpose
from portal.web.arrival import arrived_at


@applications.route("/ansokan/fraga/<token>", methods=["GET", "POST"])
@of_link(Purpose.PROPOSAL)
def proposal(application: Application, token: str) -> Answer:
    """Whether the second sending takes the first one's place."""
    ad, form = published_ad(application), ActForm()
    answer = request.form.get("answer")
    if form.validate_on_submit() and answer in ("replace", "keep"):
        proposal_id, ended = application.id, application.id if answer == "keep" else None
        with unit_of_work() as session:
            if answer == "replace":
                ended = accept_proposal(session, proposal_id=proposal_id, ad=ad, at=arrived_at())
            else:
                decline_proposal(session, proposal_id=proposal_id, at=arrived_at())
        if ended is not None:
            finish_erasure(ended)
        return redirect(url_for("applications.answered"), 303)
    return render_template("applications/proposal.html", ad=head(ad), step=0, form=form, application=application)
