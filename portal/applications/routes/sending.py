"""Page three: everything shown back, and the sending. Then the receipt."""

from datetime import datetime

from flask import make_response, redirect, render_template, request, url_for

from portal import clock
from portal.ads.models import PublishedAd
from portal.applications.completeness import ApplicationIncomplete
from portal.applications.models import Application
from portal.applications.routes.apply import Answer
from portal.applications.routes.blueprint import applications, is_stale
from portal.applications.routes.guards import arrival_rule, forget, of_ad, of_draft, to_receipt
from portal.applications.routes.papers import picture_address
from portal.applications.routes.shown import closed_page, copy_of, head, promised_dates, terms
from portal.applications.services.changing import open_for_changes
from portal.applications.services.drafting import DraftMoved
from portal.applications.services.sending import (
    FileLost,
    look_for_first,
    missing_in,
    prepare_sending,
    private_token,
    submit_application,
)
from portal.applications.states import CAN_BE_WITHDRAWN, State
from portal.applications.window import NotOpen, arrives_as
from portal.collisions import tried_again
from portal.db import db, unit_of_work
from portal.documents.queries import documents_of
from portal.refusal import Refusal
from portal.web.arrival import arrived_at
from portal.web.filters import sentence_of
from portal.web.forms import PressForm


@applications.route("/annonser/<reference>/ansok/kontrollera", methods=["GET", "POST"])
@of_draft
def apply_check(ad: PublishedAd, application: Application) -> Answer:
    """Everything shown back; the button sends it, as of the instant its first byte arrived."""
    at, receipt_page = arrived_at(), to_receipt(ad)  # made before the commit, after which the ad would be read again
    form = PressForm()
    try:
        late = arrives_as(**arrival_rule(ad, application, at)) == State.LATE
        if form.validate_on_submit():
            send(ad, application, at, seen=request.form.get("version", type=int))
            return receipt_page
    except NotOpen as refusal:
        return closed_page(ad, refusal, 422 if form.is_submitted() else 200, application)
    except (ApplicationIncomplete, FileLost, DraftMoved) as refusal:
        return _page(ad, application, form, late, refusal)
    return _page(ad, application, form, late)


def send(ad: PublishedAd, application: Application, at: datetime, *, seen: int | None) -> None:
    """Prepared outside, committed together; a collision with another sending of the same instant is tried again. ``seen``
    is the version that the page showed; a page from before pages told theirs is taken as it comes."""
    prepared = prepare_sending(db.session, application, seen=seen)

    def once() -> None:
        looked = look_for_first(prepared)
        with unit_of_work() as session:
            submit_application(session, ad=ad, prepared=looked, at=at)

    tried_again(once)


def _page(
    ad: PublishedAd, application: Application, form: PressForm, late: bool, refusal: Refusal | None = None
) -> Answer:
    missing = missing_in(application, ad.content, documents_of(db.session, application.id))
    page = render_template(
        "applications/apply_check.html",
        ad=head(ad),
        step=3,
        form=form,
        late=late,
        missing=missing,
        terms=terms(ad),
        version=application.version,
        moved=sentence_of(refusal) if isinstance(refusal, DraftMoved) else "",
        stale=is_stale(),
        refused=sentence_of(refusal) if isinstance(refusal, FileLost) else "",
        copy=copy_of(ad, application, lambda picture: picture_address(ad, picture), checksums=False),
    )
    if is_stale():
        return page, 400
    return page, refusal.status if refusal else 200


@applications.get("/annonser/<reference>/ansok/kvitto")
@of_ad
def receipt(ad: PublishedAd, application: Application | None) -> Answer:
    """What was sent, when it arrived, its checksums, and the private link."""
    if application is None or application.state == State.DRAFT:
        return redirect(url_for("applications.apply", reference=ad.reference), 303)
    return render_template(
        "applications/receipt.html",
        ad=head(ad),
        step=0,
        form=PressForm(),
        application=application,
        terms=terms(ad),
        token=private_token(db.session, application),
        may_change=open_for_changes(application, ad, clock.now()),
        may_mend=application.state in CAN_BE_WITHDRAWN and not ad.ended,
        dates=promised_dates(ad, application),
        copy=copy_of(ad, application, lambda picture: picture_address(ad, picture), checksums=True),
    )


@applications.post("/annonser/<reference>/ansok/glom")
@of_ad
def forget_here(ad: PublishedAd, application: Application | None) -> Answer:
    """Let this browser forget the draft or the receipt; nothing that was sent changes."""
    response = make_response(redirect(url_for("applications.forgotten"), 303))
    forget(response, ad)
    return response
