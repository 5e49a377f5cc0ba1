"""The text about merits: kept while it is written, and sent once the office approves it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.applications.models import CandidateRequest
from portal.organisations.access import Actor
from portal.privacy.merits.draft import telling, unfilled
from portal.privacy.merits.queries import described
from portal.privacy.rights.kinds import Kind, Result
from portal.privacy.rights.refusals import NotFilledIn, TellsWho
from portal.privacy.rights.services.answering import give, keep_answer, note, open_request


def save_merits(
    session: Session, *, request_id: UUID, text: str, actor: Actor, at: datetime
) -> CandidateRequest | None:
    """Keep the text to go on with later; the candidate sees nothing of it. None where there is no such request. Raises
    AnsweredAlready."""
    found = open_request(session, request_id)
    if found is None or found.row.kind != Kind.MERITS:
        return None
    keep_answer(found, text)
    session.flush()
    note(session, found, actor, at, "merits.saved")
    return found.row


def send_merits(
    session: Session, *, request_id: UUID, text: str, actor: Actor, at: datetime
) -> CandidateRequest | None:
    """Approve the text and give it. None and AnsweredAlready as `save_merits`; raises NotFilledIn and TellsWho."""
    found = open_request(session, request_id)
    if found is None or found.row.kind != Kind.MERITS:
        return None
    if empty := unfilled(text):
        raise NotFilledIn(headings=" och ".join(empty))
    if found_out := telling(text, described(session, found.application)):
        raise TellsWho(found=" och ".join(found_out))
    return give(session, found, result=Result.DONE, text=text, actor=actor, at=at)
