"""The address was mistyped: it is mended from the browser that sent the application, while that shows the receipt."""

from functools import partial

from flask import redirect, render_template, request, url_for
from flask_babel import gettext

from portal.ads.models import PublishedAd
from portal.applications.forms import AddressForm
from portal.applications.models import Application
from portal.applications.routes.apply import Answer
from portal.applications.routes.blueprint import applications
from portal.applications.routes.guards import of_ad, to_receipt
from portal.applications.routes.shown import head
from portal.applications.services.addressing import prepare_address
from portal.applications.services.drafting import key_of, read_written
from portal.applications.services.linking import is_another_address
from portal.applications.services.mending import mend_address
from portal.applications.services.sending import look_for_first
from portal.applications.states import State
from portal.collisions import tried_again
from portal.db import db, unit_of_work
from portal.refusal import Refusal
from portal.seen import Seen, page_marks
from portal.web.arrival import arrived_at
from portal.web.filters import sentence_of
from portal.web.limits import ADDRESSES_PER_APPLICATION, DRAFTS_PER_NETWORK
from portal.web.rates import take_of_network, the_rates, wait


@applications.route("/annonser/<reference>/ansok/kvitto/adress", methods=["GET", "POST"])
@of_ad
def mend(ad: PublishedAd, application: Application | None) -> Answer:
    """The right address. The receipt goes there, with a new private link."""
    if application is None or application.state == State.DRAFT:
        return redirect(url_for("applications.apply", reference=ad.reference), 303)
    written = read_written(db.session, application, key_of(application))
    form, onward = AddressForm(data={"email": written.email}), to_receipt(ad)
    page = partial(_page, ad, form, page_marks({"email": written.email}))
    if not form.validate_on_submit():
        return page(), 422 if form.errors else 200
    email = form.email.data or ""
    if not is_another_address(application, email):
        if not Seen.of(None, request.form.get("marks", "")).shown("email", written.email):
            return onward  # the page was opened with another: it is a second press, and the first has mended it
        form.email.errors = [gettext("Det är adressen som ansökan redan har. Skriv den som är rätt.")]
        return page(), 422
    if seconds := seconds_to_wait(application):
        return wait(page(waits=True), seconds)
    try:
        mend_to(ad, application, email)
    except Refusal as refusal:
        form.email.errors = [sentence_of(refusal)]
        return page(), refusal.status
    return onward


def mend_to(ad: PublishedAd, application: Application, email: str) -> None:
    """As a sending: a collision with another of the same instant is tried again. Raises `AddressStays`."""
    prepared = prepare_address(db.session, application, email)

    def once() -> None:
        looked = look_for_first(prepared)
        with unit_of_work() as session:
            mend_address(session, prepared=looked, email=email, ad=ad, at=arrived_at())

    tried_again(once)


def is_read_again(email: str) -> bool:
    """Whether the page has shown this very address to be read once more: a mistyped one would shut its candidate out."""
    return request.form.get("confirmed") == email


def seconds_to_wait(application: Application) -> int:
    """How long to wait before another address is tried, in seconds; 0 for not at all."""
    return seconds_of_application(application) or take_of_network(DRAFTS_PER_NETWORK, "draft from")


def seconds_of_application(application: Application) -> int:
    """The same of the application alone, whoever tries: the office has one network for all its candidates."""
    return the_rates().take(ADDRESSES_PER_APPLICATION, "addresses of", str(application.id))


def _page(ad: PublishedAd, form: AddressForm, marks: str, *, waits: bool = False) -> str:
    return render_template("applications/mend.html", ad=head(ad), step=0, form=form, marks=marks, waits=waits)
