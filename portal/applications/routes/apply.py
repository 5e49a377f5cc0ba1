"""Page one: who employs and who reads, and then three fields. The first POST makes the draft."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.accounts.address import canonical
from portal.ads.models import PublishedAd
from portal.applications.forms import DetailsForm, details_form
from portal.applications.meanwhile import Meanwhile, meanwhile
from portal.applications.mistyped import likely_meant
from portal.applications.models import Application
from portal.applications.routes.beginning import begin
from portal.applications.routes.beside import chosen_texts, opened_with, put_saved_back, seen, shown_beside
from portal.applications.routes.blueprint import applications, is_stale
from portal.applications.routes.carrying import carried_along, page_to_go_on_with
from portal.applications.routes.guards import arrival_rule, forget, of_ad, remember, remember_longer, went_on_elsewhere
from portal.applications.routes.opened import opened_at, opened_mark
from portal.applications.routes.shown import closed_page, head, terms
from portal.applications.routes.unkept import sent_already, unkept
from portal.applications.services.drafting import (
    AlreadySent,
    consent_is_of_former,
    draft_to_write,
    key_of,
    note_consent,
    read_written,
    texts_of,
    write_details,
)
from portal.applications.services.linking import is_another_address, mail_link
from portal.applications.states import State
from portal.applications.window import NotOpen, arrives_as
from portal.db import db, unit_of_work
from portal.web.arrival import arrived_at
from portal.web.language import language
from portal.web.limits import DRAFTS_PER_NETWORK, LINKS_PER_ADDRESS
from portal.web.rates import in_seconds, take_of_network, the_rates, wait

Answer = str | tuple[str, int] | AnyResponse


@applications.route("/annonser/<reference>/ansok", methods=["GET", "POST"])
@of_ad
def apply(ad: PublishedAd, application: Application | None) -> Answer:
    """Name, address, telephone and, for a party, the consent."""
    at = arrived_at()
    form = _form(ad, application, at)
    if application is not None and application.state != State.DRAFT:
        return _not_a_draft(ad, application.id, form)
    try:
        arrives = arrives_as(**arrival_rule(ad, application, at, opened_at(ad, form.opened.data, at)))
    except NotOpen as refusal:
        posted = form.is_submitted()
        lost = unkept(ad, application, form) if posted else {}
        return closed_page(ad, refusal, 422 if posted else 200, application, lost)
    if application is None and not form.is_submitted() and went_on_elsewhere():
        return _said_where_it_goes_on(ad, form, late=arrives == State.LATE)
    begun = application is not None and not form.is_submitted()
    shown: dict[str, Any] = {"late": arrives == State.LATE, "begun": begun, **opened_with(application)}
    if is_stale():
        return _page(ad, form, **shown), 400
    if not form.validate_on_submit():
        return _page(ad, form, **shown), 422 if form.errors else 200
    if meant := _asked_about(application, form):
        return _page(ad, form, **shown, meant=meant), 422
    mailed = application is None or is_another_address(application, form.email.data or "")
    if mailed and (seconds := take_of_network(DRAFTS_PER_NETWORK, "draft from")):
        return wait(_page(ad, form, **shown, wait_until=in_seconds(seconds)), seconds)
    mailed = mailed and may_be_mailed(form.email.data or "")
    if application is None:
        return _begun(ad, form, at, mailed=mailed)
    application_id = application.id
    try:
        beside = _write_again(ad, application_id, form, at, mailed=mailed)
    except AlreadySent:
        return _not_a_draft(ad, application_id, form)
    if not beside:
        onward = _onward(ad)
        remember_longer(onward, ad)
        return onward
    put_saved_back(form, read_written(db.session, application, key_of(application)), beside)
    shown |= {**opened_with(application), "beside": shown_beside(beside, ad.content)}
    return _page(ad, form, **shown), 409


def _said_where_it_goes_on(ad: PublishedAd, form: DetailsForm, *, late: bool) -> Answer:
    """Said once: the next reader of this page may be another person at the same computer."""
    page = _page(ad, form, late=late, begun=False, **opened_with(None), elsewhere=True)
    response: Response = make_response(page)
    forget(response, ad)
    return response


def _not_a_draft(ad: PublishedAd, application_id: UUID, form: DetailsForm) -> Answer:
    """What was typed, or the receipt; where the draft is deleted, page one again."""
    told = sent_already(ad, application_id, form, change="applications.change_details")
    return told or (_page(ad, form, late=False, begun=False, **opened_with(None)), 409)


def _page(ad: PublishedAd, form: DetailsForm, **shown: Any) -> str:
    return render_template(
        "applications/apply.html",
        ad=head(ad),
        step=1,
        form=form,
        errors=_errors(form),
        terms=terms(ad),
        stale=is_stale(),
        **{"wait_until": None, "beside": {}, "carried": carried_along(ad), "meant": "", "elsewhere": False, **shown},
    )


def _asked_about(application: Application | None, form: DetailsForm) -> str:
    """What was probably meant with an address that looks mistyped, to be asked about; empty where it is as it is meant, the
    page has asked of it already, or it stands already. Taken where the page's button says so."""
    email = form.email.data or ""
    meant = likely_meant(email)
    if meant and request.form.get("meant") == meant:
        form.email.data = meant
        return ""
    asked = request.form.get("confirmed") == email
    return meant if not asked and (application is None or is_another_address(application, email)) else ""


def _form(ad: PublishedAd, application: Application | None, at: datetime) -> DetailsForm:
    if application is None:
        return details_form(ad.content, opened=opened_mark(ad, at))
    written = read_written(db.session, application, key_of(application))
    consented = application.consented_at is not None and not consent_is_of_former(application)
    return details_form(ad.content, name=written.name, email=written.email, phone=written.phone, consent=consented)


def _errors(form: DetailsForm) -> list[tuple[str, str]]:
    return [(field.id, str(field.errors[0])) for field in form if field.errors and field.name != "csrf_token"]


def may_be_mailed(address: str) -> bool:
    """Whether an address that somebody wrote into a form is mailed to: nobody's box is to be filled by strangers. The page
    does not tell."""
    return not the_rates().take(LINKS_PER_ADDRESS, "links to", canonical(address))


def _onward(ad: PublishedAd) -> Response:
    """To page two; or first what was typed there before there was a draft."""
    if again := page_to_go_on_with(ad):
        return make_response(again)
    return make_response(redirect(url_for("applications.apply_documents", reference=ad.reference), 303))


def _begun(ad: PublishedAd, form: DetailsForm, at: datetime, *, mailed: bool) -> Response:
    onward = _onward(ad)
    texts = form.texts()
    token = begin(ad, form, at, lambda made: _write(made, ad, texts, form, at, mailed=mailed))
    remember(onward, ad, token)
    return onward


def _write_again(ad: PublishedAd, application_id: UUID, form: DetailsForm, at: datetime, *, mailed: bool) -> Meanwhile:
    """Keep what is written, but for what another window has saved otherwise: that is returned."""
    texts = chosen_texts(form.texts())
    with unit_of_work() as session:
        draft = draft_to_write(session, application_id)
        saved = texts_of(read_written(session, draft, key_of(draft)))
        beside = meanwhile(saved, {}, texts, {}, seen=seen(), version=draft.version)
        kept = {name: text for name, text in texts.items() if not beside.stands(name)}
        _write(draft, ad, kept, form, at, mailed=mailed and "email" in kept)
    return beside


def _write(
    application: Application,
    ad: PublishedAd,
    texts: Mapping[str, str],
    form: DetailsForm,
    at: datetime,
    *,
    mailed: bool,
) -> None:
    write_details(
        db.session,
        application=application,
        key=key_of(application),
        texts=texts,
        ad=ad,
        language=language(),
        at=at,
    )
    if "consent" in form:
        note_consent(db.session, application=application, at=at)
    if mailed:
        mail_link(db.session, application=application, ad=ad, to=form.email.data or "", at=at)
