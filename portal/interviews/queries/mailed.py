"""What has become of the mails about a meeting: taken by the server, opened by the link, answered. Two statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applications.models import CandidateTask
from portal.interviews.models import TASK
from portal.mail.queries import statuses_about
from portal.mail.states import MailStatus

ASKS: Final = "interview-times"
WORDS: Final = {  # by the beginning of the names under which `interviews.emails` posts
    ASKS: "Tider att välja på",
    "interview-booked": "Den bokade tiden",
    "interview-off": "Inställd tid",
    "interview-reminder": "Påminnelse dagen före",
}


@dataclass(frozen=True, slots=True)
class Mailed:
    """One mail. It is opened when the page that it leads to has been, since; only what asks for something is answered."""

    what: str
    status: MailStatus
    opened_at: datetime | None
    answered_at: datetime | None


def mails_of(session: Session, called: Iterable[UUID]) -> dict[UUID, list[Mailed]]:
    """By candidate, the mails in the order they were written: also those about times that are no more."""
    ids = list(called)
    if not ids:
        return {}
    tasks = _tasks(session, ids)
    found: dict[UUID, list[Mailed]] = {}
    for id, statuses in statuses_about(session, ids, list(WORDS)).items():
        task = tasks.get(id)
        opened_at, done_at = (task.opened_at, task.done_at) if task else (None, None)
        for one in statuses:
            kind = one.once.partition(":")[0]
            answered_at = one.since(done_at) if kind == ASKS else None
            found.setdefault(id, []).append(Mailed(WORDS[kind], one, one.since(opened_at), answered_at))
    return found


def _tasks(session: Session, ids: list[UUID]) -> dict[UUID, CandidateTask]:
    rows = select(CandidateTask).where(CandidateTask.kind == TASK, CandidateTask.application_id.in_(ids))
    return {row.application_id: row for row in session.scalars(rows)}
