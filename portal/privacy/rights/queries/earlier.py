"""Whether a request was made of an application that another has taken the place of."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.applications.models import Application, CandidateRequest
from portal.register.models import RegisterEntry


def is_of_an_earlier(session: Session, row: CandidateRequest, application: Application) -> bool:
    """Whether it was asked before its application had come, or its record is that of another: a wish to have the first one
    gone is none about the second, which its candidate has said since is to count."""
    if application.submitted_at is not None and _is_before(row, application.submitted_at):
        return True
    came_in = select(RegisterEntry.application_id).where(RegisterEntry.document_id == row.id)
    return session.scalar(came_in) not in (None, application.id)


def _is_before(row: CandidateRequest, submitted_at: datetime) -> bool:
    """Of what the staff wrote down the day alone is known: it has noon for its time."""
    return _day(row.made_at) < _day(submitted_at) if row.came_by else row.made_at < submitted_at


def _day(at: datetime) -> date:
    return at.astimezone(clock.STOCKHOLM).date()
