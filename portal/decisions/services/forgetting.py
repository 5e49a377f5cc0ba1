"""What was written of the outcome of one who is erased. That there was one, and which, stays to be counted."""

from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from portal.decisions.models import Outcome, ProofreadWord


def forget_outcome_words(session: Session, *, application_id: UUID) -> None:
    """The reason, the candidate's own for a no, and the proof-read word. Twice changes nothing."""
    session.execute(delete(ProofreadWord).where(ProofreadWord.application_id == application_id))
    outcome = update(Outcome).where(Outcome.application_id == application_id)
    session.execute(outcome.values(reason_sealed=b"", answer_sealed=None))


def forget_outcome(session: Session, *, application_id: UUID) -> None:
    """Of one who is kept to be asked about later posts: the outcome and the word go whole. Twice changes nothing."""
    for kind in (ProofreadWord, Outcome):
        session.execute(delete(kind).where(kind.application_id == application_id))
