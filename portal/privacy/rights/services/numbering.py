"""What an authority's candidate asks for, and what they are told, as records with numbers (TF 2:9-10, OSL 5:1)."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applications.models import Application, CandidateRequest
from portal.applications.own_requests import WORDS, asked_in_words, day_of
from portal.applications.services.drafting import key_of
from portal.privacy.rights.kinds import RESULTS, Kind, Result
from portal.privacy.rights.queries.texts import Opened
from portal.register.kinds import Kind as Record
from portal.register.models import MadeRecord, RegisterEntry
from portal.register.services import enter_in_register, freeze
from portal.swedish_dates import swedish_day
from portal.vault.services import ApplicationKey

ANSWER, ADDITION, LATER = "Svar på begäran", "Tillägg till svaret på begäran", "Svaret på begäran dröjer"


def number_request(session: Session, row: CandidateRequest) -> None:
    """It has come in. What it says is the row's own text, which nobody changes while it is this application's. A changed
    detail has its number as a change of the application."""
    if row.with_authority and row.kind != Kind.CONTACT:
        enter_in_register(session, owner=row, records=[(Record.MESSAGE_IN, row.id)], at=row.made_at)


def number_answer(
    session: Session, application: Application, row: CandidateRequest, text: str, *, at: datetime, title: str = ANSWER
) -> None:
    """What the candidate is told is sent out: it stays as it was, whatever is added later, which is a record of its own."""
    _send_out(session, application, row, title, RESULTS[Result(row.result)], text, at)


def number_extension(
    session: Session, application: Application, row: CandidateRequest, reason: str, *, at: datetime
) -> None:
    """That the answer takes longer, until when, and why."""
    assert row.extended_to is not None
    until = f"Svar senast den {swedish_day(row.extended_to)}"
    _send_out(session, application, row, LATER, until, reason, at)


def _send_out(
    session: Session, application: Application, row: CandidateRequest, title: str, said: str, text: str, at: datetime
) -> None:
    if not row.with_authority:
        return
    head = f"{title} den {day_of(row.made_at)}: {WORDS[Kind(row.kind)]}\n{said}"
    id = uuid4()
    (entry,) = enter_in_register(session, owner=row, records=[(Record.MESSAGE_OUT, id)], at=at)
    freeze(session, entry, key_of(application), [("plain", f"{head}\n\n{text}" if text else head)], id=id)


def keep_as_it_came(session: Session, one: Opened, *, of: UUID, key: ApplicationKey) -> None:
    """Before a request goes along to another application, or another's words are put beside it: its record stays where it
    came in, as it came. ``of`` is the application it is of now; one that has come along has its record where it came."""
    row = one.row
    wanted = select(RegisterEntry).where(RegisterEntry.document_id == row.id, RegisterEntry.application_id == of)
    entry = session.scalars(wanted).one_or_none()
    if entry is not None and session.get(MadeRecord, row.id) is None:
        said = asked_in_words(kind=row.kind, made_at=row.made_at, came_by=row.came_by, text=one.text)
        freeze(session, entry, key, [("plain", said)], id=row.id)
