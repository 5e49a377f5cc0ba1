"""The end of a recruitment as its candidate is told it: their own word and nobody else's."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.applications.models import Application


def mark_decided(session: Session, *, application: Application, result: str, at: datetime) -> None:
    """Let the candidate read, from now on, what became of their application. Done twice it changes nothing."""
    if application.decided_at is None:
        application.decided_at, application.decided_as = at, result
        session.flush()
