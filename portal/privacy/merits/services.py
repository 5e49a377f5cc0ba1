"""The text about merits: kept while it is written, and sent once the office approves it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.applications.models import CandidateRequest
from portal.applications.services.drafting import key_of
from portal.organisations.access import Actor
from portal.privacy.merits.draft import telling, unfilled
from portal.privacy.merits.queries import described
from portal.privacy.rights.kinds import Kind, Result
from portal.privacy.rights.queries.listed import Asked
from portal.privacy.rights.queries.texts import opened
from portal.privacy.rights.refusals import MeritsMoved, NotFilledIn, TellsWho
from portal.privacy.rights.services.answering import give, keep_answer, note, open_request
from portal.seen import NOT_TOLD, Seen, between


def save_merits(
    session: Session, *, request_id: UUID, text: str, actor: Actor, at: datetime, seen: Seen = NOT_TOLD
) -> CandidateRequest | None:
    """Keep the text to go on with later; the candidate sees nothing of it. None where there is no such request. Raises
    AnsweredAlready, and MeritsMoved where the text that is kept is not the one that the page was opened with."""
    found = _to_write(session, request_id, text, seen)
    if found is None:
        return None
    keep_answer(found, text)
    session.flush()
    note(session, found, actor, at, "merits.saved")
    return found.row


def send_merits(
    session: Session, *, request_id: UUID, text: str, actor: Actor, at: datetime, seen: Seen = NOT_TOLD
) -> CandidateRequest | None:
    """Approve the text and give it. None, AnsweredAlready and MeritsMoved as `save_merits`; raises NotFilledIn and
    TellsWho."""
    found = _to_write(session, request_id, text, seen)
    if found is None:
        return None
    if empty := unfilled(text):
        raise NotFilledIn(headings=" och ".join(empty))
    if found_out := telling(text, described(session, found.application)):
        raise TellsWho(found=" och ".join(found_out))
    return give(session, found, result=Result.DONE, text=text, actor=actor, at=at)


def _to_write(session: Session, request_id: UUID, text: str, seen: Seen) -> Asked | None:
    """The request, held, if it is one for merits."""
    found = open_request(session, request_id)
    if found is None or found.row.kind != Kind.MERITS:
        return None
    kept = opened(found.row, key_of(found.application)).draft
    if between(seen, {"text": kept}, {"text": text}).moved:
        raise MeritsMoved
    return found
