"""Who may enter the candidate's pages: whoever holds the draft's cookie, or has come through the door of a link."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from flask import Response, abort, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.ads.models import PublishedAd
from portal.ads.queries import current_version, current_version_of
from portal.applications.models import Application
from portal.applications.routes.door import act, ask_for_code, closed, door_of, show_on_pages, stand_before, visit_here
from portal.applications.services.drafting import DraftGone
from portal.applications.services.linking import take_draft_over
from portal.applications.states import State
from portal.db import db, unit_of_work
from portal.links.models import Purpose
from portal.links.services import follow_link, is_led_on, is_open, is_superseded, scope_of_link
from portal.links.tokens import is_handle, is_token
from portal.scope import act_for
from portal.vault.keystore import KeyGone
from portal.vault.services import the_vault
from portal.web.guards import Guard, View, mark

COOKIE_DAYS = 30


def cookie_name() -> str:
    """The draft's cookie. On https its name keeps it from being written by an unencrypted page; as it is bound to its
    ad's path, it cannot have the stricter ``__Host-``."""
    return "__Secure-draft" if current_app.config["SETTINGS"].https else "draft"


def of_ad(view: View) -> View:
    """Anybody, for an ad that was published: the view gets the ad as it stands and this browser's draft or None."""

    @wraps(view)
    def guarded(reference: str, **values: Any) -> Any:
        ad = current_version(db.session, reference)
        if ad is None:
            abort(404)
        try:
            return view(ad, _draft_of(ad), **values)
        except KeyGone as gone:  # deleted while this was answered
            raise DraftGone from gone

    return mark(guarded, Guard("candidate"))


def of_draft(view: View) -> View:
    """Only a browser with a draft; another is led to the first page, one whose draft was sent to its receipt."""

    @of_ad
    @wraps(view)
    def guarded(ad: PublishedAd, application: Application | None, **values: Any) -> Any:
        if application is None or application.state != State.DRAFT:
            return without_draft(ad, application)
        return view(ad, application, **values)

    return guarded


def without_draft(ad: PublishedAd, application: Application | None) -> AnyResponse:
    """Where a browser without a draft is led: to the first page, or to the receipt of what was sent."""
    if application is not None:
        return to_receipt(ad)
    return redirect(url_for("applications.apply", reference=ad.reference), 303)


def of_link(purpose: Purpose) -> Callable[[View], View]:
    """Only a browser that has come through the door of a link of this purpose (see `door`).

    The view is given the application and the ``token`` for addresses of further pages: behind the door that is the handle.
    The token of a mail leads to the door, whatever the page; one that opens nothing gets the same 404 as any other. A
    draft leads to its own pages, so a view here meets only what was sent.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(token: str, **values: Any) -> Any:
            at = clock.now()
            try:
                if held := token if is_token(token) else request.form.get("door_link", ""):
                    return stand_before(purpose, held, at)
                return _behind(purpose, token, at, lambda application: view(application, token, **values))
            except KeyGone:
                abort(404)

        return mark(guarded, Guard("candidate"))

    return decorate


def _behind(purpose: Purpose, handle: str, at: datetime, show: Callable[[Application], Any]) -> Any:
    if not is_handle(handle):
        abort(404)
    came = visit_here(purpose, at)
    if came is None or (door := door_of(came[0])).handle != handle:
        return closed()
    link, visit = came
    act_for(db.session, scope_of_link(link))
    if request.method == "POST" and (asked := request.form.get("door")):
        return act(asked, door, link.subject_id, visit, at)
    if not is_open(visit, at):
        return ask_for_code(door, visit, at)
    application = db.session.get(Application, link.subject_id)
    if application is None:
        abort(404)
    if application.state == State.DRAFT:
        return _to_draft(application, link.created_at, at)
    if is_led_on(link):
        return render_template("applications/replaced.html")
    show_on_pages(door, visit)
    return show(application)


def _to_draft(application: Application, came_by: datetime, at: datetime) -> AnyResponse:
    """The draft goes on in this browser, and no longer in one that has not come by the mail."""
    ad, application_id = published_ad(application), application.id
    with unit_of_work() as session:
        token = take_draft_over(session, application_id=application_id, came_by=came_by, at=at)
    response: Response = make_response(redirect(url_for("applications.apply_documents", reference=ad.reference), 303))
    remember(response, ad, token)
    return response


def published_ad(application: Application) -> PublishedAd:
    """The ad of an application, as it stands: it has been published, or nobody could have applied."""
    ad = current_version_of(db.session, application.ad_id)
    assert ad is not None
    return ad


def to_receipt(ad: PublishedAd) -> AnyResponse:
    """Sent already: the receipt."""
    return redirect(url_for("applications.receipt", reference=ad.reference), 303)


def _draft_of(ad: PublishedAd) -> Application | None:
    link = follow_link(db.session, request.cookies.get(cookie_name(), ""), purpose=Purpose.DRAFT, at=clock.now())
    if link is None or not the_vault().key_store.has(link.subject_id):
        return None  # nobody can open one whose key is gone: its browser may begin anew
    act_for(db.session, scope_of_link(link))
    application = db.session.get(Application, link.subject_id)
    if application is None or application.ad_id != ad.ad_id:
        abort(404)  # the cookie's path leads to its own ad; one sent elsewhere by hand opens nothing
    return application


def went_on_elsewhere() -> bool:
    """Whether what was begun in this browser has been taken over by whoever came by the mail."""
    return is_superseded(db.session, request.cookies.get(cookie_name(), ""), purpose=Purpose.DRAFT, at=clock.now())


def remember(response: Response, ad: PublishedAd, token: str) -> None:
    """Give the browser the draft's cookie: for this ad's pages only, and unknown to scripts."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=COOKIE_DAYS * 86400,
        path=_path(ad),
        secure=current_app.config["SETTINGS"].https,
        httponly=True,
        samesite="Lax",
    )


def remember_longer(response: Response, ad: PublishedAd) -> None:
    """A draft lives so many days from its last change, and its cookie with it; not one that has ended meanwhile."""
    token = request.cookies[cookie_name()]
    if follow_link(db.session, token, purpose=Purpose.DRAFT, at=clock.now()) is not None:
        remember(response, ad, token)


def forget(response: Response, ad: PublishedAd) -> None:
    """Take the cookie away, for whoever shares the computer."""
    secure: bool = current_app.config["SETTINGS"].https
    response.delete_cookie(cookie_name(), path=_path(ad), secure=secure, httponly=True, samesite="Lax")


def _path(ad: PublishedAd) -> str:
    return f"/annonser/{ad.reference}/ansok"


def arrival_rule(
    ad: PublishedAd, application: Application | None, at: datetime, opened: datetime | None = None
) -> dict[str, Any]:
    """What decides whether something can be sent now, for `window.arrives_as`. ``opened`` is when the page was shown, where
    there is no draft yet."""
    return {
        "at": at,
        "opened_at": application.opened_at if application else opened or at,
        "closes_at": ad.closes_at,
        "withdrawn": ad.withdrawn,
        "ended": ad.ended,
        "employer": ad.employer,
    }
