"""The candidate's own page of their rights: a copy, putting right, asking, and what was answered. GET shows, POST acts."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response, redirect, render_template, stream_with_context, url_for
from flask_babel import gettext
from sqlalchemy.exc import IntegrityError

from portal import clock
from portal.ads.models import PublishedAd
from portal.applications.changes import ProtectedStays
from portal.applications.forms import DetailsForm, details_to_put_right
from portal.applications.models import Application
from portal.applications.queries import requests_of
from portal.applications.routes.apply import Answer
from portal.applications.routes.changing import unchanged
from portal.applications.routes.guards import of_link, published_ad
from portal.applications.routes.mending import is_read_again, seconds_to_wait
from portal.applications.routes.shown import head, terms
from portal.applications.services.changing import open_for_changes
from portal.applications.services.drafting import key_of, read_written
from portal.applications.services.linking import is_another_address
from portal.applications.services.sending import look_for_first
from portal.applications.states import CAN_BE_WITHDRAWN
from portal.audit.services import CANDIDATE
from portal.db import db, unit_of_work
from portal.links.models import Purpose
from portal.privacy.merits.right import may_ask_for_merits
from portal.privacy.rights.forms import AskForm
from portal.privacy.rights.kinds import RESULTS, WORDS, Kind, Result
from portal.privacy.rights.queries.facts import keeping_of
from portal.privacy.rights.queries.texts import opened
from portal.privacy.rights.refusals import AskedAlready
from portal.privacy.rights.services.asking import ask as ask_for
from portal.privacy.rights.services.copying import NAME, copy_for
from portal.privacy.rights.services.correcting import correct_details, prepare_details
from portal.privacy.routes.blueprint import privacy
from portal.web.arrival import arrived_at
from portal.web.filters import sentence_of
from portal.web.forms import HouseForm, PressForm
from portal.web.headers import shut
from portal.web.rates import wait
from portal.web.readings import reads_own

CHANGE = "applications.change_details"  # the pages on which what was sent is changed until the last day
OWN = "/ansokan/<token>/mina-uppgifter"


@privacy.get(OWN)
@of_link(Purpose.APPLICATION)
@reads_own("requests.read")
def own(application: Application, token: str) -> Answer:
    """All that can be done, and what was asked for with its answers."""
    return render_template("privacy/own.html", **_page(application, token, AskForm(formdata=None)))


def _page(application: Application, token: str, form: HouseForm) -> dict[str, Any]:
    ad, key = published_ad(application), key_of(application)
    rows = [opened(row, key) for row in requests_of(db.session, application.id)]
    return {
        "ad": head(ad),
        "step": 0,
        "token": token,
        "application": application,
        "terms": terms(ad),
        "form": form,
        "keeping": keeping_of(db.session, application),
        "may_withdraw": application.state in CAN_BE_WITHDRAWN,
        "change": CHANGE if open_for_changes(application, ad, clock.now()) else "",
        "rows": [one for one in rows if one.row.kind != Kind.MERITS],
        "merits": next((one for one in rows if one.row.kind == Kind.MERITS), None),
        "may_ask_for_merits": may_ask_for_merits(state=application.state, decided_as=application.decided_as),
        "kinds": WORDS,
        "results": {"": "", **{result.value: words for result, words in RESULTS.items()}},
        "contact": Kind.CONTACT,
        "refused": Result.REFUSED,
    }


@privacy.post("/ansokan/<token>/kopia")
@of_link(Purpose.APPLICATION)
def copy(application: Application, token: str) -> Answer:
    """All of it as a ZIP."""
    if not PressForm().validate():
        return redirect(url_for("privacy.own", token=token), 303)
    pieces = copy_for(db.session, application, published_ad(application), actor=CANDIDATE, at=arrived_at())
    return zip_of(pieces)


def zip_of(pieces: Any) -> Response:
    """As a file only."""
    answer = Response(stream_with_context(pieces), mimetype="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename=gettext(NAME))
    return shut(answer)


@privacy.post(f"{OWN}/begaran")
@of_link(Purpose.APPLICATION)
def ask(application: Application, token: str) -> Answer:
    """Write down what is asked for. Twice is once while the first waits for its answer."""
    form = AskForm()
    if not form.validate() or (application.protected and not form.hides(form.text)):
        return render_template("privacy/own.html", **_page(application, token, form)), 422
    application_id, kind, text = application.id, Kind(form.kind.data), form.text.data or ""
    try:
        with unit_of_work() as session:
            ask_for(session, application_id=application_id, kind=kind, text=text, at=arrived_at())
    except AskedAlready as refusal:
        form.text.errors = [sentence_of(refusal)]
        return render_template("privacy/own.html", **_page(application, token, form)), refusal.status
    return redirect(url_for("privacy.own", token=token, _anchor="begaran"), 303)


@privacy.route(f"{OWN}/kontakt", methods=["GET", "POST"])
@of_link(Purpose.APPLICATION)
@reads_own("application.read")
def contact(application: Application, token: str) -> Answer:
    """Name, address and telephone, which can always be put right: until the last day as every other change."""
    if application.protected:
        return unchanged(published_ad(application), token, ProtectedStays())
    if open_for_changes(application, published_ad(application), arrived_at()):
        return redirect(url_for(CHANGE, token=token), 303)
    written = read_written(db.session, application, key_of(application))
    form = details_to_put_right(written.name, written.email, written.phone)
    shown = partial(_contact_page, published_ad(application), form, token)
    if not form.validate_on_submit():
        return shown(), 422 if form.errors else 200
    email = form.email.data or ""
    another = is_another_address(application, email)
    if another and not is_read_again(email):
        return shown(asks=email), 422
    if another and (seconds := seconds_to_wait(application)):
        return wait(shown(waits=True), seconds)
    correct(application, email, partial(correct_details, texts=form.texts(), actor=CANDIDATE))
    if another:
        return redirect(
            url_for("applications.readdressed"), 303
        )  # this browser's link is dead: the new one is on its way
    return redirect(url_for("privacy.own", token=token, _anchor="begaran"), 303)


def _contact_page(ad: PublishedAd, form: DetailsForm, token: str, *, asks: str = "", waits: bool = False) -> str:
    page = {"ad": head(ad), "step": 0, "token": token, "form": form, "terms": terms(ad), "asks": asks, "waits": waits}
    return render_template("privacy/contact.html", **page)


def correct(application: Application, email: str, put_right: Callable[..., bool | None]) -> bool | None:
    """``put_right`` is a verb of `correcting`, given what is looked up before it. Where the new address is used for another
    application at the same instant, that one keeps its print."""
    ad, prepared = published_ad(application), prepare_details(application, email)
    for attempt in (prepared, None):
        again = attempt or look_for_first(prepared)
        db.session.rollback()
        try:
            with unit_of_work() as session:
                return put_right(session, prepared=again, ad=ad, at=arrived_at())
        except IntegrityError:
            if attempt is None:
                raise
    return None
