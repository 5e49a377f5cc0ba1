"""The order that the meeting sets, and votes between two candidates."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import abort, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.db import db, unit_of_work
from portal.refusal import Refusal
from portal.review import services
from portal.review.forms.meeting import MeetingOrderForm, VoteForm
from portal.review.meeting.access import may_attend, may_record_vote
from portal.review.meeting.refusals import PairUnfit
from portal.review.meeting.voting import Choice
from portal.review.own_order import groups_of, moved, places_of, read_places, shown_of
from portal.review.queries import meeting as kept
from portal.review.queries.board import joint_order_seen
from portal.review.queries.case import Case
from portal.review.routes.blueprint import fresh, in_case, review
from portal.review.routes.meeting import entered
from portal.review.routes.meeting_page import Room, recorded_votes
from portal.review.routes.order import kept_places
from portal.web.filters import sentence_of
from portal.web.forms import SelectChoice
from portal.web.readings import reads


@review.get("/mote/ordning")
@in_case(may_attend)
@reads("meeting.order_read", of="ad_id")
def meeting_order(case: Case) -> ResponseReturnValue:
    """The order, from the joint one or as it was last saved."""
    held = entered(case)
    if held is None:
        return redirect(url_for("review.meeting", ad_id=case.ad.id), 303)
    room = Room(case, held)
    if not room.may_order:
        abort(404)
    return _order_page(room, MeetingOrderForm(formdata=None, data={"basis": held.basis or "enad"}))


def _order_page(
    room: Room,
    form: MeetingOrderForm,
    typed: Mapping[UUID, str] | None = None,
    refusal: Refusal | None = None,
) -> ResponseReturnValue:
    saved = room.order()
    if not saved:
        saved = (
            shown_of(joint_order_seen(room.case, room.seen), room.names) if room.seen.open else (tuple(room.placed),)
        )
    places = places_of(saved)
    form.version.data = str(room.meeting.order_version)
    rows = [
        {"id": one, "name": room.names[one], "place": (typed or {}).get(one, str(places.get(one, ""))),
         "saved": places.get(one, "") if typed else ""}
        for one in sorted(room.placed, key=lambda one: places.get(one, len(places) + 1))
    ]  # fmt: skip
    errors = {refusal.field: sentence_of(refusal)} if refusal else {}
    page = {"case": room.case, "room": room, "form": form, "rows": rows, "errors": errors, "current": "recruitments"}
    return render_template("review/meeting_order.html", **page), refusal.status if refusal else 200


@review.post("/mote/ordning")
@in_case(may_attend)
def save_meeting_order(case: Case) -> ResponseReturnValue:
    """Save the order; each button does, and a script by itself."""
    form, by_itself = MeetingOrderForm(), request.accept_mimetypes.best == "application/json"
    typed = {row.id: request.form.get(f"place-{row.id}", "") for row in kept.attended(case) if not row.fallen}
    move = request.form.get("move", "")
    try:
        form.validate()
        groups = groups_of(read_places(typed))
        id, _, way = move.partition(":")
        one = next((row for row in typed if str(row) == id), None)
        groups = moved(groups, one, way == "up") if one and way in ("up", "down") else groups
        with unit_of_work() as session:
            version = services.save_meeting_order(
                session, case=fresh(session, case.ad.id), groups=groups, basis=form.basis.data or "",
                version=form.began_from,
            )  # fmt: skip
    except Refusal as refusal:
        if refusal.status == 404:
            abort(404)
        if by_itself:
            return jsonify({"fault": sentence_of(refusal), "field": refusal.field}), refusal.status
        case = fresh(db.session, case.ad.id, lock=False)
        held = entered(case)
        return _order_page(Room(case, held), form, typed, refusal) if held else abort(404)
    if by_itself:
        return jsonify({**kept_places(groups), "version": version})
    if move == "done":
        return redirect(url_for("review.meeting", ad_id=case.ad.id, _anchor="ordning"), 303)
    anchor = f"rad-{one}" if one else None
    return redirect(url_for("review.meeting_order", ad_id=case.ad.id, _anchor=anchor), 303)


@review.get("/mote/omrostning")
@in_case(may_attend)
@reads("meeting.vote_read", of="ad_id")
def meeting_vote(case: Case) -> ResponseReturnValue:
    """Two candidates, and how each member votes."""
    held = entered(case)
    if held is None:
        return redirect(url_for("review.meeting", ad_id=case.ad.id), 303)
    room = Room(case, held)
    if not room.may_vote:
        abort(404)
    return _vote_page(room, VoteForm(formdata=None))


def _vote_page(room: Room, form: VoteForm, refusal: Refusal | None = None) -> ResponseReturnValue:
    fault, at = (sentence_of(refusal), refusal.field) if refusal else ("", None)
    at = "first" if at == "second" and not form.first.data else at or "ballots"
    if fault and at in form:
        form[at].errors = [fault]
    form.first.choices = form.second.choices = [
        SelectChoice("", "Välj"),
        *(SelectChoice(str(id), room.names[id]) for id in room.placed),
    ]
    page = {
        "case": room.case,
        "form": form,
        "members": [(member.id, member.person.name) for member in room.seen.members],
        "votes": recorded_votes(room, room.names),
        "typed": request.form,
        "fault": fault,
        "at": at,
        "current": "recruitments",
    }
    return render_template("review/meeting_vote.html", **page), refusal.status if refusal else 200


@review.post("/mote/omrostning")
@in_case(may_attend)
def record_vote(case: Case) -> ResponseReturnValue:
    """Record a vote."""
    lead = kept.leading(db.session, case)
    if not may_record_vote(case.standing, led=lead.of_all):
        abort(404)
    form = VoteForm()
    form.first.choices = form.second.choices = []
    try:
        with unit_of_work() as session:
            now = fresh(session, case.ad.id)
            services.record_vote(
                session, case=now, actor=g.actor, first=_id(form.first.data), second=_id(form.second.data),
                ballots=_ballots(request.form), at=clock.now(),
            )  # fmt: skip
    except Refusal as refusal:
        if refusal.status == 404:
            abort(404)
        case = fresh(db.session, case.ad.id, lock=False)
        held = entered(case)
        return _vote_page(Room(case, held), form, refusal) if held else abort(404)
    return redirect(url_for("review.meeting", ad_id=case.ad.id, _anchor="omrostningar"), 303)


def _id(text: Any) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise PairUnfit from None


def _ballots(typed: Mapping[str, str]) -> dict[UUID, Choice]:
    """How each member voted, from fields named ``ballot-<member>``; any other word is no vote."""
    known = {choice.value for choice in Choice}
    found = {}
    for field, choice in typed.items():
        if field.startswith("ballot-") and choice in known:
            found[_id(field.removeprefix("ballot-"))] = Choice(choice)
    return found
