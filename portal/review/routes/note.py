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
from portal.review.own_note import NoteMoved, said_of, version_after, version_of
from portal.review.queries.case import Case
from portal.review.queries.meeting import keys_of
from portal.review.queries.notes import NOTE, own_note
from portal.review.routes.blueprint import fresh, in_case, require_place, review
from portal.review.routes.named import ANYWAY, naming_sentence, told_names
from portal.review.routes.words import note_is_seen
from portal.review.services.noting import why_fast
from portal.web.filters import clock_time, sentence_of

NAMED = "Den är inte sparad än. Ta bort namnet, eller spara ändå."


@dataclass(frozen=True, slots=True)
class Note:
    """What the page of a score shows of the note: its form, why it stands fast where it does, and where it is saved."""

    form: NoteForm
    fast: str
    address: str
    version: str


def note_on(case: Case, application_id: UUID, criterion_id: UUID) -> Note | None:
    """The own note of one score. None for a page that is somebody else's."""
    application = case.application(application_id)
    if case.member is None or application is None:
        return None
    row = own_note(db.session, case.member.id, application_id, criterion_id)
    key = keys_of(db.session, [application]).get(application_id) if row else None
    text = key.open_text(f"{NOTE}.{row.id}", row.text_sealed) if row and key else ""
    form = _form(case, formdata=None, data={"note": text})
    place: dict[str, Any] = {"ad_id": case.ad.id, "application_id": application_id, "criterion_id": criterion_id}
    fast = why_fast(case, application, there=row is not None, at=clock.now())
    return Note(form, fast, url_for("review.save_note", **place), version_of(text))


def _form(case: Case, **options: Any) -> NoteForm:
    form = NoteForm(**options)
    form.note.description = f"{form.note.description} {note_is_seen(case)} Den sparas för sig."
    return form


@review.post("/bedom/<uuid:application_id>/<uuid:criterion_id>/anteckning")
@in_case(may_assess)
def save_note(case: Case, application_id: UUID, criterion_id: UUID) -> ResponseReturnValue:
    """Save the note, by itself or by its button."""
    require_place(case, application_id, criterion_id)
    form, by_itself = _form(case), request.accept_mimetypes.best == "application/json"
    version, typed = request.form.get("version"), form.note.data or ""
    try:
        if form.note.name not in request.form:
            raise Refusal  # a form that lost its field on the way is no wish to erase
        if not form.validate():
            raise Refusal(next(iter(form.note.errors), Refusal.text))
        if told := told_names(case, typed):
            sentence = naming_sentence("Anteckningen", told)
            if by_itself:
                return jsonify({"fault": sentence, "anyway": ANYWAY}), 409
            named = "Ett namn i anteckningen"
            return _asked_first(case, form, named, f"{sentence} {NAMED}", version or "", anyway=True)
        with unit_of_work() as session:
            kept = services.save_note(
                session, case=fresh(session, case.ad.id), application_id=application_id, criterion_id=criterion_id,
                text=typed, at=clock.now(), version=version,
            )  # fmt: skip
    except Refusal as refusal:
        if refusal.status == 404:
            abort(404)
        moved = refusal if isinstance(refusal, NoteMoved) else None
        if by_itself:
            said = {"fault": sentence_of(refusal)} | ({"beside": moved.beside} if moved else {})
            return jsonify(said), refusal.status
        if moved:
            told_so = sentence_of(refusal)
            return _asked_first(case, form, "Anteckningen är ändrad", told_so, moved.version, beside=moved.present)
        told_so, may_be = sentence_of(refusal), refusal.status != 409
        page, _ = _asked_first(case, form, "Anteckningen är inte sparad", told_so, version or "", may_be=may_be)
        return page, refusal.status
    if by_itself:
        said = {"saved": said_of(kept, typed, f"Sparat {clock_time(clock.now())}")}
        return jsonify(said | {"version": version_after(kept, typed, version)})
    place: dict[str, Any] = {"application_id": application_id, "criterion_id": criterion_id}
    return redirect(url_for("review.score", ad_id=case.ad.id, **place), 303)


def _asked_first(
    case: Case, form: NoteForm, heading: str, told: str, version: str, *, beside: str | None = None,
    anyway: bool = False, may_be: bool = True,
) -> tuple[str, int]:  # fmt: skip
    """Nothing is saved yet: the page says why, and has what was typed, with a button to save it where it ``may_be``, and one
    to save it ``anyway``."""
    back = url_for("review.score", **request.view_args or {})
    page = {
        "case": case,
        "form": form,
        "heading": heading,
        "told": told,
        "version": version,
        "beside": beside,
        "anyway": anyway,
        "may_be": may_be,
        "back": back,
    }
    return render_template("review/note_asked.html", **page, current="recruitments"), 409
