"""The meeting: its page, its steps, who is there, and each candidate with the joint text."""

from typing import Any
from uuid import UUID

from flask import abort, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.db import db, unit_of_work
from portal.refusal import Refusal
from portal.review import services
from portal.review.forms.meeting import JointTextForm, MeetingStepForm, PresenceForm
from portal.review.meeting.access import may_attend, may_lead_meeting
from portal.review.meeting.agenda import neighbours
from portal.review.meeting.models import Meeting
from portal.review.meeting.refusals import NamesSomebody, TextStale
from portal.review.meeting.states import Step
from portal.review.meeting.ticks import Ticks
from portal.review.phases import meets_from
from portal.review.queries import meeting as kept
from portal.review.queries.aside import judges_nobody
from portal.review.queries.case import Case
from portal.review.routes.blueprint import fresh, in_case, review
from portal.review.routes.meeting_page import (
    Room,
    agenda_of,
    events_of,
    places_of_order,
    recorded_votes,
    stepping_out,
    votes_of,
    without_place,
)
from portal.review.routes.named import ANYWAY, naming
from portal.review.routes.words import instant_words
from portal.review.services.meeting import NO_TICKS
from portal.review.wording import short_name
from portal.web.filters import clock_time, sentence_of
from portal.web.forms import SelectChoice
from portal.web.readings import reads


@review.get("/mote")
@in_case(may_attend)
@reads("meeting.read", of="ad_id")
def meeting(case: Case) -> ResponseReturnValue:
    """The agenda, or how the meeting begins."""
    return _meeting_page(case)


def _meeting_page(case: Case, fault: str = "", status: int = 200, ticks: Ticks = NO_TICKS) -> ResponseReturnValue:
    """The page, with what is ticked on it and not noted."""
    held = kept.meeting_of(db.session, case.ad.id)
    if held is None:
        return render_template("review/meeting_waiting.html", fault=fault, **_before(case)), status
    room = Room(case, held)
    if case.standing.named and not room.rows:
        return render_template("review/meeting_waiting.html", fault=fault, **_page(case), shut=True), status
    present = kept.presences_in(db.session, held)
    order = places_of_order(room)
    page = {
        "room": room,
        "agenda": agenda_of(room),
        "order": order,
        "without_place": without_place(room, order),
        "votes": recorded_votes(room, room.names),
        "out": stepping_out(room, room.names),
        "present": present,
        "events": events_of(room),
        "presence": _presence_form(case, {one.id for one in present if one.is_there}, ticks),
        "sitting": room.sitting(present),
        "steps": MeetingStepForm(),
        "fault": fault,
    }
    return render_template("review/meeting.html", **_page(case), **page), status


def _presence_form(case: Case, there: set[UUID], ticks: Ticks) -> PresenceForm:
    data = {"people": [str(one) for one in ticks.over(there)], "shown": " ".join(sorted(map(str, there)))}
    form = PresenceForm(formdata=None, data=data)
    form.people.choices = [SelectChoice(str(one.id), one.name) for one in kept.colleagues_of(db.session, case)]
    return form


def _page(case: Case) -> dict[str, Any]:
    return {"case": case, "judges": not judges_nobody(case), "current": "recruitments"}


def _before(case: Case) -> dict[str, Any]:
    """Before it has begun: whether it can, and who begins it."""
    _board, seen = kept.whole_board(db.session, case, clock.now())
    led, out = kept.leading(db.session, case).present, kept.is_out_of_all(case)
    leader = next((member.person.name for member in seen.members if member.leads), "")
    return {
        **_page(case),
        "open": seen.open and not meets_from(case.phase),
        "from_phase": meets_from(case.phase),
        "scores_open": seen.open,
        "over": case.over,
        "first": services.must_hand_in_first(case),
        "leads": may_lead_meeting(case.standing, led=led) and not out,
        "out": out,
        "alone": len(seen.members) == 1,
        "leader": leader if led else "",
        "aside": "" if led else leader,
        "waiting_for": [member.person.name for member in seen.waiting_for],
        "last_minute": instant_words(case.hand_in_by) if case.hand_in_by else "",
        "steps": MeetingStepForm(),
    }


@review.post("/mote/<any('starta', 'pausa', 'fortsatt', 'avsluta', 'oppna-igen'):step>")
@in_case(may_attend)
def step_meeting(case: Case, step: str) -> ResponseReturnValue:
    """Begin, pause, go on, end or open again. The buttons that pause and end it send the boxes along."""
    form, ticks, taken = MeetingStepForm(), PresenceForm().ticks, Step(step)
    if not form.validate():
        return _meeting_page(case, next(iter(form.reason.errors), ""), 422, ticks)
    verb: dict[str, Any] = {"actor": g.actor, "at": clock.now()}
    try:
        with unit_of_work() as session:
            if taken is Step.START:
                services.start_meeting(session, case=fresh(session, case.ad.id), **verb)
            else:
                verb |= {"step": taken, "reason": form.reason.data or "", "ticks": ticks}
                services.take_step(session, case=fresh(session, case.ad.id), **verb)
    except Refusal as refusal:
        return _refused(case, refusal, ticks)
    return redirect(url_for("review.meeting", ad_id=case.ad.id), 303)


@review.post("/mote/narvaro")
@in_case(may_attend)
def meeting_presence(case: Case) -> ResponseReturnValue:
    """Who is there."""
    ticks = PresenceForm().ticks
    try:
        with unit_of_work() as session:
            services.note_presence(session, case=fresh(session, case.ad.id), ticks=ticks, at=clock.now())
    except Refusal as refusal:
        return _refused(case, refusal, ticks)
    return redirect(url_for("review.meeting", ad_id=case.ad.id, _anchor="narvaro"), 303)


def _refused(case: Case, refusal: Refusal, ticks: Ticks) -> ResponseReturnValue:
    if refusal.status == 404:
        abort(404)
    return _meeting_page(fresh(db.session, case.ad.id, lock=False), sentence_of(refusal), refusal.status, ticks)


def entered(case: Case) -> Meeting | None:
    """The meeting, where it has begun and this person has handed in what it takes to take part; otherwise None."""
    held = kept.meeting_of(db.session, case.ad.id)
    return held if held is not None and (kept.attended(case) or not case.standing.named) else None


@review.get("/mote/sokande/<uuid:application_id>")
@in_case(may_attend)
@reads("meeting.candidate_read", of="application_id")
def meeting_candidate(case: Case, application_id: UUID) -> ResponseReturnValue:
    """One candidate: all votes and reasons side by side, and the joint text."""
    held = _deal_with(case, application_id)
    if held is None:
        return redirect(url_for("review.meeting", ad_id=case.ad.id), 303)
    return _candidate_page(Room(case, held), application_id)


def _deal_with(case: Case, application_id: UUID) -> Meeting | None:
    """The meeting for one candidate's page. 404 for one who is not this person's to see; None before one may take part."""
    if all(row.id != application_id for row in case.listed):
        abort(404)
    held = entered(case)
    return held if any(row.id == application_id for row in kept.attended(case)) else None


def _candidate_page(
    room: Room, application_id: UUID, form: JointTextForm | None = None, status: int = 200, **more: Any
) -> ResponseReturnValue:
    if application_id not in room.names:
        abort(404)
    row = kept.text_of(db.session, room.meeting, application_id)
    key = kept.keys_of(db.session, [one for one in room.rows if one.id == application_id])[application_id]
    text = key.open_text(kept.TEXT, row.text_sealed) if row else ""
    before, after = neighbours(room.points, application_id)
    apart = {point.criterion_id: point.steps for point in room.points if point.application_id == application_id}
    criteria: list[dict[str, Any]] = [
        {
            "id": id,
            "name": short_name(criterion.text),
            "steps": apart.get(id, 0),
            "votes": votes_of(room, application_id, id),
        }
        for id, criterion in room.criteria.items()
    ]
    page = {
        "room": room,
        "id": application_id,
        "name": room.names[application_id],
        "criteria": sorted(criteria, key=lambda one: -one["steps"]),
        "text": text,
        "form": form or JointTextForm(formdata=None, data={"text": text, "version": str(row.version if row else 0)}),
        "written": _written(row),
        "out": stepping_out(room, {application_id: room.names[application_id]}),
        "before": before,
        "after": after,
        **more,
    }
    return render_template("review/meeting_candidate.html", **_page(room.case), **page), status


def _written(row: Any) -> str:
    """ "Gunnel Sundvall, torsdag 17 december kl. 14.03" """
    return f"{kept.name_of(db.session, row.written_by)}, {instant_words(row.written_at)}" if row else ""


@review.post("/mote/sokande/<uuid:application_id>")
@in_case(may_attend)
def save_joint_text(case: Case, application_id: UUID) -> ResponseReturnValue:
    """Save the joint text. One who was overtaken gets both texts."""
    if _deal_with(case, application_id) is None:
        abort(404)
    form, by_itself = JointTextForm(), request.accept_mimetypes.best == "application/json"
    if not form.validate():
        fault: Refusal = Refusal(next(iter(form.text.errors or form.version.errors), Refusal.text))
        return _not_saved(case, application_id, form, fault, by_itself)
    try:
        if asked := naming(case, "Texten", form.text.data or ""):
            raise asked
        with unit_of_work() as session:
            version = services.save_joint_text(
                session, case=fresh(session, case.ad.id), actor=g.actor, application_id=application_id,
                text=form.text.data or "", version=form.began_from, at=clock.now(),
            )  # fmt: skip
    except Refusal as refusal:
        return _not_saved(case, application_id, form, refusal, by_itself)
    if by_itself:
        return jsonify({"saved": f"Sparat {clock_time(clock.now())}", "version": version})
    return redirect(url_for("review.meeting_candidate", ad_id=case.ad.id, application_id=application_id), 303)


def _not_saved(
    case: Case, application_id: UUID, form: JointTextForm, refusal: Refusal, by_itself: bool
) -> ResponseReturnValue:
    if refusal.status == 404:
        abort(404)
    beside = None
    if isinstance(refusal, TextStale):
        beside = {"text": refusal.present, "version": refusal.version, "by": refusal.by}
        form.version.data = str(refusal.version)
    named = isinstance(refusal, NamesSomebody)
    if by_itself:
        said = {"fault": sentence_of(refusal), "beside": beside} | ({"anyway": ANYWAY} if named else {})
        return jsonify(said), refusal.status
    case = fresh(db.session, case.ad.id, lock=False)
    held = _deal_with(case, application_id)
    if held is None:
        abort(404)
    more = {"fault": sentence_of(refusal), "beside": beside, "named": named}
    return _candidate_page(Room(case, held), application_id, form, refusal.status, **more)
