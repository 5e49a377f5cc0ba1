"""/arbete/utlamnande: the requests that have come, a new one, one of them, and what it covers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.forms import put_beside
from portal.db import db, unit_of_work
from portal.disclosure.asked import Asked as AskedFor
from portal.disclosure.asked import id_of
from portal.disclosure.forms import AppealCorrectedForm, AppealForm, AppealTakenBackForm, DiaryForm, RequestForm
from portal.disclosure.queries import register as records
from portal.disclosure.queries import requests as queries
from portal.disclosure.queries.cases import OwnLine, minutes_in
from portal.disclosure.queries.covered import chosen, covered_of
from portal.disclosure.queries.own import numbers_of
from portal.disclosure.queries.requests import Asked
from portal.disclosure.requests import (
    ANSWER_WORDS,
    OUTCOME_WORDS,
    STATE_WORDS,
    WAYS,
    NumberMoved,
    State,
    may_be_appealed,
    waits_for_appeal,
)
from portal.disclosure.routes import disclosure
from portal.disclosure.routes.reading import competes_for, log_reading, requests_competed_for
from portal.disclosure.services.requesting import CameLater, cover, end_request, note_request, number_the_request
from portal.organisations.access import may_read_register
from portal.refusal import Refusal
from portal.web.filters import sentence_of
from portal.web.forms import PressForm
from portal.web.guards import staff
from portal.web.one_press import id_made_by
from portal.web.readings import reads

DESK = "/arbete/utlamnande"
ONE = f"{DESK}/<uuid:request_id>"
OFFERED = 500  # lines of one case that are shown to choose from


@disclosure.get(DESK)
@staff(may_read_register)
def requests() -> ResponseReturnValue:
    """Those that wait, the oldest first, and those that have been answered; but of a recruitment that the person competes
    in they are a colleague's."""
    every, hidden = queries.requests_of(db.session, g.actor.authority_id, on=clock.today()), requests_competed_for()
    found = [one for one in every if one.row.id not in hidden]
    page = render_template("disclosure/requests.html", found=found, words=STATE_WORDS, ways=WAYS, current="arrivals")
    log_reading("requests.read", None)
    return page


@disclosure.route(f"{DESK}/ny", methods=["GET", "POST"])
@staff(may_read_register)
def new_request() -> ResponseReturnValue:
    """Note a request: once, however often the same form is sent."""
    form, at = RequestForm(), clock.now()
    if not form.is_submitted():
        local = at.astimezone(clock.STOCKHOLM)
        form.came_on.data, form.came_time.data = local.date(), f"{local:%H.%M}"
    elif form.validate() and (came_at := form.came_at()) is not None:
        assert g.actor.authority_id is not None
        request_id = id_made_by(form.form_id.data or "", g.actor.authority_id, g.actor.person_id)
        try:
            with unit_of_work() as session:
                note_request(
                    session, request_id=request_id, actor=g.actor, came_at=came_at, came_by=form.came_by.data,
                    asked=form.asked.data or "", asker=form.asker.data or "", at=at,
                )  # fmt: skip
            return redirect(url_for("disclosure.choose", request_id=request_id), 303)
        except CameLater as refusal:
            put_beside(form, refusal.field or "", sentence_of(refusal))
    page = render_template("disclosure/new_request.html", form=form, current="arrivals")
    return page, 422 if form.is_submitted() else 200


@disclosure.get(ONE)
@staff(may_read_register)
@reads("request.read", of="request_id")
def request_page(request_id: UUID) -> ResponseReturnValue:
    """One request: what is asked, what it covers, how far each record has come, and the decision."""
    return render_template("disclosure/request.html", **page_of(asked_or_404(request_id)))


@disclosure.post(f"{ONE}/besvarad")
@staff(may_read_register)
def answered(request_id: UUID) -> ResponseReturnValue:
    """The records have been handed out, or the refusal has been told."""
    return _ended(request_id, State.ANSWERED, "Begäran är besvarad.")


@disclosure.post(f"{ONE}/aterkallad")
@staff(may_read_register)
def taken_back(request_id: UUID) -> ResponseReturnValue:
    """Whoever asked asks no more."""
    return _ended(request_id, State.TAKEN_BACK, "Begäran är återkallad.")


@disclosure.post(f"{ONE}/diarienummer")
@staff(may_read_register)
def number_request(request_id: UUID) -> ResponseReturnValue:
    """The authority's own diary number of the request."""
    asked, form = asked_or_404(request_id), DiaryForm()
    if not form.validate():
        return render_template("disclosure/request.html", **page_of(asked, form)), 422
    try:
        with unit_of_work() as session:
            number_the_request(
                session, actor=g.actor, request_id=request_id, number=form.number.data or "", at=clock.now(),
                seen=request.form.get("seen"),
            )  # fmt: skip
    except NumberMoved as refusal:
        form.number.errors = [sentence_of(refusal)]
        return render_template("disclosure/request.html", **page_of(asked_or_404(request_id), form)), refusal.status
    flash("Diarienumret är sparat.", "good")
    return redirect(url_for("disclosure.request_page", request_id=request_id), 303)


def _ended(request_id: UUID, then: State, told: str) -> ResponseReturnValue:
    asked_or_404(request_id)
    if PressForm().validate():
        try:
            with unit_of_work() as session:
                end_request(session, actor=g.actor, request_id=request_id, then=then, at=clock.now())
            flash(told, "good")
        except Refusal as refusal:
            flash(sentence_of(refusal), "stop")
    return redirect(url_for("disclosure.request_page", request_id=request_id), 303)


@disclosure.route(f"{ONE}/handlingar", methods=["GET", "POST"])
@staff(may_read_register)
def choose(request_id: UUID) -> ResponseReturnValue:
    """What the request covers: records of one case at a time, a withdrawn application's too."""
    asked, form = asked_or_404(request_id), PressForm()
    cases = [one for one in records.cases_of(db.session) if one.ad_id not in competes_for()]
    case = next((one for one in cases if one.ad_id == id_of(request.args.get("arende"))), None)
    if case is None and len(cases) == 1:
        case = cases[0]
    asked_for = AskedFor(ad_id=case.ad_id, before=request.args.get("fore", type=int)) if case else None
    found = records.lines_of(db.session, asked_for, most=OFFERED + 1) if asked_for else []
    lines, more = found[:OFFERED], len(found) > OFFERED
    minutes = minutes_in(db.session, case.ad_id) if case else []
    already, fault = set(chosen(db.session, request_id)), ""
    if form.is_submitted() and form.validate():
        offered, wanted = _ticked([*lines, *minutes], case)
        try:
            with unit_of_work() as session:
                cover(
                    session, actor=g.actor, request_id=request_id, offered=offered, wanted=wanted, at=clock.now(),
                    former=None if request.form.get("do") == "all" else _former(),
                )  # fmt: skip
            return redirect(_after_choosing(request_id, asked_for, lines), 303)
        except Refusal as refusal:
            fault = sentence_of(refusal)
    page = render_template(
        "disclosure/choose.html", asked=asked, form=form, cases=cases, case=case, lines=lines, already=already,
        minutes=minutes,
        older=more, newer=asked_for is not None and asked_for.before is not None, fault=fault, current="arrivals",
    )  # fmt: skip
    log_reading("register.read", None)
    return page, 422 if form.is_submitted() else 200


def _after_choosing(request_id: UUID, asked_for: AskedFor | None, lines: Sequence[records.Line]) -> str:
    """On to the page of older or newer records, whichever was pressed; else to the request."""
    way = request.form.get("do")
    if asked_for is None or asked_for.ad_id is None or way not in ("older", "newer"):
        return url_for("disclosure.request_page", request_id=request_id)
    before = lines[-1].number if lines and way == "older" else None
    if way == "newer" and asked_for.below is not None:
        before = records.newer_page(db.session, asked_for.ad_id, asked_for.below, most=OFFERED)
    flash("Urvalet är sparat.", "good")
    return url_for("disclosure.choose", request_id=request_id, arende=asked_for.ad_id, fore=before)


def _ticked(lines: Sequence[records.Line | OwnLine], case: records.RegisterCase | None) -> tuple[set[UUID], set[UUID]]:
    """What the page offered, and what of that is wanted: all of a case is all of it, also what one page has no room for."""
    if request.form.get("do") == "all" and case is not None:
        every = records.entries_of_case(db.session, case.ad_id) | {one.entry_id for one in lines}
        return every, every
    wanted = {id for text in request.form.getlist("record") if (id := id_of(text))}
    return {line.entry_id for line in lines}, wanted


def _former() -> set[UUID] | None:
    """What was ticked when the page was opened; None for one that does not say."""
    told = request.form.get("former")
    return None if told is None else {id for text in told.split() if (id := id_of(text))}


def asked_or_404(request_id: UUID) -> Asked:
    """The request, if it was made to the person's own authority, and is about no recruitment that they compete in: of that
    a colleague reads, weighs and decides."""
    found = queries.request_of(db.session, g.actor.authority_id, request_id, on=clock.today())
    if found is None or request_id in requests_competed_for():
        abort(404)
    return found


def page_of(asked: Asked, diary: DiaryForm | None = None) -> dict[str, Any]:
    """What the page of one request shows."""
    row, refused = asked.row, may_be_appealed(asked.state, asked.row.outcome)
    appealed = {"appealed_on": row.appealed_on, "seen": str(row.appealed_on)}
    covered = covered_of(db.session, asked.row.id)
    return {
        "numbers": numbers_of(db.session, asked.row.id),
        "diary": diary or DiaryForm(formdata=None, number=asked.row.diary_number),
        "appeal": AppealForm.about(appealed=asked.appealed, formdata=None) if refused else None,
        "corrected": AppealCorrectedForm(formdata=None, **appealed) if asked.appealed else None,
        "none_came": AppealTakenBackForm(formdata=None, **appealed) if asked.appealed else None,
        "waits_for_appeal": waits_for_appeal(row.ended_at, row.settled_on, at=clock.now()),
        "asked": asked,
        "covered": covered,
        "all_reviewed": all(one.answer for one in covered),
        "open": asked.state is State.RECEIVED,
        "state_words": STATE_WORDS,
        "outcome_words": OUTCOME_WORDS,
        "answer_words": ANSWER_WORDS,
        "ways": WAYS,
        "form": PressForm(),
        "current": "arrivals",
    }
