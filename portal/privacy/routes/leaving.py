"""Taking an application back, and erasing what is left of it, by the private link. GET shows, POST acts."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from portal.applications.models import Application
from portal.applications.queries import another_waits
from portal.applications.routes.apply import Answer
from portal.applications.routes.guards import of_link, published_ad
from portal.applications.routes.saved import ANCHOR
from portal.applications.routes.shown import head, terms
from portal.applications.services.withdrawing import finish_erasure, let_go_of_copies
from portal.applications.states import CAN_BE_WITHDRAWN
from portal.db import db, unit_of_work
from portal.links.models import Purpose
from portal.privacy.rights.forms import KEEP, LeaveForm
from portal.privacy.rights.keeping import Kept
from portal.privacy.rights.queries.facts import belongs_to_employment, keeping_of
from portal.privacy.rights.services.leaving import erase_kept, take_back, take_back_and_keep
from portal.privacy.routes.blueprint import privacy
from portal.refusal import Refusal
from portal.web.arrival import arrived_at
from portal.web.filters import sentence_of
from portal.web.forms import PressForm


@privacy.record_once
def _tell_own_page(state: BlueprintSetupState) -> None:
    state.app.extensions["belongs_to_employment"] = lambda one: belongs_to_employment(db.session, one)


@privacy.route("/ansokan/<token>/ta-tillbaka", methods=["GET", "POST"])
@of_link(Purpose.APPLICATION)
def withdraw(application: Application, token: str) -> Answer:
    """Asks once more, and what is to become of the papers where that can be chosen; then takes the application back."""
    if application.state not in CAN_BE_WITHDRAWN:
        return redirect(url_for("applications.private", token=token), 303)
    form, ad, keeping = LeaveForm(), published_ad(application), keeping_of(db.session, application)
    page = {"ad": head(ad), "step": 0, "form": form, "token": token, "terms": terms(ad), "keeping": keeping}
    page |= {"decided": application.decided_at is not None, "waits": another_waits(db.session, application)}
    if not form.is_submitted():
        return render_template("privacy/withdraw.html", **page)
    if not form.validate():
        return render_template("privacy/withdraw.html", **page), 422
    application_id, verb = application.id, take_back_and_keep if form.papers.data == KEEP else take_back
    try:
        with unit_of_work() as session:
            if form.copies.data and keeping.why is Kept.RECORD:
                let_go_of_copies(session, application_id=application_id, at=arrived_at())
            kept = verb(session, application_id=application_id, at=arrived_at())
            gone = kept.controller_id == kept.party_id and kept.restricted_at is None
    except Refusal as refusal:
        return render_template("privacy/withdraw.html", **page, fault=sentence_of(refusal)), refusal.status
    if keeping.why is Kept.RECORD:
        tell_left(copies_gone=bool(form.copies.data))
    return _left(application_id, token, gone=gone)


def tell_left(*, copies_gone: bool) -> None:
    """Said on the page one comes to: what is gone, and what an authority keeps."""
    if copies_gone:
        said = gettext("Raderat: maskerade kopior och mejlen i vår utkorg. Kvar: ansökan, filerna och dina ändringar.")
    else:
        said = gettext("Ansökan är tillbakatagen. Inget är raderat: ansökan, filerna och dina ändringar finns kvar.")
    flash(said, "saved application")


@privacy.route("/ansokan/<token>/radera", methods=["GET", "POST"])
@of_link(Purpose.APPLICATION)
def erase(application: Application, token: str) -> Answer:
    """What must be kept, why and until when; or, where nothing must, the button that erases it."""
    form, ad, keeping = PressForm(), published_ad(application), keeping_of(db.session, application)
    page = {"ad": head(ad), "step": 0, "form": form, "token": token, "terms": terms(ad), "keeping": keeping}
    page |= {"application": application, "counts": application.state in CAN_BE_WITHDRAWN}
    if not form.validate_on_submit():
        return render_template("privacy/erase.html", **page)
    application_id = application.id
    try:
        with unit_of_work() as session:
            erase_kept(session, application_id=application_id, at=arrived_at())
    except Refusal as refusal:
        return render_template("privacy/erase.html", **page, fault=sentence_of(refusal)), refusal.status
    return _left(application_id, token, gone=True)


def _left(application_id: UUID, token: str, *, gone: bool) -> Answer:
    """To the page that says that nothing is left, or back to the one that shows what is."""
    if not gone:
        return redirect(url_for("applications.private", token=token, _anchor=ANCHOR), 303)
    finish_erasure(application_id)
    return redirect(url_for("applications.withdrawn"), 303)
