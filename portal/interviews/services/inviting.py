"""Asking a candidate to choose a time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applications.models import Application, CandidateTask
from portal.applications.services.asking import ask_candidate
from portal.applications.states import COUNTS
from portal.interviews.emails import post_times
from portal.interviews.models import TASK, InterviewBooking, InterviewSlot
from portal.interviews.queries.slots import Slot, booking_of, waits_for
from portal.interviews.times import SHORTEST
from portal.refusal import N_

__all__ = [
    "CHOOSE",
    "LEAVE_REFERENCES",
    "TASK",
    "ask_to_choose",
    "called_without_time",
    "invite_to_choose",
    "invite_to_freed",
    "is_asked_to_choose",
]

CHOOSE, LEAVE_REFERENCES = N_("Välj en tid för mötet"), N_("Lämna referenser inför mötet")


def invite_to_choose(session: Session, application: Application, *, wave: UUID | str, at: datetime) -> None:
    """Put the choice on the candidate's page and send a mail, once for each wave of times."""
    ask_to_choose(session, application, at=at)
    post_times(session, application, wave=wave, at=at)


def invite_to_freed(
    session: Session, slot: Slot, *, since: datetime, at: datetime, left_at: datetime | None = None
) -> None:
    """A time is free again since an instant: tell each who is called and was promised a letter, for want of a time or of one
    that suits. Not whoever gave it up, and nobody who had others to choose from. ``left_at``: when whoever had it left, where
    that was before."""
    row = session.get(InterviewSlot, slot.id)
    if row is None or slot.starts_at <= at + SHORTEST:
        return
    for application in called_without_time(session, row.ad_id):
        booking = booking_of(session, application.id)
        gave_it_up = booking is not None and booking.changed_at >= since
        if not gave_it_up and waits_for(session, application, slot.id, at + SHORTEST, since=left_at or since):
            invite_to_choose(session, application, wave=f"{slot.id}:{since:%Y%m%d%H%M%S}", at=at)


def ask_to_choose(session: Session, application: Application, *, at: datetime) -> None:
    """The same without a mail, where another mail says it."""
    ask_candidate(session, application=application, kind=TASK, endpoint="interviews.meeting", text=CHOOSE, at=at)


def is_asked_to_choose(session: Session, application_id: UUID) -> bool:
    """Whether the choice is on the candidate's page."""
    task = CandidateTask.application_id == application_id, CandidateTask.kind == TASK, CandidateTask.text == CHOOSE
    return session.scalar(select(CandidateTask.id).where(*task, CandidateTask.done_at.is_(None))) is not None


def called_without_time(session: Session, ad_id: UUID) -> list[Application]:
    """The called candidates of a recruitment who have booked nothing and are not decided, held: none takes theirs back
    before the mail is written, and none is asked twice."""
    booked = select(InterviewBooking.application_id).where(InterviewBooking.slot_id.is_not(None))
    rows = select(Application).where(
        Application.ad_id == ad_id,
        Application.state.in_(COUNTS),
        Application.called_at.is_not(None),
        Application.decided_at.is_(None),
        Application.id.not_in(booked),
    )
    return list(session.scalars(rows.order_by(Application.id).with_for_update(key_share=True)))
