"""The ad's own questions, pay and start, as they were answered on paper."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from portal import clock
from portal.applications.forms import DocumentsForm, documents_form
from portal.applications.services.drafting import key_of, read_written, texts_of
from portal.db import db, unit_of_work
from portal.intake.queries import Begun, begun
from portal.intake.refusals import AnswersMoved, NotThere
from portal.intake.routes.blueprint import ONE, intake, of_begun, published, sentence_or_404
from portal.intake.services import note_answers
from portal.refusal import Refusal
from portal.review.queries.case import Case
from portal.review.routes.blueprint import fresh
from portal.seen import between, page_marks
from portal.seen import texts_of as texts_of_fields
from portal.web.filters import sentence_of
from portal.web.readings import reads
from portal.web.shared import Shared, lines_of, put, seen_by_page, tell

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
    ad, ad_id, application_id = published(case), case.ad.id, found.application.id
    if not form.validate():
        return _page(case, found, form, 422)
    texts = {name: text for name, text in form.texts().items() if name in TYPED}
    try:
        with unit_of_work() as session:
            _require_unmoved(case, begun(session, ad_id, application_id), form)
            note_answers(
                session, ad=ad, application_id=application_id, key=key, texts=texts, replies=form.replies(),
                at=clock.now(),
            )  # fmt: skip
    except AnswersMoved as refusal:
        again = begun(db.session, ad_id, application_id)
        if again is None:
            raise
        return _moved(fresh(db.session, ad_id, lock=False), again, form, refusal)
    except Refusal as refusal:
        sentence_or_404(refusal)
        raise
    flash("Svaren är sparade.", "good")
    return redirect(url_for("intake.papers", ad_id=case.ad.id, application_id=application_id), 303)


def _require_unmoved(case: Case, found: Begun | None, form: DocumentsForm) -> None:
    """What a colleague has typed since the page was opened is not written over unseen."""
    if found is None:
        raise NotThere
    if (beside := between(seen_by_page(), _texts(_form(case, found, blank=True)), _texts(form))).moved:
        raise AnswersMoved(asks=beside.asks)


def _moved(case: Case, found: Begun, form: DocumentsForm, refusal: AnswersMoved) -> ResponseReturnValue:
    """What only a colleague has typed goes into the form; what both have is told beside it."""
    saved, since = _form(case, found, blank=True), Shared()
    moved = between(seen_by_page(), _texts(saved), _texts(form))
    tell(
        since, moved, [field.name for field in _typed(form)], label=lambda name: str(form[name].label.text),
        lines=lambda name: lines_of(form[name], saved[name].data),
    )  # fmt: skip
    since.moved = sentence_of(refusal)
    for name in moved.theirs:
        put(form[name], saved[name].data)
    return _page(case, found, form, refusal.status, since)


def _typed(form: DocumentsForm) -> list[Field]:
    """What can be typed on the page."""
    return [field for field in form if field.name in TYPED or field.name.startswith(("choice_", "answer_"))]


def _texts(form: DocumentsForm) -> dict[str, str]:
    return texts_of_fields({field.name: field.data for field in _typed(form)})


def _form(case: Case, found: Begun, *, blank: bool = False) -> DocumentsForm:
    """As it was sent, or as it is saved."""
    application = found.application
    written = read_written(db.session, application, key_of(application))
    return documents_form(published(case).content, texts_of(written), written.replies, blank=blank)


def _page(
    case: Case, found: Begun, form: DocumentsForm, status: int, since: Shared | None = None
) -> ResponseReturnValue:
    """``since`` is what a colleague has typed meanwhile; a page that was sent with a fault goes on saying what it was opened
    with."""
    application = found.application
    name = key_of(application).open_text("application.name", application.name_sealed or b"")
    marks = page_marks(_texts(_form(case, found, blank=True)))
    return render_template(
        "intake/answers.html", case=case, row=found.intake, name=name, form=form, since=since or Shared(),
        marks=request.form.get("marks", marks) if since is None else marks, current="recruitments",
    ), status  # fmt: skip
