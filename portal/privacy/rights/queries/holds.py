"""Whether an application is under a legal hold."""

from sqlalchemy.orm import Session

from portal.applications.models import Application


def held(session: Session, application: Application) -> str | None:
    """Why the application may not be destroyed whatever its candidate or its date says; None where nothing stops it.

    No legal holds are kept yet. Every erasure asks here, so that the day they are, one place knows.
    """
    return None
