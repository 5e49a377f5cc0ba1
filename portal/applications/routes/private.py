"""What the private link opens: the status and what was sent. GET shows, POST acts."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from flask import current_app, redirect, render_template, url_for

from portal import clock
from portal.ads.models import PublishedAd
from portal.applications.later import may_be_asked
from portal.applications.leads import Sealed, Stands, lead_of
from portal.applications.models import Application, CandidateTask
from portal.applications.queries import WORD_PLACE, another_waits, later_consent_of, tasks_of, word_to
from portal.applications.routes.apply import Answer
from portal.applications.routes.blueprint import applications
from portal.applications.routes.guards import of_link, published_ad
from portal.applications.routes.shown import Address, copy_of, head, promised_dates, shown_changes, terms, word_shown
from portal.applications.services.changing import in_time_to_change, open_for_changes
from portal.applications.services.drafting import key_of
from portal.applications.states import CAN_BE_WITHDRAWN, COUNTS, step_of
from portal.db import db
from portal.documents.models import PagePicture
from portal.links.models import Purpose
from portal.web.guards import public
from portal.web.readings import reads_own

HEARD_OF_WITHIN = timedelta(days=90)  # from the word: whoever is hired has heard of their employer by then


@applications.get("/ansokan/<token>")
@of_link(Purpose.APPLICATION)
@reads_own("application.read")
def private(application: Application, token: str) -> Answer:
    """How it stands, with the promised dates, and a copy of what was sent."""
    ad = published_ad(application)
    closed = clock.now() >= ad.closes_at
    decided = ad.ended or application.decided_at is not None
    status = step_of(
        application.state, closed=closed, called=application.called_at is not None, decided=decided, off=ad.withdrawn
    )  # fmt: skip
    return render_template(
        "applications/private.html",
        ad=head(ad),
        step=0,
        application=application,
        token=token,
        status=status,
        lead=lead_of(status, _stands(application)),
        off_at=ad.published_at if ad.withdrawn else None,
        waits=another_waits(db.session, application),
        may_withdraw=application.state in CAN_BE_WITHDRAWN,
        hired=application.state in CAN_BE_WITHDRAWN and _is_hired(application),
        tasks=_tasks(application, decided=decided),
        terms=terms(ad),
        dates=promised_dates(ad, application),
        copy=copy_of(ad, application, private_address(token), checksums=True),
        changes=shown_changes(application),
        may_change=open_for_changes(application, ad, clock.now()),
        may_apply_again=in_time_to_change(application, ad, clock.now()),
        word=_word(ad, application),
        later=later_consent_of(db.session, application.id) if decided else None,
        may_be_asked=may_be_asked(
            by_party=application.controller_id == application.party_id,
            state=application.state,
            decided=decided,
            decided_as=application.decided_as,
        ),
    )


def _stands(application: Application) -> Stands:
    told = application.decided_at
    return Stands(
        decided_as=application.decided_as,
        employment=_employment(application) if application.decided_as == "anstalls" else "",
        told_long_ago=told is not None and clock.now() - told > HEARD_OF_WITHIN,
        has_address=application.email_sealed is not None,
        ran_out=application.ran_out,
        sealed=_sealed(application),
        public=application.controller_id == application.authority_id,
        copies_erased=application.copies_erased_at is not None,
    )


def _sealed(application: Application) -> Sealed:
    if application.restricted_at is None or application.restricted_until is None:
        return Sealed.NOT
    sealed_on = application.restricted_at.astimezone(clock.STOCKHOLM).date()
    past = application.restricted_until < clock.today() or application.restricted_until <= sealed_on
    return Sealed.PAST_IT if past else Sealed.UNTIL_A_DAY


def _tasks(application: Application, *, decided: bool) -> Sequence[CandidateTask]:
    """What is to be done; once there is word, a letter that is not read and nothing else."""
    if application.state not in COUNTS:
        return []
    return [one for one in tasks_of(db.session, application.id) if not decided or _is_unread_letter(one)]


def _is_unread_letter(task: CandidateTask) -> bool:
    return task.endpoint == "letterbox.own" and task.done_at is None


def private_address(token: str) -> Address:
    """Where the page pictures of what was sent lie, for whoever holds the link."""

    def address(picture: PagePicture) -> str:
        return url_for("applications.private_picture", token=token, picture_id=picture.id)

    return address


def _word(ad: PublishedAd, application: Application) -> str:
    """What the employer has written to the candidate, once it is told."""
    word = word_to(db.session, application.id)
    return "" if word is None else word_shown(ad, key_of(application).open_text(WORD_PLACE, word.text_sealed))


def _is_hired(application: Application) -> bool:
    """Whether its candidate knows that they are to be employed: by the word, or as the contracts tell."""
    belongs: Callable[[Application], bool] = current_app.extensions["belongs_to_employment"]
    return application.decided_as == "anstalls" or belongs(application)


def _employment(application: Application) -> str:
    """How far the employment of one who was told of it has come, as the contracts tell: they stand above the applications."""
    stands: Callable[[Application], str] = current_app.extensions["employment_stands"]
    return stands(application)


@applications.post("/ansokan/<token>")
@of_link(Purpose.APPLICATION)
def enter(application: Application, token: str) -> Answer:
    """Where the door's own forms post to; whoever is in already goes on to the page."""
    return redirect(url_for("applications.private", token=token), 303)


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


@applications.get("/ansokan/utloggad")
@public
def left() -> Answer:
    """This browser is behind no door any more."""
    return render_template("applications/done.html", what="left")


@applications.get("/ansokan/svar-mottaget")
@public
def answered() -> Answer:
    """The question about a second sending is answered."""
    return render_template("applications/done.html", what="answered")
