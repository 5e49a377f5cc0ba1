"""The candidate's letterbox. GET shows; a letter is opened by its button, so that a mail scanner has read nothing."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext

from portal import clock
from portal.applications.models import Application
from portal.applications.queries import hears_that_something_waits
from portal.applications.routes.apply import Answer
from portal.applications.routes.guards import of_link, published_ad
from portal.applications.routes.shown import head, terms
from portal.applications.services.drafting import key_of
from portal.db import db, unit_of_work
from portal.letterbox.forms import OwnWriteForm
from portal.letterbox.queries import messages_of, opened
from portal.letterbox.receipts import Sender
from portal.letterbox.routes.blueprint import letterbox
from portal.letterbox.services import MAY_WRITE, open_own_messages, write_to_office
from portal.links.models import Purpose
from portal.refusal import Refusal
from portal.web.arrival import arrived_at
from portal.web.filters import sentence_of
from portal.web.readings import reads_own

OWN = "/ansokan/<token>/brev"


@letterbox.get(OWN)
@of_link(Purpose.APPLICATION)
@reads_own("message.read")
def own(application: Application, token: str) -> Answer:
    """What has been written, and room to write more. What is not opened is there unread."""
    return render_template("letterbox/own.html", **_page(application, token, OwnWriteForm(formdata=None)))


@letterbox.post(f"{OWN}/oppna")
@of_link(Purpose.APPLICATION)
def open_own(application: Application, token: str) -> Answer:
    """Open what is new."""
    application_id = application.id
    with unit_of_work() as session:
        open_own_messages(session, application_id=application_id, at=arrived_at())
    return redirect(url_for("letterbox.own", token=token), 303)


@letterbox.post(OWN)
@of_link(Purpose.APPLICATION)
def write(application: Application, token: str) -> Answer:
    """Write to the office."""
    form, fault, status, application_id = OwnWriteForm(), "", 422, application.id
    asks = application.protected and application.state in MAY_WRITE
    if form.validate() and (not asks or form.hides(form.text)):
        try:
            with unit_of_work() as session:
                write_to_office(session, application_id=application_id, text=form.text.data or "", at=arrived_at())
            flash(gettext("Brevet är skickat. Här ser du när det är läst, och svaret."), "good")
            return redirect(url_for("letterbox.own", token=token), 303)
        except Refusal as refusal:
            fault, status = sentence_of(refusal), refusal.status
    return render_template("letterbox/own.html", **_page(application, token, form), fault=fault), status


def _page(application: Application, token: str, form: OwnWriteForm) -> dict[str, Any]:
    ad, key = published_ad(application), key_of(application)
    messages = opened(db.session, key, messages_of(db.session, application.id))
    closed = [one for one in messages if one.sender == Sender.OFFICE and one.opened_at is None]
    return {
        "ad": head(ad),
        "step": 0,
        "token": token,
        "messages": [one for one in reversed(messages) if one not in closed],
        "unopened": len(closed),
        "since": closed[-1].written_at if closed else None,
        "public": terms(ad)["public"],
        "closed": clock.now() >= ad.closes_at,
        "may_write": application.state in MAY_WRITE,
        "ran_out": application.ran_out,
        "protected": application.protected,
        "by_mail": application.email_sealed is not None,
        "told_it_waits": hears_that_something_waits(db.session, application),
        "form": form,
    }
