"""The question to an address from which something was sent twice: replace or keep. GET shows, POST acts."""

from uuid import UUID

from flask import redirect, render_template, request, url_for

from portal.ads.models import PublishedAd
from portal.applications.models import Application
from portal.applications.queries import has_no_hour
from portal.applications.routes.apply import Answer
from portal.applications.routes.guards import of_link, published_ad
from portal.applications.routes.shown import head
from portal.applications.services.questioning import counts_beside
from portal.applications.services.withdrawing import finish_erasure
from portal.collisions import tried_again
from portal.db import db, unit_of_work
from portal.links.models import Purpose
from portal.privacy.rights.services.replacing import keep_first, replace_first
from portal.privacy.routes.blueprint import privacy
from portal.refusal import Refusal
from portal.web.arrival import arrived_at
from portal.web.filters import sentence_of
from portal.web.forms import PressForm


@privacy.route("/ansokan/fraga/<token>", methods=["GET", "POST"])
@of_link(Purpose.PROPOSAL)
def proposal(application: Application, token: str) -> Answer:
    """Whether the second sending takes the first one's place."""
    ad, form = published_ad(application), PressForm()
    page = {"ad": head(ad), "step": 0, "form": form, "sent_at": application.submitted_at}
    page["by_day"] = has_no_hour(db.session, application)
    page["alone"] = not counts_beside(db.session, application)  # the first may be taken back, or have another address
    if not form.validate_on_submit() or (answer := request.form.get("answer")) not in ("replace", "keep"):
        return render_template("privacy/proposal.html", **page)
    try:
        ended = _replace(ad, application.id) if answer == "replace" else _keep(application.id)
    except Refusal as refusal:
        return render_template("privacy/proposal.html", **page, fault=sentence_of(refusal)), refusal.status
    if ended is not None:
        finish_erasure(ended)
    return redirect(url_for("applications.answered"), 303)


def _replace(ad: PublishedAd, proposal_id: UUID) -> UUID | None:
    """Tried again where another proposal of the same address was accepted at the same instant."""

    def once() -> UUID | None:
        with unit_of_work() as session:
            return replace_first(session, proposal_id=proposal_id, ad=ad, at=arrived_at())

    return tried_again(once)


def _keep(proposal_id: UUID) -> UUID:
    with unit_of_work() as session:
        keep_first(session, proposal_id=proposal_id, at=arrived_at())
    return proposal_id
