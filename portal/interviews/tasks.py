"""What interviews do when told: a candidate is called, has booked, has given a time up, is met tomorrow, is no more."""

from datetime import datetime

from portal.applications.models import Application
from portal.applications.queries import taken_back
from portal.applications.services.asking import ask_candidate, note_waiting
from portal.applications.services.telling import tell_step
from portal.applications.services.withdrawing import ERASED, is_erased
from portal.applications.states import COUNTS, Step
from portal.db import unit_of_work
from portal.interviews.emails import post_reminder
from portal.interviews.queries.slots import GIVEN_UP, booked_after, booking_of, has_free_times, slot_of
from portal.interviews.services.booking import is_asked
from portal.interviews.services.freeing import (
    call_off_after_word,
    forget_interview,
    free_time,
    let_go_of_references,
    tell_of_booked,
    tell_of_freed,
)
from portal.interviews.services.inviting import (
    LEAVE_REFERENCES,
    TASK,
    called_without_time,
    invite_to_choose,
    invite_to_freed,
    is_asked_to_choose,
)
from portal.interviews.times import SHORTEST, remind_at
from portal.jobs.models import Event
from portal.jobs.services import handles
from portal.locking import HELD


@handles("application.called")
def ask_for_time(event: Event, at: datetime) -> None:
    """Let the candidate choose where there are times; until there are, a mail tells that the word is another, and the page
    asks for references alone."""
    with unit_of_work() as session:
        application = session.get(Application, event.subject_id, with_for_update=HELD)
        if application is None or not is_asked(application) or booking_of(session, application.id) is not None:
            return
        if is_asked_to_choose(session, application.id):  # by times that were made before this was handled
            return
        if has_free_times(session, application, at + SHORTEST):
            invite_to_choose(session, application, wave=application.id, at=at)
        else:
            ask_candidate(
                session, application=application, kind=TASK, endpoint="interviews.meeting", text=LEAVE_REFERENCES, at=at
            )
            tell_step(session, [application], step=Step.INTERVIEW, at=at)


@handles("interview.booked")
def tell_who_takes_part(event: Event, at: datetime) -> None:
    """A mail to the panel, once for each change, of a time that is still to come. The booking is held: whoever gives it up
    meanwhile finds the mail, and tells the panel so."""
    with unit_of_work() as session:
        booking = booking_of(session, event.subject_id, lock=True) if event.subject_id else None
        slot = slot_of(session, booking.slot_id) if booking is not None else None
        if booking is not None and slot is not None and slot.starts_at > at:
            tell_of_booked(session, booking, slot, at=at)


@handles(GIVEN_UP)
def tell_who_took_part(event: Event, at: datetime) -> None:
    """A mail to those of the panel who think that the time is booked, and to the candidates who wait for one."""
    with unit_of_work() as session:
        slot = slot_of(session, event.subject_id)
        if slot is not None:
            tell_of_freed(session, slot, at=at)
            invite_to_freed(session, slot, since=event.created_at, at=at)


@handles("interview.tomorrow")
def remind(event: Event, at: datetime) -> None:
    """The reminder of the day before. A time that was moved or given up since has its own, or none."""
    with unit_of_work() as session:
        application = session.get(Application, event.subject_id, with_for_update=HELD)
        booking = booking_of(session, application.id, lock=True) if application is not None else None
        slot = slot_of(session, booking.slot_id) if booking is not None else None
        if application is None or slot is None or not is_asked(application):
            return
        if remind_at(slot.starts_at) <= at < slot.starts_at:
            post_reminder(session, application, slot, at=at)
            note_waiting(session, application, event.created_at)


@handles("application.withdrawn")
def free_what_was_booked(event: Event, at: datetime) -> None:
    """The time is free again; with a party as controller whom the candidate had named is erased too. Nothing of one that
    counts again by now."""
    with unit_of_work() as session:
        application = taken_back(session, event.subject_id)
        if application is None or application.state in COUNTS:
            return
        called_without_time(session, application.ad_id)  # held before the booking, as by whoever books
        if (slot := free_time(session, application_id=application.id, at=at)) is not None:
            invite_to_freed(session, slot, since=at, left_at=event.created_at, at=at)
        if is_erased(application):
            let_go_of_references(session, application_id=application.id)


@handles("recruitment.ended")
def free_what_is_not_met(event: Event, at: datetime) -> None:
    """Nobody is met in a recruitment that is over: a time that is still to come is nobody's, and both sides are told."""
    with unit_of_work() as session:
        for application_id in booked_after(session, event.subject_id, at) if event.subject_id else ():
            call_off_after_word(session, application_id=application_id, at=at)


@handles("post.offered")
def free_what_is_not_needed(event: Event, at: datetime) -> None:
    """The same of one who is offered the post before they have been met."""
    with unit_of_work() as session:
        if event.subject_id is not None:
            call_off_after_word(session, application_id=event.subject_id, at=at)


@handles(ERASED)
def forget_when_erased(event: Event, at: datetime) -> None:
    """Whoever is erased leaves no words of an interview behind."""
    with unit_of_work() as session:
        if event.subject_id is not None:
            forget_interview(session, application_id=event.subject_id)
