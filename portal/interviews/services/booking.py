"""The candidate chooses a time, moves it, or asks for another. In the candidate's own scope.

The times are read beforehand (`queries.slots.offered_to`): they never change, and whether one is still free is said by
the database's own constraint.
"""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import scope
from portal.applications.models import Application
from portal.applications.services.asking import finish_task
from portal.applications.services.drafting import key_of
from portal.applications.states import COUNTS
from portal.audit.services import CANDIDATE, record
from portal.interviews.emails import post_booked
from portal.interviews.models import InterviewBooking, InterviewWish
from portal.interviews.queries.slots import GIVEN_UP, Offered, Slot, booking_of
from portal.interviews.refusals import ChooseATime, NotAsked, TimeTaken, TooLateToMove, WishMissing
from portal.interviews.services.inviting import TASK
from portal.interviews.times import may_be_booked, may_be_moved, remind_at
from portal.jobs.services import announce
from portal.scope import walls_of

LONGEST_WISH = 1000


def is_asked(application: Application) -> bool:
    """Whether there is anything to book: called, still counting, and not decided."""
    return application.called_at is not None and application.state in COUNTS and application.decided_at is None


def asked_application(session: Session, application_id: UUID) -> Application:
    """The application, locked. Raises NotAsked."""
    application = session.get_one(Application, application_id, with_for_update=True)
    if not is_asked(application):
        raise NotAsked
    return application


def book_time(
    session: Session, *, application_id: UUID, offered: Offered, slot_id: UUID | None, at: datetime
) -> InterviewBooking:
    """Book a time, or move to it from the one booked before. The same again changes nothing. Raises a Refusal."""
    application = asked_application(session, application_id)
    booking = booking_of(session, application_id, lock=True)
    if slot_id is None:
        raise ChooseATime
    if booking is not None and booking.slot_id == slot_id:
        return booking
    slot = offered.free_with(slot_id)
    if slot is None or not may_be_booked(slot.starts_at, at):
        raise TimeTaken
    _require_movable(booking, offered, at)
    former = booking.slot_id if booking is not None else None
    booking = _take(session, application, booking, slot, at)
    _forget_wish(session, application_id)
    finish_task(session, application=application, kind=TASK, at=at)
    if former is not None:
        _announce_given_up(session, application, former, at)
    _tell(session, application, slot, booking, at)
    return booking


def _require_movable(booking: InterviewBooking | None, offered: Offered, at: datetime) -> None:
    """A time that was booked meanwhile, in another tab, is not among what was read: it is asked about anew."""
    if booking is None or booking.slot_id is None:
        return
    if offered.own is None or offered.own.id != booking.slot_id:
        raise TimeTaken
    if not may_be_moved(offered.own.starts_at, at):
        raise TooLateToMove


def _take(
    session: Session, application: Application, booking: InterviewBooking | None, slot: Slot, at: datetime
) -> InterviewBooking:
    try:
        with session.begin_nested():
            if booking is None:
                booking = InterviewBooking(
                    id=uuid4(), **walls_of(application, with_authority=False), application_id=application.id, sequence=0
                )
                session.add(booking)
            else:
                booking.sequence += 1
            booking.slot_id, booking.changed_at = slot.id, at
            session.flush()
    except IntegrityError:  # somebody else has it, or it was taken away
        raise TimeTaken from None
    return booking


def _tell(session: Session, application: Application, slot: Slot, booking: InterviewBooking, at: datetime) -> None:
    party = scope.party(application.party_id)
    record(
        session, chain=application.party_id, at=at, actor=CANDIDATE, verb="interview.booked", object_id=application.id
    )
    announce(session, "interview.booked", subject_id=application.id, at=at, scope=party)
    if (due := remind_at(slot.starts_at)) > at:
        announce(session, "interview.tomorrow", subject_id=application.id, at=at, due_at=due, scope=party)
    post_booked(session, application, slot, sequence=booking.sequence, at=at)


def _announce_given_up(session: Session, application: Application, slot_id: UUID, at: datetime) -> None:
    party = scope.party(application.party_id)
    announce(session, GIVEN_UP, subject_id=slot_id, at=at, scope=party)


def decline_times(session: Session, *, application_id: UUID, offered: Offered, text: str, at: datetime) -> None:
    """Give up the booked time, where there is one, and ask for another in own words. Raises a Refusal."""
    application = asked_application(session, application_id)
    if not 0 < len(text) <= LONGEST_WISH:
        raise WishMissing
    booking = booking_of(session, application_id, lock=True)
    _require_movable(booking, offered, at)
    if booking is not None and booking.slot_id is not None:
        _announce_given_up(session, application, booking.slot_id, at)
        booking.slot_id, booking.sequence, booking.changed_at = None, booking.sequence + 1, at
    _keep_wish(session, application, text, at)
    finish_task(session, application=application, kind=TASK, at=at)
    record(
        session, chain=application.party_id, at=at, actor=CANDIDATE, verb="interview.declined", object_id=application.id
    )


def _keep_wish(session: Session, application: Application, text: str, at: datetime) -> None:
    wish, key = _wish(session, application.id), key_of(application)
    if wish is None:
        wish = InterviewWish(id=uuid4(), **walls_of(application, with_authority=False), application_id=application.id)
    wish.text_sealed = key.seal_text(f"interview_wish.{wish.id}", text)
    wish.written_at = at
    session.add(wish)  # whole: whatever is asked next writes what waits
    session.flush()


def _forget_wish(session: Session, application_id: UUID) -> None:
    wish = _wish(session, application_id)
    if wish is not None:
        session.delete(wish)
        session.flush()


def _wish(session: Session, application_id: UUID) -> InterviewWish | None:
    return session.scalars(select(InterviewWish).where(InterviewWish.application_id == application_id)).one_or_none()
