"""The ad's own questions, pay and start, as they were answered on paper."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.applications.forms import DocumentsForm, documents_form
from portal.applications.services.drafting import key_of, read_written, texts_of
from portal.db import db, unit_of_work
from portal.intake.queries import Begun
from portal.intake.routes.blueprint import ONE, intake, of_begun, published, sentence_or_404
from portal.intake.services import note_answers
from portal.refusal import Refusal
from portal.review.queries.case import Case
from portal.web.readings import reads

TYPED = ("salary", "start", "posts")


@intake.get(f"{ONE}/svar")
@of_begun
@reads("registration.read", of="application_id")
def answers(case: Case, found: Begun) -> ResponseReturnValue:
    """What has been typed so far."""
    return _page(case, found, _form(case, found), 200)


@intake.post(f"{ONE}/svar")
@of_begun
def save_answers(case: Case, found: Begun) -> ResponseReturnValue:
    """Keep what was typed."""
    form, key = _form(case, found), key_of(found.application)
    ad, application_id = published(case), found.application.id
    if not form.validate():
        return _page(case, found, form, 422)
    texts = {name: text for name, text in form.texts().items() if name in TYPED}
    try:
        with unit_of_work() as session:
            note_answers(
                session, ad=ad, application_id=application_id, key=key, texts=texts, replies=form.replies(),
                at=clock.now(),
            )  # fmt: skip
    except Refusal as refusal:
        sentence_or_404(refusal)
        raise
    flash("Svaren är sparade.", "good")
    return redirect(url_for("intake.papers", ad_id=case.ad.id, application_id=application_id), 303)


def _form(case: Case, found: Begun) -> DocumentsForm:
    application = found.application
    written = read_written(db.session, application, key_of(application))
    return documents_form(published(case).content, texts_of(written), written.replies)


def _page(case: Case, found: Begun, form: DocumentsForm, status: int) -> ResponseReturnValue:
    application = found.application
    name = key_of(application).open_text("application.name", application.name_sealed or b"")
    page = {"case": case, "row": found.intake, "name": name, "form": form, "current": "recruitments"}
    return render_template("intake/answers.html", **page), status
