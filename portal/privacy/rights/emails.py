"""The mails about a candidate's rights. Neutral: they say that there is something to read, never what or from whom."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.applications.models import Application, CandidateRequest
from portal.applications.services.asking import note_waiting
from portal.applications.services.drafting import key_of
from portal.applications.services.sending import private_token
from portal.mail.queries import status_beginning
from portal.mail.services import post, write_letter
from portal.mail.states import MailStatus
from portal.web.addresses import absolute


def answered_mail(session: Session, row: CandidateRequest) -> tuple[MailStatus, UUID] | None:
    """What has become of the mail about its answer, or before that of the one that it takes longer; and of which application
    it was then, which another may have taken the place of since. None where none was written."""
    status = status_beginning(session, _name_of(row))
    return (status, UUID(status.once.rpartition(":")[2])) if status is not None else None


def post_answered(session: Session, application: Application, row: CandidateRequest, *, at: datetime) -> None:
    """That what the candidate asked for has its answer, or takes longer; it is read on their own page. Once for each.
    Nothing to whoever has left no address: their answer is printed; to one under a code name that something waits."""
    _post(session, application, once=f"{_name_of(row)}{application.id}", at=at)


def post_added_to(
    session: Session, application: Application, row: CandidateRequest, *, print_of_answer: str, at: datetime
) -> None:
    """That there is more to read in an answer: the same mail, once for each addition."""
    _post(session, application, once=f"request-added:{print_of_answer}:{row.id}:{application.id}", at=at)


def post_colleague_needed(session: Session, *, to: str, once: str, at: datetime) -> None:
    """To one of the office: a request waits that none of them may answer."""
    letter = write_letter("colleague", to=to, language="sv", link=absolute("organisations.people"))
    post(session, letter, once=once, at=at)


def _name_of(row: CandidateRequest) -> str:
    """How the mail is named in the outbox, before its application's id. There is one of each request."""
    return f"request-{'answered' if row.answered_at is not None else 'extended'}:{row.id}:"


def _post(session: Session, application: Application, *, once: str, at: datetime) -> None:
    if application.email_sealed is None:
        note_waiting(session, application, at)
        return
    token = private_token(session, application)
    letter = write_letter(
        "request_answered",
        to=key_of(application).open_text("application.email", application.email_sealed),
        language=application.language,
        link=absolute("privacy.own", language=application.language, token=token) if token else "",
    )
    post(session, letter, once=once, at=at, controller_id=application.controller_id)
