"""The end of a recruitment as its candidate is told it: their own word and nobody else's."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applications.models import Application, DecisionWord
from portal.applications.queries import WORD_PLACE
from portal.applications.services.asking import note_waiting
from portal.vault.services import ApplicationKey


def mark_decided(
    session: Session, *, application: Application, key: ApplicationKey, result: str, text: str, at: datetime
) -> None:
    """Let the candidate read, from now on, what became of their application. Done twice it changes nothing."""
    if application.decided_at is not None:
        return
    application.decided_at, application.decided_as = at, result
    told = select(DecisionWord.id).where(DecisionWord.application_id == application.id)
    if session.scalar(told) is None:
        session.add(
            DecisionWord(
                party_id=application.party_id,
                authority_id=application.authority_id,
                controller_id=application.controller_id,
                application_id=application.id,
                text_sealed=key.seal_text(WORD_PLACE, text),
                told_at=at,
            )
        )
    session.flush()
    note_waiting(session, application, at)


def mark_answered(session: Session, *, application: Application, result: str) -> None:
    """Let the candidate read that their answer to the offer has been noted."""
    application.decided_as = result
    session.flush()
