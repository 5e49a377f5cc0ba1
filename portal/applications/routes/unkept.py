"""What a page brings that is kept nowhere, since it came too late: it is shown, to be read and copied."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField

from portal import clock
from portal.ads.models import PublishedAd
from portal.applications.forms import DocumentsForm
from portal.applications.meanwhile import said
from portal.applications.models import Application
from portal.applications.routes.beside import posts_in_words, reply_in_words, seen
from portal.applications.routes.blueprint import is_stale
from portal.applications.routes.carrying import carried_form
from portal.applications.routes.door import Answer
from portal.applications.routes.guards import to_receipt
from portal.applications.routes.shown import head
from portal.applications.services.changing import open_for_changes
from portal.applications.services.drafting import Written, key_of, read_written, texts_of
from portal.applications.services.sending import private_token
from portal.db import db
from portal.documents.queries import documents_of
from portal.seen import Seen
from portal.web.amounts import kronor_in
from portal.web.filters import swedish
from portal.web.forms import HouseForm


@dataclass(frozen=True, slots=True)
class _Typed:
    place: str | UUID  # as in `meanwhile`
    label: str
    words: str  # as it is shown
    text: str  # as it would have been kept


def unkept(ad: PublishedAd, application: Application | None, *forms: HouseForm) -> dict[str, Any]:
    """The typed texts under their labels, and the names of the files, but for what stands in the application already, and
    for what the page was only opened with; also what page one carries. Empty where nothing would be lost."""
    written = read_written(db.session, application, key_of(application)) if application else Written()
    stands, opened = said(texts_of(written), written.replies), seen() if application else Seen()
    carried = carried_form(ad)
    texts = [
        (typed.label, typed.words)
        for form in (*forms, *([carried] if carried else ()))
        for typed in _typed_in(form, ad)
        if typed.words and typed.text != stands.get(typed.place) and not opened.shown(typed.place, typed.text)
    ]
    files = _names_of_files(application)
    return {"texts": texts, "files": files} if texts or files else {}


def sent_already(ad: PublishedAd, application_id: UUID, form: HouseForm, *, change: str) -> Answer | None:
    """A page of the draft, after the sending: the receipt; but where it says what was not sent, as from another tab, that.
    ``change`` is the page where it can still be added. None where the draft was not sent but deleted."""
    db.session.expire_all()  # sent in the meantime, perhaps: as it stands now
    application = db.session.get(Application, application_id)
    if application is None:
        return None
    lost = unkept(ad, application, form) if request.method == "POST" else {}
    if not lost:
        return to_receipt(ad)
    page = render_template(
        "applications/sent_already.html",
        ad=head(ad),
        step=0,
        sent_at=application.submitted_at,
        unkept=lost,
        token=private_token(db.session, application),
        may_change=open_for_changes(application, ad, clock.now()),
        change=change,
    )
    return page, 400 if is_stale() else 409


def _typed_in(form: HouseForm, ad: PublishedAd) -> Iterator[_Typed]:
    form.validate()  # an address is compared, and kept, as its validator writes it
    if isinstance(form, DocumentsForm):
        yield from _typed_of_documents(form, ad)
        return
    for field in form:
        if isinstance(field.data, str) and not isinstance(field, HiddenField):
            yield _Typed(field.name, field.label.text, field.data, field.data)


def _typed_of_documents(form: DocumentsForm, ad: PublishedAd) -> Iterator[_Typed]:
    for question in form.questions:
        reply = form.reply_to(question)
        text = said({}, {question.criterion_id: reply})[question.criterion_id]
        yield _Typed(question.criterion_id, swedish(question.text), reply_in_words(reply), text)
    for name in ("salary", "start", "letter"):
        field, typed = form[name], form[name].data or ""
        yield _Typed(name, field.label.text, typed, str(kronor_in(typed) or typed) if name == "salary" else typed)
    if "posts" in form:
        posts = form.texts()["posts"]
        yield _Typed("posts", form["posts"].label.text, posts_in_words(ad.content, posts), posts)


def _names_of_files(application: Application | None) -> list[str]:
    """Of the files that were chosen, but for those that are there, byte for byte."""
    chosen = [file for file in request.files.values() if file.filename]
    if not chosen or application is None:
        return [file.filename or "" for file in chosen]
    key = key_of(application)
    there = {
        key.open_text("document.checksum", row.checksum_sealed) for row in documents_of(db.session, application.id)
    }
    return [file.filename or "" for file in chosen if _checksum_of(file) not in there]


def _checksum_of(file: FileStorage) -> str:
    file.stream.seek(0)
    return hashlib.sha256(file.stream.read()).hexdigest()
