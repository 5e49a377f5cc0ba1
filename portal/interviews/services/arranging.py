"""Making times and taking them away."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.audit.services import person_actor, record
from portal.interviews.access import may_arrange, may_see_meeting
from portal.interviews.emails import post_called_off
from portal.interviews.models import InterviewBooking, InterviewSlot, SlotMember
from portal.interviews.queries.cards import met_in
from portal.interviews.queries.slots import Slot, busy_times, has_free_times
from portal.interviews.refusals import (
    JustBooked,
    NobodyTakesPart,
    NotOpenToYou,
    Overlapping,
    RecruitmentOver,
    TimeGone,
    TimeOver,
)
from portal.interviews.services.booking import is_asked
from portal.interviews.services.freeing import give_up, tell_of_freed
from portal.interviews.services.inviting import ask_to_choose, called_without_time, invite_to_choose
from portal.interviews.times import SHORTEST, instant_of, overlap, require_ahead, series, spoken
from portal.locking import HELD
from portal.organisations.access import Actor
from portal.review.models import PanelMember
from portal.review.queries.case import Case
from portal.review.queries.panel import members_of
from portal.review.queries.person import has_applied
from portal.review.services.naming import walls
from portal.seen import NOT_TOLD, Seen, page_marks

BOOKED = "booked"


@dataclass(frozen=True, slots=True)
class Times:
    """Some times in a row, as they were asked for. ``minutes`` and ``pause`` have been checked by the form."""

    day: date
    hour: time
    minutes: int
    count: int
    pause: int
    place: str
    member_ids: tuple[UUID, ...]


def make_times(session: Session, *, case: Case, actor: Actor, times: Times, at: datetime) -> int:
    """Make the times, and ask those called who have none to choose. Returns how many were made. Raises a Refusal.

    All or nothing. The panel's rows are the lock, so that two who make times at once see each other's.
    """
    require_arranger(case)
    starts = list(
        series(instant_of(times.day, times.hour), count=times.count, minutes=times.minutes, pause=times.pause)
    )
    for start in starts:
        require_ahead(start, at)
    members = _members(session, case, times.member_ids)
    _require_nobody_twice(session, members, starts, times.minutes)
    made = [_slot(session, case, actor, times, start, members, at) for start in starts]
    actor_name = person_actor(actor.person_id)
    for slot in made:
        record(session, chain=case.ad.party_id, at=at, actor=actor_name, verb="interview.time_made", object_id=slot.id)
    for application in called_without_time(session, case.ad.id) if made else ():
        if has_free_times(session, application, at + SHORTEST):  # not to whom all of them are shut by jäv, or too soon
            invite_to_choose(session, application, wave=made[0].id, at=at)
    return len(made)


def require_arranger(case: Case) -> None:
    """Raises NotOpenToYou and RecruitmentOver."""
    if not may_arrange(case.standing):
        raise NotOpenToYou
    if case.over:
        raise RecruitmentOver


def who_may_meet(session: Session, case: Case) -> list[PanelMember]:
    """The panel, but for whoever has applied themselves: they compete with those whom they would meet."""
    prints = {row.address_print for row in case.applications}
    return [
        member
        for member in members_of(session, case.ad.id)
        if not has_applied(session, member.controller_id, member.person.email, prints)
    ]


def _members(session: Session, case: Case, ids: Collection[UUID]) -> list[PanelMember]:
    known = {member.id: member for member in who_may_meet(session, case)}
    chosen = [known[id] for id in ids if id in known]
    if not chosen or len(chosen) != len(set(ids)):
        raise NobodyTakesPart
    people = [member.person_id for member in chosen]
    lock = select(PanelMember).where(PanelMember.person_id.in_(people)).order_by(PanelMember.id).with_for_update()
    session.scalars(lock).all()
    return chosen


def _require_nobody_twice(
    session: Session, members: Sequence[PanelMember], starts: Sequence[datetime], minutes: int
) -> None:
    for busy in busy_times(session, [member.person_id for member in members]):
        for start in starts:
            if overlap(start, minutes, busy.starts_at, busy.minutes):
                raise Overlapping(name=busy.name, when=spoken(busy.starts_at, busy.minutes))


def _slot(
    session: Session,
    case: Case,
    actor: Actor,
    times: Times,
    start: datetime,
    members: Sequence[PanelMember],
    at: datetime,
) -> InterviewSlot:
    slot = InterviewSlot(
        id=uuid4(), **walls(case), ad_id=case.ad.id, starts_at=start, minutes=times.minutes, place=times.place,
        made_by=actor.person_id, made_at=at,
    )  # fmt: skip
    session.add(slot)
    session.flush()
    session.add_all(
        SlotMember(id=uuid4(), **walls(case), slot_id=slot.id, panel_member_id=member.id) for member in members
    )
    session.flush()
    return slot


class CalledOff(NamedTuple):
    """What became of whoever had booked a time that was taken away: whether they are written to, where they have left an
    address; whether they are still to be met, and whether there is another time for them to choose."""

    written: bool
    asked: bool
    others: bool


def remove_time(
    session: Session, *, case: Case, actor: Actor, slot_id: UUID, at: datetime, seen: Seen = NOT_TOLD
) -> CalledOff | None:
    """Take a time away. Whoever had booked it is told and asked to choose another; None where nobody had. Of those that
    have been only one that somebody had booked and that did not come off: an illness, a missed train.

    Raises TimeOver for every other that has been; TimeGone for one that is not this recruitment's, or no more, and
    NotOpenToYou where no page has shown it; the same for one that is booked by somebody for whom the person has jäv;
    JustBooked where somebody has booked it at this instant, or another than when the page was ``seen``.
    """
    require_arranger(case)
    application = _held_who_booked(session, slot_id)
    row = session.get(InterviewSlot, slot_id, with_for_update=True)
    if row is None or row.ad_id != case.ad.id:
        raise TimeGone if seen.version is not None else NotOpenToYou
    slot = Slot(row.id, row.starts_at, row.minutes, row.place)
    booking = session.scalars(
        select(InterviewBooking).where(InterviewBooking.slot_id == slot_id).with_for_update()
    ).one_or_none()
    if booking is None and row.starts_at <= at:
        raise TimeOver
    if booking is not None:
        if not may_see_meeting(case.standing, booking.application_id):
            raise NotOpenToYou
        if row.starts_at <= at and met_in(session, [booking.application_id]):
            raise TimeOver
        another = application is None or application.id != booking.application_id
        if application is None or another or not _was_seen(seen, application.id):
            raise JustBooked
        give_up(session, booking, slot, at=at)
    else:
        tell_of_freed(session, slot, at=at)
    _delete(session, row)
    told = None
    if booking is not None and application is not None:
        told = _tell_called_off(session, application, slot, booking.sequence, at)
    actor_name = person_actor(actor.person_id)
    record(session, chain=case.ad.party_id, at=at, actor=actor_name, verb="interview.time_removed", object_id=slot_id)
    return told


def seen_booked(application_id: UUID | None) -> str:
    """What a page says of who had booked a time when it was opened."""
    return page_marks({BOOKED: str(application_id or "")})


def _was_seen(seen: Seen, application_id: UUID) -> bool:
    return seen.version is None or seen.shown(BOOKED, str(application_id))


def _held_who_booked(session: Session, slot_id: UUID) -> Application | None:
    """The candidate who has booked the time, held before it, as when they book: who takes theirs back at this moment is
    waited for."""
    booked = select(InterviewBooking.application_id).where(InterviewBooking.slot_id == slot_id)
    application_id = session.scalar(booked)
    return None if application_id is None else session.get(Application, application_id, with_for_update=HELD)


def _tell_called_off(session: Session, application: Application, slot: Slot, sequence: int, at: datetime) -> CalledOff:
    """Nobody who has taken theirs back is told: they have said themselves that they do not come. Asked to choose another is
    who is still to be met, and has one to choose; the time itself is gone by now."""
    asked = is_asked(application)
    told = CalledOff(application.state in COUNTS, asked, asked and has_free_times(session, application, at + SHORTEST))
    if told.written:
        post_called_off(session, application, slot, sequence=sequence, asked=asked, others=told.others, at=at)
    if asked:
        ask_to_choose(session, application, at=at)
    return told


def _delete(session: Session, row: InterviewSlot) -> None:
    """The foreign key has the last word: a time that is booked in this very instant stays."""
    session.flush()  # what else waits to be written fails in its own name
    try:
        with session.begin_nested():
            session.execute(delete(SlotMember).where(SlotMember.slot_id == row.id))
            session.delete(row)
            session.flush()
    except IntegrityError:
        raise JustBooked from None
