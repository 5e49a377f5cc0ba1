"""Times and who has booked them: as the candidate may know it, and as the staff may."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from portal import scope
from portal.accounts.models import Person
from portal.ads.models import Ad
from portal.ads.states import AdState
from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.interviews.models import InterviewBooking, InterviewSlot, InterviewWish, SlotMember
from portal.jobs.models import Event
from portal.review.models import ConflictAnswer, PanelMember
from portal.review.queries.person import was_in
from portal.scope import acting_for
from portal.vault.services import open_application_key

GIVEN_UP = "interview.given_up"  # the event: whoever had booked a time has it no more


class Slot(NamedTuple):
    """A time as everybody may know it."""

    id: UUID
    starts_at: datetime
    minutes: int
    place: str


@dataclass(frozen=True, slots=True)
class Offered:
    """The times of a recruitment as one candidate may know them: their own, and those that nobody has."""

    own: Slot | None
    free: tuple[Slot, ...]

    def free_with(self, id: UUID) -> Slot | None:
        """The free time of this id."""
        return next((slot for slot in self.free if slot.id == id), None)


# Of the panel at that time: whoever had left it, or the party, before sits in no meeting.
_SITS = was_in(InterviewSlot.starts_at)


def _has_somebody(application_id: UUID) -> ColumnElement[bool]:
    """Whether anybody sits at a time who may meet this candidate: one at which all have left the panel, or have jäv for them,
    is not offered them."""
    of_slot = SlotMember.slot_id == InterviewSlot.id
    named = select(SlotMember.id).where(of_slot)
    bound = select(ConflictAnswer.id).where(
        ConflictAnswer.panel_member_id == PanelMember.id, ConflictAnswer.application_id == application_id,
        ConflictAnswer.has_conflict,
    )  # fmt: skip
    sits = (
        select(SlotMember.id)
        .join(PanelMember, PanelMember.id == SlotMember.panel_member_id)
        .where(of_slot, _SITS, ~bound.correlate(PanelMember).exists())
    )
    return or_(~named.correlate(InterviewSlot).exists(), sits.correlate(InterviewSlot).exists())


_SLOT = (InterviewSlot.id, InterviewSlot.starts_at, InterviewSlot.minutes, InterviewSlot.place)


def offered_to(session: Session, application: Application) -> Offered:
    """The times of the candidate's recruitment. Its scope must not see who has which, so a session of its own that acts
    for the party looks them up; the request's connection is let go first, for nobody should hold two."""
    party_id, ad_id, own_id = application.party_id, application.ad_id, application.id
    session.commit()
    rows = (
        select(*_SLOT, InterviewBooking.application_id)
        .outerjoin(InterviewBooking, InterviewBooking.slot_id == InterviewSlot.id)
        .where(InterviewSlot.ad_id == ad_id, or_(InterviewBooking.id.is_not(None), _has_somebody(own_id)))
        .order_by(InterviewSlot.starts_at, InterviewSlot.id)
    )
    with acting_for(scope.party(party_id)) as acting:
        found = [(Slot(*row[:4]), row.application_id) for row in acting.execute(rows)]
    return Offered(
        own=next((slot for slot, booked_by in found if booked_by == own_id), None),
        free=tuple(slot for slot, booked_by in found if booked_by is None),
    )


@dataclass(frozen=True, slots=True)
class Booked:
    """A time as the staff knows it: who takes part, and whose it is (None: free)."""

    slot: Slot
    members: tuple[tuple[UUID, str], ...]  # of the panel: id and name
    application_id: UUID | None


def slots_of(session: Session, ad_id: UUID) -> list[Booked]:
    """Every time of a recruitment in order. Two statements."""
    rows = session.execute(
        select(*_SLOT, InterviewBooking.application_id)
        .outerjoin(InterviewBooking, InterviewBooking.slot_id == InterviewSlot.id)
        .where(InterviewSlot.ad_id == ad_id)
        .order_by(InterviewSlot.starts_at, InterviewSlot.id)
    ).all()
    members: dict[UUID, list[tuple[UUID, str]]] = {}
    taking_part = (
        select(SlotMember.slot_id, PanelMember.id, Person.name)
        .join(PanelMember, PanelMember.id == SlotMember.panel_member_id)
        .join(InterviewSlot, InterviewSlot.id == SlotMember.slot_id)
        .join(Person, Person.id == PanelMember.person_id)
        .where(PanelMember.ad_id == ad_id, _SITS)
        .order_by(PanelMember.position, PanelMember.id)
    )
    for slot_id, member_id, name in session.execute(taking_part) if rows else ():
        members.setdefault(slot_id, []).append((member_id, name))
    return [Booked(Slot(*row[:4]), tuple(members.get(row.id, ())), row.application_id) for row in rows]


def kept_from_meeting(session: Session, times: Iterable[Booked]) -> set[UUID]:
    """Of the booked times, those at which nobody sits who may meet whoever has it: all have left, or have jäv for them. One
    statement."""
    booked = {time.application_id: time for time in times if time.application_id is not None}
    if not booked:
        return set()
    rows = select(ConflictAnswer.application_id, ConflictAnswer.panel_member_id).where(
        ConflictAnswer.application_id.in_(list(booked)), ConflictAnswer.has_conflict
    )
    bound = {tuple(row) for row in session.execute(rows)}
    return {
        time.slot.id for whose, time in booked.items() if all((whose, member) in bound for member, _ in time.members)
    }


def members_taking_part(session: Session, application_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """By candidate with a booked time, who of the panel takes part in it."""
    rows = session.execute(
        select(InterviewBooking.application_id, SlotMember.panel_member_id)
        .join(SlotMember, SlotMember.slot_id == InterviewBooking.slot_id)
        .where(InterviewBooking.application_id.in_(list(application_ids)))
    )
    found: dict[UUID, set[UUID]] = {}
    for application_id, member_id in rows:
        found.setdefault(application_id, set()).add(member_id)
    return found


class Busy(NamedTuple):
    """When somebody of the party already sits in a meeting, whichever recruitment it is of."""

    person_id: UUID
    name: str
    starts_at: datetime
    minutes: int


def busy_times(session: Session, person_ids: Iterable[UUID]) -> Sequence[Busy]:
    """All the times at which one of these people takes part: those of a recruitment that has ended since hold nobody, nor
    those of one whose ad was withdrawn and in which nobody who is called waits for word any more. Until then whoever is
    called may be met, and choose a time, as before."""
    waits = (
        select(Application.id)
        .where(Application.ad_id == Ad.id, Application.called_at.is_not(None))
        .where(Application.state.in_(COUNTS), Application.decided_at.is_(None))
        .correlate(Ad)
        .exists()
    )
    goes_on = or_(Ad.state == AdState.PUBLISHED, and_(Ad.state == AdState.WITHDRAWN, waits))
    rows = (
        select(Person.id, Person.name, InterviewSlot.starts_at, InterviewSlot.minutes)
        .select_from(InterviewSlot)
        .join(SlotMember, SlotMember.slot_id == InterviewSlot.id)
        .join(PanelMember, PanelMember.id == SlotMember.panel_member_id)
        .join(Person, Person.id == PanelMember.person_id)
        .join(Ad, Ad.id == InterviewSlot.ad_id)
        .where(PanelMember.person_id.in_(list(person_ids)), goes_on, _SITS)
        .order_by(InterviewSlot.starts_at)
    )
    return [Busy(*row) for row in session.execute(rows)]


def booked_after(session: Session, ad_id: UUID, at: datetime) -> Sequence[UUID]:
    """Whose applications in a recruitment have a meeting that is still to come."""
    rows = (
        select(InterviewBooking.application_id)
        .join(InterviewSlot, InterviewSlot.id == InterviewBooking.slot_id)
        .where(InterviewSlot.ad_id == ad_id, InterviewSlot.starts_at > at)
    )
    return session.scalars(rows.order_by(InterviewBooking.application_id)).all()


def booking_of(session: Session, application_id: UUID, *, lock: bool = False) -> InterviewBooking | None:
    """The candidate's meeting, if there has been one."""
    own = select(InterviewBooking).where(InterviewBooking.application_id == application_id)
    return session.scalars(own.with_for_update() if lock else own).one_or_none()


def slot_of(session: Session, slot_id: UUID | None) -> Slot | None:
    """One time."""
    row = session.execute(select(*_SLOT).where(InterviewSlot.id == slot_id)).one_or_none() if slot_id else None
    return Slot(*row) if row else None


def wishes_of(session: Session, application_ids: Iterable[UUID]) -> dict[UUID, InterviewWish]:
    """Who asks for another time, by application."""
    rows = select(InterviewWish).where(InterviewWish.application_id.in_(list(application_ids)))
    return {row.application_id: row for row in session.scalars(rows)}


def wish_text(session: Session, wish: InterviewWish) -> str:
    """What they wrote."""
    key = open_application_key(session, application_id=wish.application_id, controller_id=wish.controller_id)
    return key.open_text(f"interview_wish.{wish.id}", wish.text_sealed)


def has_free_times(session: Session, application: Application, after: datetime) -> bool:
    """Whether there is a time for the candidate to choose at all."""
    return bool(session.scalars(_free_for(application, after).limit(1)).all())


def waits_for(session: Session, application: Application, slot_id: UUID, after: datetime, *, since: datetime) -> bool:
    """Whether the time, free ``since`` an instant, is so still, and the candidate had no other to choose just then, or has
    said that none of the others suits. One that was given up later is no other: it is what this one's letter tells of too."""
    free = set(session.scalars(_free_for(application, after)))
    if slot_id not in free:
        return False
    others = free - {slot_id}
    return others <= _given_up(session, others, since) or bool(wishes_of(session, [application.id]))


def _given_up(session: Session, slot_ids: Collection[UUID], since: datetime) -> set[UUID]:
    """Which of these times their candidates have given up since an instant."""
    news = select(Event.subject_id).where(
        Event.kind == GIVEN_UP, Event.created_at >= since, Event.subject_id.in_(slot_ids)
    )
    return {id for id in session.scalars(news) if id is not None} if slot_ids else set()


def _free_for(application: Application, after: datetime) -> Select[UUID]:
    return (
        select(InterviewSlot.id)
        .outerjoin(InterviewBooking, InterviewBooking.slot_id == InterviewSlot.id)
        .where(
            InterviewSlot.ad_id == application.ad_id,
            InterviewSlot.starts_at > after,
            InterviewBooking.id.is_(None),
            _has_somebody(application.id),
        )
    )
