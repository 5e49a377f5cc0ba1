"""What a candidate is asked to do, written down by later features and listed on the private page."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import scope
from portal.applications.models import Application, CandidateTask
from portal.jobs.services import announce

WAITS = "application.waits"  # the event that something new is there to read for one under a code name


def ask_candidate(
    session: Session,
    *,
    application: Application,
    kind: str,
    endpoint: str,
    text: str,
    at: datetime,
    due_at: datetime | None = None,
) -> CandidateTask:
    """Ask for one thing, or once more for the same: a task of this kind there is one of, and it is open again.

    ``endpoint`` is a page that takes the link's token; ``text`` is a sentence marked for translation.
    """
    task = _task(session, application, kind)
    if task is None:
        task = CandidateTask(
            id=uuid4(), party_id=application.party_id, authority_id=application.authority_id,
            controller_id=application.controller_id, application_id=application.id, kind=kind,
        )  # fmt: skip
        session.add(task)
    task.endpoint, task.text, task.asked_at, task.due_at, task.done_at = endpoint, text, at, due_at, None
    session.flush()
    note_waiting(session, application, at)
    return task


def note_waiting(session: Session, application: Application, at: datetime) -> None:
    """News that something waits on the page of one under a code name: no other mail tells them. Nothing of anybody else.
    What is told with the same ``at`` is one piece of news, and one mail."""
    if application.protected:
        party = scope.party(application.party_id)
        announce(session, WAITS, subject_id=application.id, at=at, scope=party)


def finish_task(session: Session, *, application: Application, kind: str, at: datetime) -> None:
    """It is done. Twice, or where nothing was asked, changes nothing."""
    task = _task(session, application, kind)
    if task is not None and task.done_at is None:
        task.done_at = at
        session.flush()


def note_task_opened(session: Session, *, application_id: UUID, kind: str, at: datetime) -> None:
    """The candidate has opened its page. Where nothing was asked, nothing changes."""
    own = select(CandidateTask).where(CandidateTask.application_id == application_id, CandidateTask.kind == kind)
    for task in session.scalars(own):
        task.opened_at = at
    session.flush()


def _task(session: Session, application: Application, kind: str) -> CandidateTask | None:
    own = select(CandidateTask).where(CandidateTask.application_id == application.id, CandidateTask.kind == kind)
    return session.scalars(own).one_or_none()
