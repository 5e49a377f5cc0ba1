"""Coming in by a private link: a browser is given its cookie, and the application's address the code."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.applications import emails
from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.links.models import Visit
from portal.links.services import begin_visit, let_in, make_code


def gets_codes(session: Session, application_id: UUID) -> bool:
    """Whether there is an address for a code to come to. Whoever has left none is let in by the link alone."""
    application = session.get(Application, application_id)
    return application is not None and application.email_sealed is not None


def enter(session: Session, *, link_id: UUID, application_id: UUID, at: datetime) -> str:
    """Let a browser come to the door: the cookie it is known by. The code is on its way, where there is one."""
    visit, cookie = begin_visit(session, link_id=link_id, at=at)
    _mail(session, visit, application_id, at)
    return cookie


def mail_code(session: Session, *, visit_id: UUID, application_id: UUID, at: datetime) -> None:
    """Another code for a browser that is known; the former one is good no more. Where none can come it is let in again."""
    _mail(session, session.get_one(Visit, visit_id, with_for_update=True), application_id, at)


def _mail(session: Session, visit: Visit, application_id: UUID, at: datetime) -> None:
    """To the address as it is now. Where there is none, no code can come: whoever was handed the link is let in by it."""
    application = session.get_one(Application, application_id)
    if application.email_sealed is None:
        let_in(visit, at=at)
        return
    to = key_of(application).open_text("application.email", application.email_sealed)
    emails.post_code(session, application, to=to, code=make_code(visit, at=at), at=at)
    session.flush()
