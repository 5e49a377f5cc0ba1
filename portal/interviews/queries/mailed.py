"""What has become of the mails about a meeting: taken by the server, opened by the link, answered. Three statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applications.models import CandidateTask
from portal.interviews.models import TASK, InterviewBooking
from portal.mail.queries import statuses
from portal.mail.states import MailStatus

WORDS: Final = {
    "interview-times": "Tider att välja på",
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


def mails_of(session: Session, called: Iterable[UUID], slots: Sequence[UUID]) -> dict[UUID, list[Mailed]]:
    """By candidate, the mails in the order they were written."""
    ids = list(called)
    if not ids:
        return {}
    sequences = _sequences(session, ids)
    tasks = _tasks(session, ids)
    names = {name: id for id in ids for name in _names(id, slots, sequences.get(id, 0))}
    found: dict[UUID, list[Mailed]] = defaultdict(list)
    for status in sorted(statuses(session, list(names)).values(), key=lambda one: one.written_at):
        id, kind = names[status.once], status.once.partition(":")[0]
        task = tasks.get(id)
        opened_at, done_at = (task.opened_at, task.done_at) if task else (None, None)
        answered = status.since(done_at) if kind == "interview-times" else None
        found[id].append(Mailed(WORDS[kind], status, status.since(opened_at), answered))
    return found


def _names(id: UUID, slots: Sequence[UUID], sequence: int) -> Iterable[str]:
    """The names under which `interviews.emails` posts."""
    for wave in (id, *slots):
        yield f"interview-times:{wave}:{id}"
        yield f"interview-reminder:{wave}:{id}"
    for number in range(sequence + 1):
        yield f"interview-booked:{number}:{id}"
        yield f"interview-off:{number}:{id}"


def _sequences(session: Session, ids: list[UUID]) -> dict[UUID, int]:
    rows = select(InterviewBooking.application_id, InterviewBooking.sequence)
    found = session.execute(rows.where(InterviewBooking.application_id.in_(ids)))
    return {row.application_id: row.sequence for row in found}


def _tasks(session: Session, ids: list[UUID]) -> dict[UUID, CandidateTask]:
    rows = select(CandidateTask).where(CandidateTask.kind == TASK, CandidateTask.application_id.in_(ids))
    return {row.application_id: row for row in session.scalars(rows)}
