"""The minutes of an ended meeting, put together from its rows for whoever asks, and set as PDF."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import g, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.guards import confirmed
from portal.accounts.step_up import Reason
from portal.audit.services import person_actor, record_reading
from portal.db import db
from portal.documents.engines.setter import TooMuchToSet
from portal.review.engines.minutes import pdf_of
from portal.review.meeting.access import may_attend
from portal.review.meeting.minutes import ERASED, HIDDEN, NO_ORDER, ORDER_WORDS, Minutes, Said
from portal.review.meeting.models import Meeting
from portal.review.meeting.refusals import MinutesUnset
from portal.review.meeting.states import State, Step
from portal.review.own_order import shown_of
from portal.review.queries import meeting as kept
from portal.review.queries.case import Case
from portal.review.queries.labels import labels_of
from portal.review.queries.panel import conflicts_declared
from portal.review.ranking import place_labels
from portal.review.routes.blueprint import in_case, review
from portal.review.routes.meeting import entered
from portal.review.routes.meeting_page import Room, events_of, recorded_votes
from portal.review.wording import short_name
from portal.web.filters import clock_time, day_and_time
from portal.web.headers import shut


@review.get("/mote/protokoll.pdf")
@in_case(may_attend)
@confirmed(Reason.FILE)
def minutes(case: Case) -> ResponseReturnValue:
    """The minutes, once the meeting has ended. Each reading is logged."""
    held = entered(case)
    if held is None or held.state != State.ENDED:
        return redirect(url_for("review.meeting", ad_id=case.ad.id), 303)
    try:
        pdf = pdf_of(minutes_of(Room(case, held)))
    except TooMuchToSet:
        raise MinutesUnset from None
    actor = person_actor(g.actor.person_id)
    record_reading(chain=case.ad.party_id, at=clock.now(), actor=actor, verb="minutes.read", object_id=held.id)
    return shut(send_file(BytesIO(pdf), "application/pdf", as_attachment=True, download_name="Protokoll.pdf"))


def checksum_of(case: Case) -> str:
    """SHA-256 of the minutes as the case's person gets them; empty where there are none, or none that can be set."""
    held = entered(case)
    if held is None or held.state != State.ENDED:
        return ""
    try:
        return sha256(pdf_of(minutes_of(Room(case, held)))).hexdigest()
    except TooMuchToSet:
        return ""


def minutes_of(room: Room) -> Minutes:
    """What one person may read of it. Who has been erased since stands as such; nobody's jäv is told to them."""
    session, held = db.session, room.meeting
    points, order, texts = (
        kept.points_in(session, held),
        kept.order_in(session, held),
        kept.texts_in(session, held),
    )
    ids = {point.application_id for point in points} | {one for group in order for one in group} | set(texts)
    reader, rows = kept.attended_since(session, room.case, ids)
    opened = labels_of(session, reader, rows)
    names = opened | {row.id: ERASED for row in rows if row.id not in opened or not row.name_sealed}
    shown = shown_of(order, names)
    labels = place_labels(shown)
    return Minutes(
        ad=room.case.ad.title,
        about=_about(room, held),
        present=_present(held),
        conflicts=[(who, names[one]) for who, one in conflicts_declared(session, room.case.ad.id) if one in names],
        agenda=[
            (
                names[point.application_id],
                short_name(room.criteria[point.criterion_id].text) if point.criterion_id else "–",
                f"{point.steps} steg" if point.steps else "–",
            )
            for point in points
            if point.application_id in names
        ],
        texts=_texts(texts, rows, names),
        order_words=ORDER_WORDS.get(held.basis or "", NO_ORDER) if order else NO_ORDER,
        order=[(labels[one], names[one]) for group in shown for one in group],
        votes=[_vote(vote) for vote in recorded_votes(room, names)],
        events=events_of(room),
        hidden=HIDDEN if len(names) < len(ids | {row.id for row in room.case.applications}) else "",
    )


def _about(room: Room, held: Meeting) -> list[tuple[str, str]]:
    leaders = ", ".join(_leaders(room, held))
    found = [
        ("Började", day_and_time(held.started_at)),
        ("Avslutades", day_and_time(held.ended_at) if held.ended_at else ""),
        ("Ledde", leaders),
    ]
    return [line for line in found if line[1]]


def _leaders(room: Room, held: Meeting) -> list[str]:
    """Who leads; once the meeting has ended who led it then, whoever does by now: those who began it and ended it."""
    if held.ended_at is None:
        return [member.person.name for member in room.seen.members if member.leads]
    by = (name for event, name in room.events if Step(event.step) in (Step.START, Step.END))
    return list(dict.fromkeys(by))


def _present(held: Meeting) -> list[tuple[str, str]]:
    end, began = held.ended_at or clock.now(), held.started_at
    return [
        (one.name, ", ".join(f"{_time(came, began)}–{_time(left or end, began)}" for came, left in one.stays))
        for one in kept.presences_in(db.session, held)
    ]


def _time(at: datetime, began: datetime) -> str:
    """14:03 on the day the meeting began; with its day on another."""
    same = at.astimezone(clock.STOCKHOLM).date() == began.astimezone(clock.STOCKHOLM).date()
    return clock_time(at) if same else day_and_time(at)


def _texts(texts: Mapping[UUID, Any], rows: list[Any], names: Mapping[UUID, str]) -> list[Said]:
    keys = kept.keys_of(db.session, [row for row in rows if row.id in texts])
    writers = kept.names_by_id(db.session, {row.written_by for row in texts.values()})
    found = []
    for one, name in names.items():
        if one in texts and one in keys:
            row = texts[one]
            by = f"{writers[row.written_by]}, {day_and_time(row.written_at)}"
            found.append(Said(name, keys[one].open_text(kept.TEXT, row.text_sealed), by))
        elif one in texts:
            found.append(Said(name, ERASED, ""))
    return found


def _vote(vote: Mapping[str, Any]) -> tuple[str, str, str]:
    ballots = ", ".join(f"{one['who']} {one['choice']}" for one in vote["ballots"])
    return f"A: {vote['first']} före {vote['second']}. B: tvärtom.", vote["result"], ballots
