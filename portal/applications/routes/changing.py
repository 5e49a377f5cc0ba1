"""What was sent, changed from the private page until the last day: details, and letter, answers and files."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from portal.ads.models import PublishedAd
from portal.applications.changes import ChangesClosed, StillAsked, TakenBack, TwoStandBeside
from portal.applications.forms import FILES, DetailsForm, DocumentsForm, details_to_put_right, documents_form
from portal.applications.meanwhile import NOTHING, Meanwhile
from portal.applications.models import Application
from portal.applications.routes.apply import Answer
from portal.applications.routes.beside import (
    chosen_replies,
    chosen_texts,
    opened_with,
    put_saved_back,
    seen,
    shown_beside,
)
from portal.applications.routes.blueprint import applications, is_stale
from portal.applications.routes.guards import of_link, published_ad
from portal.applications.routes.mending import is_read_again, mend_to, seconds_to_wait
from portal.applications.routes.papers import page_two, take_files
from portal.applications.routes.private import private_address
from portal.applications.routes.saved import ANCHOR, place_pressed, tell_saved
from portal.applications.routes.shown import NOTHING_LOST, head
from portal.applications.routes.unkept import unkept
from portal.applications.services.changing import Change, Changed, change_application, closed_for, open_for_changes
from portal.applications.services.drafting import key_of, read_written, texts_of
from portal.applications.services.linking import is_another_address
from portal.applications.services.mending import AddressStays
from portal.applications.services.papers import Uploads
from portal.db import db, unit_of_work
from portal.documents.services import seal_letter
from portal.links.models import Purpose
from portal.refusal import Refusal
from portal.web.arrival import arrived_at
from portal.web.bodies import takes_files
from portal.web.filters import sentence_of
from portal.web.guards import public
from portal.web.rates import wait
from portal.web.readings import reads_own

LETTER_NAME = "Personligt brev"


@applications.route("/ansokan/<token>/andra/uppgifter", methods=["GET", "POST"])
@of_link(Purpose.APPLICATION)
@reads_own("application.read")
def change_details(application: Application, token: str) -> Answer:
    """Name, address and telephone. A new address gets a new link, and the former link is dead."""
    at, ad = arrived_at(), published_ad(application)
    written = read_written(db.session, application, key_of(application))
    form = details_to_put_right(written.name, written.email, written.phone)
    if not open_for_changes(application, ad, at):
        return _closed(ad, application, token, form)
    shown = partial(_details_page, ad, application, form, token)
    if is_stale():
        return shown(), 400
    if not form.validate_on_submit():
        return shown(), 422 if form.errors else 200
    texts = chosen_texts(form.texts())
    email = texts.pop("email", written.email)
    another = is_another_address(application, email)
    if not another:
        texts["email"] = email  # spelt otherwise, perhaps: the link stays
    if another and not is_read_again(email):
        return shown(asks=email), 422
    if another and (seconds := seconds_to_wait(application)):
        return wait(shown(waits=True), seconds)
    try:
        beside = _change(application, ad, Change(texts=texts)).beside
    except ChangesClosed:
        return _closed(ad, application, token, form)
    if beside:
        put_saved_back(form, read_written(db.session, application, key_of(application)), beside)
        return shown(beside), 409
    if not another:
        return redirect(_onward(token), 303)
    try:
        mend_to(ad, application, email)
    except AddressStays:
        return _closed(ad, application, token, form)
    return redirect(url_for("applications.readdressed"), 303)  # this browser's link is dead: the new one is on its way


@applications.get("/ansokan/ny-adress")
@public
def readdressed() -> Answer:
    """The address is another, and so is the link."""
    return render_template("applications/done.html", what="readdressed")


@applications.route("/ansokan/<token>/andra/handlingar", methods=["GET", "POST"])
@takes_files
@of_link(Purpose.APPLICATION)
@reads_own("application.read")
def change_documents(application: Application, token: str) -> Answer:
    """Letter, answers, pay, start and files, by the same form as when they were first written."""
    at, ad = arrived_at(), published_ad(application)
    written = read_written(db.session, application, key_of(application))
    form = documents_form(ad.content, texts_of(written), written.replies)
    if not open_for_changes(application, ad, at):
        return _closed(ad, application, token, form)
    shown = partial(_documents_page, ad, application, form, token)
    if request.method != "POST" or is_stale():  # HEAD too shows and changes nothing
        return shown(), 400 if is_stale() else 200
    valid, place = form.validate(), place_pressed(application)
    uploads = take_files(application, form)
    try:
        changed = _change(application, ad, _change_of(application, form, uploads))
    except ChangesClosed:
        return _closed(ad, application, token, form)
    beside = changed.beside
    if not _told(form, changed, uploads) and valid and not beside:
        return redirect(_onward(token, place), 303)
    put_saved_back(form, read_written(db.session, application, key_of(application)), beside)
    page = shown(beside)
    return wait(page, uploads.wait) if uploads.wait else (page, 409 if beside or changed.doubled else 422)


def _told(form: DocumentsForm, changed: Changed, uploads: Uploads) -> bool:
    """Whether anything is to be said beside a field: it is, there."""
    said: dict[str, Refusal] = {name: StillAsked() for name in changed.still_asked}
    said |= {FILES[slot]: TwoStandBeside() for slot in changed.doubled}
    said |= {FILES[slot]: refused for slot, refused in uploads.refused.items()}
    for name, refusal in said.items():
        form[name].errors = [sentence_of(refusal)]
    return bool(said)


def _change_of(application: Application, form: DocumentsForm, uploads: Uploads) -> Change:
    """What the form asks for, the typed letter sealed as a document where it is not empty."""
    texts, key = chosen_texts(form.texts()), key_of(application)
    letter = texts.get("letter")
    former = read_written(db.session, application, key).letter
    return Change(
        texts=texts,
        replies=chosen_replies(form.replies()),
        uploads=uploads,
        attachment_kind=form.kind_of_attachment(),
        letter=seal_letter(letter, name=LETTER_NAME, key=key) if letter and letter != former else None,
        remove=request.form.get("remove", type=UUID),
    )


def _change(application: Application, ad: PublishedAd, change: Change) -> Changed:
    """One verb, as of the instant its first byte arrived."""
    application_id, key = application.id, key_of(application)
    with unit_of_work() as session:
        return change_application(
            session, application_id=application_id, key=key, ad=ad, change=change, seen=seen(), at=arrived_at()
        )


def _closed(ad: PublishedAd, application: Application, token: str, form: DetailsForm | DocumentsForm) -> Answer:
    lost = unkept(ad, application, form) if request.method == "POST" else {}
    return unchanged(ad, token, closed_for(application, ad, arrived_at()), lost)


def unchanged(ad: PublishedAd, token: str, refusal: Refusal, unkept: Mapping[str, Any] = NOTHING_LOST) -> Answer:
    """Why nothing is changed here, what to do instead, and what was typed here in vain."""
    page = render_template(
        "applications/changes_closed.html",
        ad=head(ad),
        step=0,
        token=token,
        sentence=sentence_of(refusal),
        may_write=not isinstance(refusal, TakenBack),
        unkept=unkept,
    )
    return page, 409 if request.method == "POST" else 200


def _details_page(
    ad: PublishedAd, application: Application, form: DetailsForm, token: str, beside: Meanwhile = NOTHING,
    waits: bool = False, asks: str = "",
) -> str:  # fmt: skip
    return render_template(
        "applications/change_details.html",
        waits=waits,
        asks=asks,
        ad=head(ad),
        step=0,
        form=form,
        token=token,
        errors=_errors(form),
        **opened_with(application),
        beside=shown_beside(beside, ad.content),
        stale=is_stale(),
    )


def _documents_page(
    ad: PublishedAd, application: Application, form: DocumentsForm, token: str, beside: Meanwhile = NOTHING
) -> str:
    shown = page_two(ad, application, form, private_address(token), beside)
    return render_template("applications/change_documents.html", ad=head(ad), step=0, token=token, **shown)


def _onward(token: str, place: str = "") -> str:
    """Back to where a file's own button stood, or to the private page; either says that it is saved."""
    tell_saved(place or "application")
    if place:
        return url_for("applications.change_documents", token=token, _anchor=ANCHOR)
    return url_for("applications.private", token=token, _anchor=ANCHOR)


def _errors(form: Any) -> list[tuple[str, str]]:
    return [(field.id, str(field.errors[0])) for field in form if field.errors and field.name != "csrf_token"]
