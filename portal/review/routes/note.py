"""An assessor's own note beside a score, on the page of that score."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.db import db, unit_of_work
from portal.refusal import Refusal
from portal.review import services
from portal.review.access import may_assess
from portal.review.forms.assessing import NoteForm
from portal.review.queries.case import Case
from portal.review.queries.meeting import NOTE, keys_of, own_note
from portal.review.routes.blueprint import fresh, in_case, require_place, review
from portal.review.routes.named import ANYWAY, naming_sentence, told_names
from portal.web.filters import clock_time, sentence_of


@dataclass(frozen=True, slots=True)
class Note:
    """What the page of a score shows of the note: its form, whether it stands fast, and where it is saved."""

    form: NoteForm
    fast: bool
    address: str


def note_on(case: Case, application_id: UUID, criterion_id: UUID) -> Note | None:
    """The own note of one score. None for a page that is somebody else's."""
    application = case.application(application_id)
    if case.member is None or application is None:
        return None
    row = own_note(db.session, case.member.id, application_id, criterion_id)
    key = keys_of(db.session, [application]).get(application_id) if row else None
    text = key.open_text(f"{NOTE}.{row.id}", row.text_sealed) if row and key else ""
    form = NoteForm(formdata=None, data={"note": text})
    place: dict[str, Any] = {"ad_id": case.ad.id, "application_id": application_id, "criterion_id": criterion_id}
    fast = case.is_handed_in(application)
    return Note(form, fast, url_for("review.save_note", **place))


@review.post("/bedom/<uuid:application_id>/<uuid:criterion_id>/anteckning")
@in_case(may_assess)
def save_note(case: Case, application_id: UUID, criterion_id: UUID) -> ResponseReturnValue:
    """Save the note, by itself or by its button."""
    require_place(case, application_id, criterion_id)
    form, by_itself = NoteForm(), request.accept_mimetypes.best == "application/json"
    try:
        if form.note.name not in request.form:
            raise Refusal  # a form that lost its field on the way is no wish to erase
        if not form.validate():
            raise Refusal(next(iter(form.note.errors), Refusal.text))
        if told := told_names(case, form.note.data or ""):
            return _asked_first(case, application_id, criterion_id, form, told, by_itself)
        with unit_of_work() as session:
            services.save_note(
                session, case=fresh(session, case.ad.id), application_id=application_id, criterion_id=criterion_id,
                text=form.note.data or "", at=clock.now(),
            )  # fmt: skip
    except Refusal as refusal:
        if refusal.status == 404:
            abort(404)
        if by_itself:
            return jsonify({"fault": sentence_of(refusal)}), refusal.status
        raise
    if by_itself:
        return jsonify({"saved": f"Sparat {clock_time(clock.now())}"})
    place: dict[str, Any] = {"application_id": application_id, "criterion_id": criterion_id}
    return redirect(url_for("review.score", ad_id=case.ad.id, **place), 303)


def _asked_first(
    case: Case, application_id: UUID, criterion_id: UUID, form: NoteForm, told: list[str], by_itself: bool
) -> ResponseReturnValue:
    """Nothing is saved yet, and nothing is forbidden: the page says what the text tells, and has a button to save it."""
    sentence = naming_sentence("Anteckningen", told)
    if by_itself:
        return jsonify({"fault": sentence, "anyway": ANYWAY}), 409
    place: dict[str, Any] = {"ad_id": case.ad.id, "application_id": application_id, "criterion_id": criterion_id}
    page = {"case": case, "form": form, "told": sentence, "back": url_for("review.score", **place)}
    return render_template("review/note_named.html", **page, current="recruitments"), 409
