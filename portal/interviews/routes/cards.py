"""An interview: its guide, the own card (saved by the click, or by the button), and the others' once they may be seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.models import AdCriterion
from portal.ads.queries import criteria_of
from portal.db import db, unit_of_work
from portal.interviews import services
from portal.interviews.access import may_keep_card
from portal.interviews.queries.cards import Card, cards_seen, questions_of
from portal.interviews.queries.slots import booking_of, slot_of
from portal.interviews.questions import asked
from portal.interviews.refusals import NotOpenToYou
from portal.interviews.routes.blueprint import ONE, interviews, of_called, sentence_or_404
from portal.interviews.services.carding import LONGEST_NOTE
from portal.interviews.times import spoken
from portal.refusal import Refusal
from portal.review.own_note import NoteMoved, said_of, version_after, version_of
from portal.review.queries.case import Case, Listed
from portal.review.queries.papers import names_of
from portal.review.routes.blueprint import fresh
from portal.review.steps import SCALE, form_value, read_presence, read_step, words_of
from portal.review.visibility import when_cards_open, who_sees_cards
from portal.web.fields import clean_text
from portal.web.filters import clock_time, sentence_of, whole_number
from portal.web.forms import PressForm
from portal.web.readings import reads


@interviews.get(ONE)
@of_called
@reads("interview.read", of="application_id")
def card(case: Case, application: Listed) -> ResponseReturnValue:
    """Guide and card. Each showing is an opening, and is logged as one."""
    return render_template("interviews/card.html", **_page(case, application))


@interviews.post(f"{ONE}/kort/<uuid:criterion_id>")
@of_called
def save_mark(case: Case, application: Listed, criterion_id: UUID) -> ResponseReturnValue:
    """Save what the card says by one criterion. A script is told when; a page comes back to the same place."""
    ad_id = case.ad.id
    _require_keeper(case, application)
    done = _save(ad_id, application.id, criterion_id) if PressForm().validate() else _Done(sentence_of(Refusal()), 422)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(done.told), done.status
    page = _page(fresh(db.session, ad_id, lock=False), application)
    others = _unsaved(row.id for row in page["criteria"] if row.id != criterion_id)
    if done.fault:
        own = _typed(criterion_id) | ({"version": done.beside["version"]} if done.beside else {})
        page |= {
            "fault": done.fault,
            "fault_at": criterion_id,
            "typed": others | {criterion_id: own},
            "beside": done.beside,
        }
        return render_template("interviews/card.html", **page), done.status
    if others:
        return render_template("interviews/card.html", **page | {"typed": others, "left": True})
    return redirect(
        url_for("interviews.card", ad_id=ad_id, application_id=application.id, _anchor=f"k-{criterion_id}"), 303
    )


@dataclass(frozen=True, slots=True)
class _Done:
    """What became of it: the sentence that says why it could not be saved, or none; and what another window has saved."""

    fault: str = ""
    status: int = 200
    saved: str = ""
    version: str = ""
    beside: dict[str, str] | None = None

    @property
    def told(self) -> dict[str, Any]:
        """To a script."""
        if self.fault:
            return {"fault": self.fault} | ({"beside": self.beside} if self.beside else {})
        return {"saved": self.saved, "version": self.version}


def _save(ad_id: UUID, application_id: UUID, criterion_id: UUID) -> _Done:
    note, version = _note(criterion_id), _version(criterion_id)
    if len(note) > LONGEST_NOTE:
        most, now = whole_number(LONGEST_NOTE), whole_number(len(note))
        return _Done(f"Anteckningen får vara högst {most} tecken. Nu är det {now}: korta den.", 422)
    try:
        with unit_of_work() as session:
            case = fresh(session, ad_id)
            judged = next((row.judged for row in criteria_of(session, ad_id) if row.id == criterion_id), None)
            if judged is None:
                raise NotOpenToYou
            value = _value(judged, request.form.get(f"step-{criterion_id}", ""))
            kept = services.save_mark(
                session, case=case, application_id=application_id, criterion_id=criterion_id, value=value, note=note,
                at=clock.now(), version=version,
            )  # fmt: skip
    except Refusal as refusal:
        beside = refusal.beside if isinstance(refusal, NoteMoved) else None
        return _Done(sentence_or_404(refusal), refusal.status, beside=beside)
    saved = said_of(kept, note, f"Sparat {clock_time(clock.now())}")
    return _Done(saved=saved, version=version_after(kept, note, version))


def _require_keeper(case: Case, application: Listed) -> None:
    if not may_keep_card(case.standing, application.id):
        abort(404)


def _note(criterion_id: UUID) -> str:
    return clean_text(request.form.get(f"note-{criterion_id}")) or ""


def _version(criterion_id: UUID) -> str | None:
    """Of the note that the page was opened with; a script sends one criterion alone."""
    return request.form.get(f"version-{criterion_id}", request.form.get("version"))


def _typed(criterion_id: UUID) -> dict[str, str]:
    """What the form says by one criterion, and how it was when the page was opened."""
    step, was = (request.form.get(f"{name}-{criterion_id}", "") for name in ("step", "was"))
    return {"note": _note(criterion_id), "step": step, "was": was, "version": _version(criterion_id) or ""}


def _unsaved(criteria: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """What was typed by others than the criterion whose button was pressed."""
    told = {id: _typed(id) for id in criteria if f"version-{id}" in request.form}
    return {
        id: one for id, one in told.items() if one["step"] != one["was"] or one["version"] != version_of(one["note"])
    }


def _value(judged: str, text: str) -> tuple[int | None, str | None] | None:
    """(step, presence), or None where nothing is chosen yet. Raises a Refusal."""
    if not text:
        return None
    return (None, read_presence(text)) if judged == "finns" else (read_step(text), None)


@interviews.post(f"{ONE}/lamna-in")
@of_called
def hand_in(case: Case, application: Listed) -> ResponseReturnValue:
    """Hand the card in."""
    ad_id, fault, status = case.ad.id, "", 422
    _require_keeper(case, application)
    unsaved = _unsaved(row.id for row in criteria_of(db.session, ad_id))
    if unsaved:
        fault = "Du har skrivit något som inte är sparat. Spara det först, eller ta bort det."
    elif PressForm().validate():
        try:
            with unit_of_work() as session:
                services.hand_in_card(
                    session, case=fresh(session, ad_id), application_id=application.id, at=clock.now()
                )
        except Refusal as refusal:
            fault, status = sentence_or_404(refusal), refusal.status
    if fault:
        page = _page(fresh(db.session, ad_id, lock=False), application) | {"fault": fault, "typed": unsaved}
        return render_template("interviews/card.html", **page), status
    flash("Kortet är inlämnat.", "good")
    return redirect(url_for("interviews.card", ad_id=ad_id, application_id=application.id), 303)


def _page(case: Case, application: Listed) -> dict[str, Any]:
    criteria = list(criteria_of(db.session, case.ad.id))
    seen = cards_seen(db.session, case, application, clock.now())
    booking = booking_of(db.session, application.id)
    slot = slot_of(db.session, booking.slot_id) if booking else None
    keeps = may_keep_card(case.standing, application.id)
    return {
        "case": case,
        "application": application,
        "name": names_of(db.session, [application]).get(application.id, ""),
        "when": spoken(slot.starts_at, slot.minutes) if slot else "",
        "place": slot.place if slot else "",
        "in_calendar": booking is not None,
        "criteria": criteria,
        "questions": {id: asked(row.text) for id, row in questions_of(db.session, case.ad.id).items()},
        "keeps": keeps,
        "open": keeps and not case.over and not (seen.own and seen.own.handed_in_at),
        "own": seen.own,
        "chosen": _chosen(criteria, seen.own),
        "version_of": version_of,
        "cards": [{"card": one, "words": _words(criteria, one)} for one in seen.shown],
        "shown": bool(seen.others) or bool(seen.own and seen.own.handed_in_at),
        "sealed": seen.sealed,
        "steps": [{"value": step.value, "word": step.word} for step in SCALE],
        "typed": {},
        "sees": who_sees_cards(),
        "opens": when_cards_open(),
        "form": PressForm(formdata=None),
        "current": "recruitments",
    }


def _chosen(criteria: list[AdCriterion], own: Card | None) -> dict[UUID, str]:
    if own is None:
        return {}
    said = {row.id: (row.judged, own.said[row.id]) for row in criteria if row.id in own.said}
    return {id: form_value(judged, one.step, one.present) for id, (judged, one) in said.items() if one.judged}


def _words(criteria: list[AdCriterion], card: Card) -> dict[UUID, str]:
    """What a card says, in words, by criterion."""
    said = {row.id: (row.judged, card.said[row.id]) for row in criteria if row.id in card.said}
    return {id: words_of(judged, one.step, one.present) for id, (judged, one) in said.items() if one.judged}
