"""A booked time given up: by its candidate, by who gave it, or because the application was taken back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.interviews.emails import post_called_off, post_to_member
from portal.interviews.models import (
    InterviewBooking,
    InterviewCard,
    InterviewMark,
    InterviewWish,
    Reference,
    ReferenceWord,
    SlotMember,
)
from portal.interviews.queries.slots import Slot, booking_of, slot_of
from portal.locking import HELD
from portal.mail.models import OutgoingMail
from portal.review.models import ConflictAnswer, PanelMember
from portal.review.queries.person import applied_themselves, is_in


def give_up(session: Session, booking: InterviewBooking, slot: Slot, *, at: datetime) -> None:
    """Free the time, count the change and tell those of the panel who would have taken part. In the party's scope."""
    booking.slot_id, booking.sequence, booking.changed_at = None, booking.sequence + 1, at
    session.flush()
    tell_of_freed(session, slot, at=at)


def tell_of_booked(session: Session, booking: InterviewBooking, slot: Slot, *, at: datetime) -> None:
    """A mail to each of the panel who takes part and may see whom the time is for."""
    for member in _who_may_see(session, slot, booking.application_id):
        once = f"{_told(slot, member)}:booked:{booking.id}:{booking.sequence}"
        post_to_member(session, member, slot, off=False, once=once, at=at)


def tell_of_freed(session: Session, slot: Slot, *, at: datetime) -> None:
    """A mail to each of the panel who was told that the time was booked, has not been told otherwise, and may still see whose
    it was. None where somebody else has it by now: what they were told is true."""
    if session.scalar(select(InterviewBooking.id).where(InterviewBooking.slot_id == slot.id)) is not None:
        return
    for member in session.scalars(_taking_part(slot)).all():
        booked, freed = (_posted(session, f"{_told(slot, member)}:{what}:") for what in ("booked", "freed"))
        if len(booked) > len(freed) and member in _who_may_see(session, slot, _whose(session, booked)):
            post_to_member(session, member, slot, off=True, once=f"{_told(slot, member)}:freed:{len(booked)}", at=at)


def _who_may_see(session: Session, slot: Slot, application_id: UUID | None) -> list[PanelMember]:
    """Those who take part and have said that they have no jäv for the candidate, but for whoever has applied themselves: the
    page that the mail leads to is not there for them."""
    clear = (
        _taking_part(slot)
        .join(ConflictAnswer, ConflictAnswer.panel_member_id == PanelMember.id)
        .where(ConflictAnswer.application_id == application_id, ConflictAnswer.has_conflict.is_(False))
    )
    members = list(session.scalars(clear))
    if not members:
        return []
    competes = applied_themselves(session, members[0].ad_id, members[0].controller_id)
    return [member for member in members if not competes(member.person.email)]


def _whose(session: Session, booked: Sequence[str]) -> UUID | None:
    """The candidate of whose booking the last of these mails told, by the name that `tell_of_booked` gave it."""
    booking_id = UUID(booked[-1].split(":")[-2])
    return session.scalar(select(InterviewBooking.application_id).where(InterviewBooking.id == booking_id))


def _taking_part(slot: Slot) -> Select[PanelMember]:
    taking_part = select(PanelMember).join(SlotMember, SlotMember.panel_member_id == PanelMember.id)
    return taking_part.where(SlotMember.slot_id == slot.id, is_in()).order_by(PanelMember.id)


def _told(slot: Slot, member: PanelMember) -> str:
    return f"interview-panel:{slot.id}:{member.id}"


def _posted(session: Session, beginning: str) -> Sequence[str]:
    """The names of the mails that begin like this, the first posted first."""
    rows = select(OutgoingMail.once).where(OutgoingMail.once.startswith(beginning))
    return session.scalars(rows.order_by(OutgoingMail.created_at, OutgoingMail.id)).all()


def free_time(session: Session, *, application_id: UUID, at: datetime) -> Slot | None:
    """Free the time of an application that counts no more, and let its wish go. Twice changes nothing. Returns the time."""
    booking = booking_of(session, application_id, lock=True)
    slot = slot_of(session, booking.slot_id) if booking is not None else None
    if booking is not None and slot is not None:
        give_up(session, booking, slot, at=at)
    session.execute(delete(InterviewWish).where(InterviewWish.application_id == application_id))
    return slot


def call_off_after_word(session: Session, *, application_id: UUID, at: datetime) -> None:
    """Free a time that is still to come of one who has had their word, and tell them: their last mail about it says that
    it is booked, and they would travel. Twice changes nothing."""
    application = session.get(Application, application_id, with_for_update=HELD)
    booking = booking_of(session, application_id, lock=True)
    slot = slot_of(session, booking.slot_id) if booking is not None else None
    if application is None or booking is None or slot is None or slot.starts_at <= at:
        return
    give_up(session, booking, slot, at=at)
    if application.state in COUNTS:
        post_called_off(session, application, slot, sequence=booking.sequence, asked=False, others=False, at=at)


def let_go_of_references(session: Session, *, application_id: UUID) -> None:
    """Erase whom a candidate has named, and what they said. Their key is gone already."""
    for kind in (ReferenceWord, Reference):
        session.execute(delete(kind).where(kind.application_id == application_id))


def forget_interview(session: Session, *, application_id: UUID) -> None:
    """Of one who is erased no word is left: wish, references, notes of cards. Steps and times stay, to be counted."""
    session.execute(delete(InterviewWish).where(InterviewWish.application_id == application_id))
    let_go_of_references(session, application_id=application_id)
    notes = update(InterviewMark).where(InterviewMark.application_id == application_id)
    session.execute(notes.values(note_sealed=None))


def forget_marks(session: Session, *, application_id: UUID) -> None:
    """Of one who is kept to be asked about later posts, and known by name: the cards go too, with their steps."""
    forget_interview(session, application_id=application_id)
    for kind in (InterviewMark, InterviewCard):
        session.execute(delete(kind).where(kind.application_id == application_id))
