"""Page two: a question for every krav and merit, and the papers. Whatever can be kept is kept, whichever button."""

from typing import Any
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for

from portal import clock
from portal.ads.models import PublishedAd
from portal.applications.forms import FILE_ATTRIBUTES, FILES, DocumentsForm, documents_form
from portal.applications.meanwhile import NOTHING, Meanwhile, meanwhile
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
from portal.applications.routes.carrying import is_typed, page_one_again
from portal.applications.routes.guards import arrival_rule, of_ad, of_draft, remember_longer, to_receipt, without_draft
from portal.applications.routes.saved import (
    ANCHOR,
    by_itself,
    place_pressed,
    tell_saved,
    told_quietly,
    told_that_it_is_closed,
    told_that_it_is_over,
    told_that_none_is_here,
)
from portal.applications.routes.shown import Address, closed_page, head, shown_documents
from portal.applications.routes.unkept import sent_already, unkept
from portal.applications.services.drafting import (
    AlreadySent,
    draft_to_write,
    key_of,
    read_written,
    texts_of,
    write_details,
    write_replies,
)
from portal.applications.services.papers import (
    NoFileChosen,
    Uploads,
    keep_uploads,
    remove_own_document,
    take_in,
    turn_away,
)
from portal.applications.services.sweeping import delete_draft
from portal.applications.states import State
from portal.applications.window import NotOpen, arrives_as
from portal.db import db, unit_of_work
from portal.documents.engines.child import LETTER
from portal.documents.models import PagePicture
from portal.documents.queries import documents_of
from portal.web.arrival import arrived_at
from portal.web.bodies import takes_files
from portal.web.filters import sentence_of
from portal.web.forms import PressForm
from portal.web.language import language
from portal.web.limits import FILES_PER_NETWORK
from portal.web.parked import Sender, sender
from portal.web.rates import take_of_network, wait


@applications.route("/annonser/<reference>/ansok/handlingar", methods=["GET", "POST"])
@takes_files
@of_ad
def apply_documents(ad: PublishedAd, application: Application | None) -> Answer:
    """Answers, salary, start, letter, CV and attachments. Without a draft, what was typed is kept for the one to begin."""
    if by_itself() and application is None:
        return told_that_none_is_here()
    if application is None and request.method == "POST" and sender() is Sender.HERE and is_typed():
        return _begun_anew(ad)
    if application is None:
        return without_draft(ad, None)
    application_id = application.id
    try:
        if application.state != State.DRAFT:
            raise AlreadySent
        return _page_two(ad, application)
    except AlreadySent:
        if by_itself():
            return told_that_it_is_over(ad)
        form = documents_form(ad.content, {}, {})
        return sent_already(ad, application_id, form, change="applications.change_documents") or _begun_anew(ad)


def _begun_anew(ad: PublishedAd) -> Answer:
    """Page one with what was typed, for a new draft; where none can be begun, what was typed, to be copied."""
    try:
        arrives_as(**arrival_rule(ad, None, arrived_at()))
    except NotOpen as refusal:
        lost = unkept(ad, None, documents_form(ad.content, {}, {}))
        return closed_page(ad, refusal, 400 if is_stale() else 422, None, lost)
    return page_one_again(ad)


def _page_two(ad: PublishedAd, application: Application) -> Answer:
    try:
        arrives_as(**arrival_rule(ad, application, arrived_at()))
    except NotOpen as refusal:
        return _closed(ad, application, refusal)
    form = _form(ad, application)
    if request.method != "POST" or is_stale():  # HEAD too shows and changes nothing
        return _page(ad, application, form), 400 if is_stale() else 200
    valid, place = form.validate(), place_pressed(application)
    uploads, beside = _keep(ad, application, form)
    if by_itself():
        return told_quietly(application, form, beside)
    for slot, refused in uploads.refused.items():
        form[FILES[slot]].errors = [sentence_of(refused)]
    if valid and not uploads.refused and not beside:
        onward: Response = make_response(redirect(_onward(ad, place), 303))
        remember_longer(onward, ad)
        return onward
    put_saved_back(form, read_written(db.session, application, key_of(application)), beside)
    page = _page(ad, application, form, beside)
    return wait(page, uploads.wait) if uploads.wait else (page, 409 if beside else 422)


def _closed(ad: PublishedAd, application: Application, refusal: NotOpen) -> Answer:
    """Too late to be sent, but not to be kept; what cannot be kept is shown."""
    if request.method != "POST":
        return closed_page(ad, refusal, 200, application)
    form = _form(ad, application)
    form.validate()
    if not is_stale():
        _keep(ad, application, form)
    if by_itself():
        return told_that_it_is_closed(ad, sentence_of(refusal))
    return closed_page(ad, refusal, 422, application, unkept(ad, application, form))


def _form(ad: PublishedAd, application: Application) -> DocumentsForm:
    written = read_written(db.session, application, key_of(application))
    return documents_form(ad.content, texts_of(written), written.replies)


def take_files(application: Application, form: DocumentsForm) -> Uploads:
    """Read and seal the chosen files, as many as the network may send, and say what is wrong where none was chosen."""
    attachments = sum(1 for row in documents_of(db.session, application.id) if row.slot == "attachment")
    files = form.chosen_files()
    seconds = take_of_network(FILES_PER_NETWORK, "file from", len(files)) if files else 0
    key = key_of(application)
    uploads = turn_away(files, wait=seconds) if seconds else take_in(files, key=key, attachments=attachments)
    pressed = request.form.get("save", "")
    if pressed in FILES and pressed not in files and pressed != "letter":  # whose button saves what is typed too
        uploads.refused[pressed] = NoFileChosen()
    return uploads.with_let_go(one for one in request.form.getlist("let_go") if one.split(" ")[0] in FILES)


def _keep(ad: PublishedAd, application: Application, form: DocumentsForm) -> tuple[Uploads, Meanwhile]:
    key, remove, application_id = key_of(application), request.form.get("remove", type=UUID), application.id
    uploads = take_files(application, form)
    texts, replies = chosen_texts(form.texts()), chosen_replies(form.replies())
    with unit_of_work() as session:
        draft = draft_to_write(session, application_id)
        saved = read_written(session, draft, key)
        beside = meanwhile(texts_of(saved), saved.replies, texts, replies, seen=seen(), version=draft.version)
        if remove is not None:
            remove_own_document(session, application=draft, document_id=remove, at=clock.now())
        keep_uploads(
            session, application=draft, uploads=uploads, at=clock.now(), attachment_kind=form.kind_of_attachment(),
            seen=seen(),
        )  # fmt: skip
        texts = {name: text for name, text in texts.items() if not beside.stands(name)}
        write_details(session, application=draft, key=key, texts=texts, ad=ad, language=language(), at=clock.now())
        replies = {id: reply for id, reply in replies.items() if not beside.stands(id)}
        write_replies(session, application=draft, key=key, replies=replies)
    return uploads, beside


def _onward(ad: PublishedAd, place: str) -> str:
    """To the check page, or back to where the button stood, which says that it is saved."""
    if not place:
        return url_for("applications.apply_check", reference=ad.reference)
    tell_saved(place)
    return url_for("applications.apply_documents", reference=ad.reference, _anchor=ANCHOR)


def _page(ad: PublishedAd, application: Application, form: DocumentsForm, beside: Meanwhile = NOTHING) -> str:
    return render_template(
        "applications/apply_documents.html",
        ad=head(ad),
        step=2,
        **page_two(ad, application, form, lambda picture: picture_address(ad, picture), beside),
    )


def page_two(
    ad: PublishedAd, application: Application, form: DocumentsForm, address: Address, beside: Meanwhile
) -> dict[str, Any]:
    """What the form with letter, files and answers is shown with, in a draft and afterwards."""
    files = [row for row in documents_of(db.session, application.id) if row.kind != LETTER]
    return {
        "form": form,
        "errors": _errors(form),
        "documents": shown_documents(files, key_of(application), address),
        "asked": ad.content["documents"],
        "file_attributes": FILE_ATTRIBUTES,
        **opened_with(application, files),
        "beside": shown_beside(beside, ad.content),
        "stale": is_stale(),
    }


def _errors(form: DocumentsForm) -> list[tuple[str, str]]:
    """In the order of the page: the questions first, the files last."""
    names = [f"answer_{question.name}" for question in form.questions] + ["salary", "start", "letter", *FILES.values()]
    return [(form[name].id, str(form[name].errors[0])) for name in names if form[name].errors]


def picture_address(ad: PublishedAd, picture: PagePicture) -> str:
    return url_for("applications.draft_picture", reference=ad.reference, picture_id=picture.id)


@applications.route("/annonser/<reference>/ansok/ta-bort", methods=["GET", "POST"])
@of_draft
def discard(ad: PublishedAd, application: Application) -> Answer:
    """Delete the draft, at once and for good, when it is said a second time."""
    form, application_id = PressForm(), application.id
    if not form.validate_on_submit():
        return render_template("applications/discard.html", ad=head(ad), step=0, form=form)
    with unit_of_work() as session:
        deleted = delete_draft(session, application_id)
    if not deleted and db.session.get(Application, application_id) is not None:
        return to_receipt(ad)  # it was sent at that very moment
    return redirect(url_for("applications.discarded"), 303)
