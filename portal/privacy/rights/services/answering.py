"""The office answers what a candidate has asked for, or says in time that it takes longer (GDPR art. 12.3)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal import clock
from portal.applications.models import CandidateRequest
from portal.applications.services.drafting import key_of
from portal.audit.services import person_actor, record
from portal.organisations.access import Actor
from portal.privacy.rights import emails
from portal.privacy.rights.kinds import EXTENDABLE, Kind, Result, extended_to
from portal.privacy.rights.queries.listed import Asked, asked
from portal.privacy.rights.queries.texts import place_of
from portal.privacy.rights.refusals import AnsweredAlready, ExtendedAlready, NotExtended, TooLateToExtend
from portal.swedish_dates import swedish_day


def answer(
    session: Session, *, request_id: UUID, result: Result, text: str, actor: Actor, at: datetime
) -> CandidateRequest | None:
    """Give the answer: the candidate reads it on their page, and a mail says that there is one. None where there is no such
    request. Raises AnsweredAlready."""
    found = open_request(session, request_id)
    if found is None:
        return None
    row = found.row
    keep_answer(found, text)
    row.answered_at, row.answered_by, row.result = at, actor.person_id, result
    session.flush()
    note(session, found, actor, at, "request.answered", result)
    emails.post_answered(session, found.application, row, at=at)
    return row


def extend(
    session: Session, *, request_id: UUID, reason: str, actor: Actor, at: datetime, on: date
) -> CandidateRequest | None:
    """Say that it takes up to two months more, and why. None and AnsweredAlready as `answer`; raises ExtendedAlready,
    TooLateToExtend, NotExtended."""
    found = open_request(session, request_id)
    if found is None:
        return None
    row = found.row
    if row.kind not in EXTENDABLE:
        raise NotExtended
    if row.extended_to is not None:
        raise ExtendedAlready
    if on > row.due_on:
        raise TooLateToExtend(day=swedish_day(row.due_on))
    row.extended_at, row.extended_to = at, extended_to(row.made_at.astimezone(clock.STOCKHOLM).date())
    row.extension_sealed = key_of(found.application).seal_text(place_of(row, "extension"), reason)
    session.flush()
    note(session, found, actor, at, "request.extended")
    emails.post_answered(session, found.application, row, at=at)
    return row


def open_request(session: Session, request_id: UUID) -> Asked | None:
    """One that waits for its answer, held until the unit of work ends. Raises AnsweredAlready."""
    found = asked(session, request_id, lock=True)
    if found is not None and found.row.answered_at is not None:
        raise AnsweredAlready
    return found


def keep_answer(found: Asked, text: str) -> None:
    """The words of the answer, which nobody but the staff reads before it is given."""
    found.row.answer_sealed = key_of(found.application).seal_text(place_of(found.row, "answer"), text)


def note(session: Session, found: Asked, actor: Actor, at: datetime, verb: str, reason: str = "") -> None:
    """A line of the log, without a word of text."""
    row, who = found.row, person_actor(actor.person_id)
    said = f"{Kind(row.kind)} {reason}".strip()
    record(session, chain=row.party_id, at=at, actor=who, verb=verb, object_id=row.id, reason=said)
