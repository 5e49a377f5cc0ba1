"""What a candidate asks for about their data goes along to the application that takes the first one's place: the office owes
an answer all the same, by the same day (GDPR art. 12.3), and in the first nobody could read it, nor an answer given there."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.applications.models import Application, CandidateRequest
from portal.applications.queries import requests_of
from portal.applications.services.drafting import key_of
from portal.audit.services import CANDIDATE, record
from portal.privacy.rights.kinds import LEAVING, Kind, Result
from portal.privacy.rights.queries.texts import Opened, opened, place_of
from portal.privacy.rights.services.numbering import keep_as_it_came
from portal.vault.services import ApplicationKey

TEXTS = ("text", "extension", "answer")


def bring_requests_along(session: Session, *, first_id: UUID, to: UUID, at: datetime) -> None:
    """Move what waits for an answer and what has had one, texts and all, from the first to the second. Where that one waits
    for an answer to the same, its words stand after the first one's, and the earlier last day holds. Before a party's key is
    destroyed: whoever has wished that the first were gone has had their wish with that, and it says nothing of the second."""
    first, second = (session.get_one(Application, id) for id in (first_id, to))
    asked = [row for row in requests_of(session, first_id) if row.kind != Kind.CONTACT]
    told = [row for row in asked if row.answered_at is not None]
    left = [row for row in asked if row.answered_at is None]
    if first.controller_id == first.party_id:
        left = [row for row in left if not _is_fulfilled(session, row, at)]
    if not left and not told:
        return
    there = {row.kind: row for row in requests_of(session, to) if row.answered_at is None}
    former, key = key_of(first), key_of(second)
    for row in (*told, *left):
        one, beside = opened(row, former), there.get(row.kind) if row.answered_at is None else None
        keep_as_it_came(session, one, of=first_id, key=former)
        if beside is None:
            row.application_id = to
            _seal(row, key, one.text, one.extension, one.answer or one.draft)
        else:
            present = opened(beside, key)
            keep_as_it_came(session, present, of=to, key=key)
            _join(beside, present, one, key)
            session.delete(row)
        record(session, chain=second.party_id, at=at, actor=CANDIDATE, verb="request.brought_along", object_id=row.id)
    session.flush()


def _is_fulfilled(session: Session, row: CandidateRequest, at: datetime) -> bool:
    if Kind(row.kind) not in LEAVING:
        return False
    row.answered_at, row.result = at, Result.DONE
    said = f"{Kind(row.kind)} {Result.DONE}"
    record(session, chain=row.party_id, at=at, actor=CANDIDATE, verb="request.answered", object_id=row.id, reason=said)
    return True


def _join(row: CandidateRequest, present: Opened, first: Opened, key: ApplicationKey) -> None:
    """Both in one row; it keeps an answer that was begun on either."""
    extension = present.extension
    if first.due_on <= present.due_on:
        row.due_on = first.row.due_on
        if Kind(row.kind) not in LEAVING:  # what was wished of the second itself is about it: see `is_of_an_earlier`
            row.made_at = first.row.made_at
        row.extended_at, row.extended_to, extension = first.row.extended_at, first.row.extended_to, first.extension
    _seal(row, key, _both(first.text, present.text), extension, _both(first.draft, present.draft))


def _both(one: str, other: str) -> str:
    return "\n\n".join(dict.fromkeys(text for text in (one, other) if text))


def _seal(row: CandidateRequest, key: ApplicationKey, *texts: str) -> None:
    for column, text in zip(TEXTS, texts, strict=True):
        setattr(row, f"{column}_sealed", key.seal_text(place_of(row, column), text) if text else None)
