"""To be kept for later: the candidate's question with its answer, and the office's list of who has said yes."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal import clock
from portal.applications.models import Application
from portal.applications.queries import later_consent_of
from portal.applications.routes.apply import Answer
from portal.applications.routes.guards import of_link, published_ad
from portal.applications.routes.saved import ANCHOR
from portal.applications.routes.shown import head, terms
from portal.applications.services.withdrawing import finish_erasure
from portal.db import db, unit_of_work
from portal.links.models import Purpose
from portal.privacy.access import may_read_retention
from portal.privacy.later.consent import SENTENCE
from portal.privacy.later.forms import LaterForm
from portal.privacy.later.queries import is_asked, saved_for_later
from portal.privacy.later.services import agree, take_back_consent
from portal.privacy.rights.keeping import Kept
from portal.privacy.rights.queries.facts import keeping_of
from portal.privacy.routes.blueprint import privacy
from portal.refusal import Refusal
from portal.review.queries.person import applied_under
from portal.web.arrival import arrived_at
from portal.web.filters import sentence_of
from portal.web.forms import PressForm
from portal.web.guards import staff
from portal.web.readings import reads

OWN = "/ansokan/<token>/spara-for-senare"


@privacy.route(OWN, methods=["GET", "POST"])
@of_link(Purpose.APPLICATION)
def later(application: Application, token: str) -> Answer:
    """Who, what for, how long, and how to take it back; with a tick and a time, the consent."""
    keeping = keeping_of(db.session, application)
    row = later_consent_of(db.session, application.id)
    if row is None and not is_asked(db.session, application, keeping):
        return redirect(url_for("applications.private", token=token), 303)
    form = LaterForm()
    if not form.is_submitted():
        return render_template("privacy/later.html", **_page(application, token, form))
    if not form.validate():
        return render_template("privacy/later.html", **_page(application, token, form)), 422
    application_id, months = application.id, int(form.months.data)
    try:
        with unit_of_work() as session:
            agree(session, application_id=application_id, months=months, at=arrived_at())
    except Refusal as refusal:
        page = _page(application, token, form)
        return render_template("privacy/later.html", **page, fault=sentence_of(refusal)), refusal.status
    flash(gettext("Sparat. Du kan ta tillbaka det när du vill."), "saved application")
    return redirect(url_for("applications.private", token=token, _anchor=ANCHOR), 303)


@privacy.post(f"{OWN}/ta-tillbaka")
@of_link(Purpose.APPLICATION)
def end_later(application: Application, token: str) -> Answer:
    """Take the consent back. Where nothing else keeps the application, the page has said that it is erased at once."""
    if not PressForm().validate():
        return redirect(url_for("privacy.later", token=token), 303)
    application_id = application.id
    with unit_of_work() as session:
        gone = take_back_consent(session, application_id=application_id, at=arrived_at())
    if gone:
        finish_erasure(application_id)
        return redirect(url_for("applications.withdrawn"), 303)
    flash(gettext("Du är inte längre sparad för kommande tjänster."), "saved application")
    return redirect(url_for("applications.private", token=token, _anchor=ANCHOR), 303)


def _page(application: Application, token: str, form: LaterForm) -> dict[str, Any]:
    ad, row = published_ad(application), later_consent_of(db.session, application.id)
    told = terms(ad)
    alone = row is not None and row.alone_at is not None
    why = keeping_of(db.session, application).why if alone else None
    return {
        "ad": head(ad),
        "step": 0,
        "token": token,
        "form": form,
        "act": PressForm(formdata=None),
        "terms": told,
        "sentence": gettext(SENTENCE, controller=told["controller"]),
        "until": row.until if row is not None else None,
        "lapsed": row is not None and row.until < clock.today(),
        "erased_at_once": alone and why is None,
        "sealed": why is Kept.HOLD,
        "protected": application.protected,
    }


@privacy.get("/arbete/sparade-for-senare")
@staff(may_read_retention)
@reads("later.read")
def kept_for_later() -> ResponseReturnValue:
    """Whom the office may ask about a later post."""
    party, me = g.membership.party, g.actor.person_id
    own = applied_under(db.session, me, (party.id, party.authority_id))
    found = saved_for_later(db.session, person_id=me, without=own, on=clock.today())
    page = {"rows": found, "authority": party.authority.name, "current": "recruitments"}
    return render_template("privacy/kept_for_later.html", **page)
