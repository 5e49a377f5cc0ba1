"""Page two: a question for every krav and merit, and the papers. Whatever can be kept is kept, whichever button."""

from datetime import datetime
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for

from portal import clock
from portal.ads.models import PublishedAd
from portal.applications.forms import FILE_ATTRIBUTES, FILES, DocumentsForm, documents_form
from portal.applications.models import Application
from portal.applications.routes.apply import Answer
from portal.applications.routes.blueprint import applications
from portal.applications.routes.guards import arrival_rule, of_draft, remember_longer
from portal.applications.routes.shown import closed_page, head, shown_documents
from portal.applications.services.drafting import (
    draft_to_write,
    key_of,
    read_written,
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
from portal.applications.window import NotOpen, arrives_as
from portal.db import db, unit_of_work
from portal.documents.models import PagePicture
from portal.documents.queries import documents_of
from portal.web.arrival import arrived_at
from portal.web.bodies import takes_files
from portal.web.filters import sentence_of
from portal.web.language import language
from portal.web.limits import FILES_PER_NETWORK
from portal.web.rates import take_of_network, wait


@applications.route("/annonser/<reference>/ansok/handlingar", methods=["GET", "POST"])
@takes_files
@of_draft
def apply_documents(ad: PublishedAd, application: Application) -> Answer:
    """Answers, salary, start, letter, CV and attachments."""
    at = arrived_at()
    try:
        arrives_as(**arrival_rule(ad, application, at))
    except NotOpen as refusal:
        if request.method == "POST" and (form := _form(ad, application)).validate():
            _keep(ad, application, form, at)  # too late to be sent, but not to be kept
        return closed_page(ad, refusal, 422 if request.method == "POST" else 200, application)
    form = _form(ad, application)
    if request.method != "POST":  # HEAD too shows and changes nothing
        return _page(ad, application, form)
    valid = form.validate()
    uploads = _keep(ad, application, form, at)
    for slot, refused in uploads.refused.items():
        form[FILES[slot]].errors = [sentence_of(refused)]
    if valid and not uploads.refused:
        onward: Response = make_response(redirect(_onward(ad), 303))
        remember_longer(onward, ad)
        return onward
    page = _page(ad, application, form)
    return wait(page, uploads.wait) if uploads.wait else (page, 422)


def _form(ad: PublishedAd, application: Application) -> DocumentsForm:
    written = read_written(db.session, application, key_of(application))
    texts = {name: getattr(written, name) for name in ("letter", "salary", "start")}
    return documents_form(ad.content, texts, written.replies)


def _keep(ad: PublishedAd, application: Application, form: DocumentsForm, at: datetime) -> Uploads:
    key, remove = key_of(application), request.form.get("remove", type=UUID)
    attachments = sum(1 for row in documents_of(db.session, application.id) if row.slot == "attachment")
    files = form.chosen_files()
    seconds = take_of_network(FILES_PER_NETWORK, "file from", len(files)) if files else 0
    uploads = turn_away(files, wait=seconds) if seconds else take_in(files, key=key, attachments=attachments)
    pressed = request.form.get("save", "")
    if pressed in FILES and pressed not in files and not (pressed == "letter" and form.texts().get("letter")):
        uploads.refused[pressed] = NoFileChosen()
    with unit_of_work() as session:
        draft = draft_to_write(session, application.id)
        if remove is not None:
            remove_own_document(session, application=draft, document_id=remove)
        keep_uploads(session, application=draft, uploads=uploads, at=clock.now())
        write_details(
            session, application=draft, key=key, texts=form.texts(), ad=ad, language=language(), at=clock.now()
        )
        write_replies(session, application=draft, key=key, replies=form.replies())
    return uploads


def _onward(ad: PublishedAd) -> str:
    """To the check page, or back to where the button stood."""
    pressed = request.form.get("save") or ("documents" if request.form.get("remove") else "")
    if not pressed:
        return url_for("applications.apply_check", reference=ad.reference)
    place = {"cv": "del-cv", "letter": "del-letter", "attachment": "del-attachment", "documents": "del-cv"}.get(pressed)
    return url_for("applications.apply_documents", reference=ad.reference, _anchor=place)


def _page(ad: PublishedAd, application: Application, form: DocumentsForm) -> str:
    documents = documents_of(db.session, application.id)
    return render_template(
        "applications/apply_documents.html",
        ad=head(ad),
        step=2,
        form=form,
        errors=_errors(form),
        documents=shown_documents(documents, key_of(application), lambda picture: picture_address(ad, picture)),
        asked=ad.content["documents"],
        file_attributes=FILE_ATTRIBUTES,
    )


def _errors(form: DocumentsForm) -> list[tuple[str, str]]:
    """In the order of the page: the questions first, the files last."""
    names = [f"answer_{question.name}" for question in form.questions] + ["salary", "start", "letter", *FILES.values()]
    return [(form[name].id, str(form[name].errors[0])) for name in names if form[name].errors]


def picture_address(ad: PublishedAd, picture: PagePicture) -> str:
    return url_for("applications.draft_picture", reference=ad.reference, picture_id=picture.id)


@applications.post("/annonser/<reference>/ansok/ta-bort")
@of_draft
def discard(ad: PublishedAd, application: Application) -> Answer:
    """Delete the draft, at once and for good."""
    with unit_of_work() as session:
        delete_draft(session, application.id)
    return redirect(url_for("applications.discarded"), 303)
