"""What the private link opens: the status, what was sent, and the way to take it back. GET shows, POST acts."""

from flask import redirect, render_template, url_for

from portal import clock
from portal.ads.models import PublishedAd
from portal.applications.forms import ActForm
from portal.applications.models import Application
from portal.applications.queries import WORD_PLACE, tasks_of, word_to
from portal.applications.routes.apply import Answer
from portal.applications.routes.blueprint import applications
from portal.applications.routes.guards import of_link, published_ad
from portal.applications.routes.shown import copy_of, head, promised_dates, terms, word_shown
from portal.applications.services.drafting import key_of
from portal.applications.services.withdrawing import finish_erasure, is_erased_when_ended, withdraw_application
from portal.applications.states import CAN_BE_WITHDRAWN, COUNTS, step_of
from portal.db import db, unit_of_work
from portal.documents.models import PagePicture
from portal.links.models import Purpose
from portal.web.arrival import arrived_at
from portal.web.guards import public
from portal.web.readings import reads_own


@applications.get("/ansokan/<token>")
@of_link(Purpose.APPLICATION)
@reads_own("application.read")
def private(application: Application, token: str) -> Answer:
    """How it stands, with the promised dates, and a copy of what was sent."""
    ad = published_ad(application)

    def address(picture: PagePicture) -> str:
        return url_for("applications.private_picture", token=token, picture_id=picture.id)

    closed = clock.now() >= ad.closes_at
    decided = ad.ended or application.decided_at is not None
    return render_template(
        "applications/private.html",
        ad=head(ad),
        step=0,
        application=application,
        token=token,
        status=step_of(application.state, closed=closed, called=application.called_at is not None, decided=decided),
        may_withdraw=application.state in CAN_BE_WITHDRAWN,
        tasks=[] if decided or application.state not in COUNTS else tasks_of(db.session, application.id),
        terms=terms(ad),
        dates=promised_dates(ad, application),
        copy=copy_of(ad, application, address, checksums=True),
        word=_word(ad, application),
    )


def _word(ad: PublishedAd, application: Application) -> str:
    """What the employer has written to the candidate, once it is told."""
    word = word_to(db.session, application.id)
    return "" if word is None else word_shown(ad, key_of(application).open_text(WORD_PLACE, word.text_sealed))


@applications.route("/ansokan/<token>/ta-tillbaka", methods=["GET", "POST"])
@of_link(Purpose.APPLICATION)
def withdraw(application: Application, token: str) -> Answer:
    """Asks once more, and then takes the application back."""
    ad, form = published_ad(application), ActForm()
    if form.validate_on_submit():
        application_id, erased = application.id, is_erased_when_ended(application)
        with unit_of_work() as session:
            withdraw_application(session, application_id=application_id, at=arrived_at())
        if erased:
            finish_erasure(application_id)
            return redirect(url_for("applications.withdrawn"), 303)
        return redirect(url_for("applications.private", token=token), 303)
    if application.state not in CAN_BE_WITHDRAWN:
        return redirect(url_for("applications.private", token=token), 303)
    return render_template("applications/withdraw.html", ad=head(ad), step=0, form=form, token=token, terms=terms(ad))


@applications.get("/ansokan/tillbakatagen")
@public
def withdrawn() -> Answer:
    """The application is erased: nothing is left for a link to show."""
    return render_template("applications/done.html", what="withdrawn")


@applications.get("/ansokan/utkast-borttaget")
@public
def discarded() -> Answer:
    """The draft is deleted."""
    return render_template("applications/done.html", what="discarded")


@applications.get("/ansokan/glomd-har")
@public
def forgotten() -> Answer:
    """This browser knows nothing of an application any more."""
    return render_template("applications/done.html", what="forgotten")


@applications.get("/ansokan/svar-mottaget")
@public
def answered() -> Answer:
    """The question about a second sending is answered."""
    return render_template("applications/done.html", what="answered")
