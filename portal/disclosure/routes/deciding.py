"""The decision on a request: written on what the review came to, with how to appeal, and as a paper."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.db import db, unit_of_work
from portal.decisions.engines import pdf_of
from portal.disclosure.decision_text import Reviewed, appeal_lines, proposed
from portal.disclosure.forms import DecisionForm, OutsideForm
from portal.disclosure.marks import grounds_of
from portal.disclosure.queries.covered import Covered, covered_of
from portal.disclosure.queries.own import numbers_of
from portal.disclosure.queries.requests import Asked
from portal.disclosure.requests import (
    OUTCOME_WORDS,
    Answer,
    NotAllReviewed,
    Outcome,
    ReviewMoved,
    State,
    WrongStep,
    outcome_of,
    records_told,
)
from portal.disclosure.routes import disclosure
from portal.disclosure.routes.desk import ONE, asked_or_404
from portal.disclosure.routes.reading import log_reading
from portal.disclosure.services.requesting import decide_request, reviewed_print
from portal.organisations.access import may_read_register
from portal.refusal import Refusal
from portal.register.kinds import Kind
from portal.swedish_dates import swedish_day
from portal.web.filters import sentence_of
from portal.web.guards import staff
from portal.web.headers import shut
from portal.web.readings import reads


@disclosure.route(f"{ONE}/beslut", methods=["GET", "POST"])
@staff(may_read_register)
@reads("request.read", of="request_id")
def decide(request_id: UUID) -> ResponseReturnValue:
    """The decision's words, proposed from the review. Taken once."""
    asked = asked_or_404(request_id)
    form = DecisionForm() if covered_of(db.session, request_id) else OutsideForm()
    here, status = url_for("disclosure.request_page", request_id=request_id), 422 if form.is_submitted() else 200
    try:
        if form.is_submitted() and form.validate():
            with unit_of_work() as session:
                decide_request(
                    session, actor=g.actor, request_id=request_id, text=form.text.data or "",
                    seen=_seen(form), records=form.records.data or "", at=clock.now(),
                )  # fmt: skip
            return redirect(here, 303)
    except ReviewMoved as refusal:
        form.text.errors, status = [sentence_of(refusal)], refusal.status
    except (NotAllReviewed, WrongStep) as refusal:
        return _undecided(asked, form, refusal)
    if asked.state is not State.RECEIVED:
        return _undecided(asked, form, WrongStep()) if form.is_submitted() else redirect(here, 303)
    covered, authority = covered_of(db.session, request_id), g.membership.authority.name
    if left := [one.line.number for one in covered if not one.answer]:
        return _undecided(asked, form, NotAllReviewed()) if form.is_submitted() else _to_what_is_left(here, left)
    outcome = outcome_of(one.answer for one in covered)
    if not form.is_submitted():
        form.text.data = proposed(authority, outcome, asked.clock.came_on, [_reviewed(one) for one in covered])
    form.seen.data, form.records.data = outcome.value, reviewed_print(covered)
    page = render_template(
        "disclosure/decide.html", asked=asked, form=form, outcome=OUTCOME_WORDS[outcome] if covered else "",
        appeal=appeal_lines(authority, outcome), current="arrivals",
    )  # fmt: skip
    return page, status


def _reviewed(one: Covered) -> Reviewed:
    gone, line = one.line.gone if one.gone else "", one.line
    return Reviewed(line.number, line.kind.word, Answer(one.answer), grounds_of(one.marks), gone)


def _to_what_is_left(page: str, numbers: Sequence[int]) -> ResponseReturnValue:
    """Nothing can be proposed yet: the request's page has the way to each record."""
    told = f"Kvar att pröva är {records_told(numbers)}."
    flash(f"Beslutet går att skriva när varje handling är prövad. {told}", "warn")
    return redirect(page, 303)


def _undecided(asked: Asked, form: DecisionForm, refusal: Refusal) -> ResponseReturnValue:
    """Nothing can be decided here any more, or not yet: what was typed is shown to be copied. Pressed twice, it is what was
    decided."""
    asked = asked_or_404(asked.row.id)
    if asked.state is not State.RECEIVED and asked.decision == (form.text.data or ""):
        return redirect(url_for("disclosure.request_page", request_id=asked.row.id), 303)
    typed = [(str(form.text.label.text), (form.text.data or "").splitlines())]
    page = render_template(
        "disclosure/undecided.html", asked=asked, typed=typed, told=sentence_of(refusal), current="arrivals"
    )
    return page, 409


@disclosure.get(f"{ONE}/beslut.pdf")
@staff(may_read_register)
def decision_on_paper(request_id: UUID) -> ResponseReturnValue:
    """The decision with how to appeal, to be sent or given to whoever asked."""
    asked = asked_or_404(request_id)
    if not asked.row.outcome or asked.row.decided_at is None:
        abort(404)
    authority = g.membership.authority.name
    number = numbers_of(db.session, request_id)[Kind.DECISION]
    data = pdf_of("Beslut om utlämnande av allmän handling", _blocks(authority, asked, number))
    log_reading("request.decision_read", request_id)
    answer = Response(data, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="beslut.pdf"'
    return shut(answer)


def _blocks(authority: str, asked: Any, number: int) -> list[dict[str, Any]]:
    decided_on = swedish_day(asked.row.decided_at.astimezone(clock.STOCKHOLM).date())
    numbers = f"Nummer {number}{f', diarienummer {asked.row.diary_number}' if asked.row.diary_number else ''}"
    blocks: list[dict[str, Any]] = [{"kind": "text", "text": said} for said in (f"{authority}, {decided_on}", numbers)]
    blocks += [{"kind": "text", "text": line} for line in asked.decision.split("\n") if line.strip()]
    if appeal := appeal_lines(authority, Outcome(asked.row.outcome)):
        blocks.append({"kind": "heading", "level": 2, "text": "Så överklagar du"})
        blocks += [{"kind": "text", "text": line} for line in appeal]
    return blocks


def _seen(form: DecisionForm) -> Outcome | None:
    outside = isinstance(form, OutsideForm) and form.outside.data
    return Outcome.WHOLE if outside else _outcome(form.seen.data)


def _outcome(text: str | None) -> Outcome | None:
    return Outcome(text) if text in set(Outcome) else None
