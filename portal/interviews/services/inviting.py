"""Asking a candidate to choose a time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applications.models import Application, CandidateTask
from portal.applications.services.asking import ask_candidate
from portal.applications.states import COUNTS
from portal.interviews.emails import post_times
from portal.interviews.models import TASK, InterviewBooking
from portal.refusal import N_

__all__ = [
    "CHOOSE",
    "LEAVE_REFERENCES",
    "TASK",
    "ask_to_choose",
    "called_without_time",
    "invite_to_choose",
    "is_asked_to_choose",
]

CHOOSE, LEAVE_REFERENCES = N_("Välj en tid för mötet"), N_("Lämna referenser inför mötet")


def invite_to_choose(session: Session, application: Application, *, wave: UUID, at: datetime) -> None:
    """Put the choice on the candidate's page and send a mail, once for each wave of times."""
    ask_to_choose(session, application, at=at)
    post_times(session, application, wave=wave, at=at)


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
