"""What was written of the outcome of one who is erased. That there was one, and which, stays to be counted."""

from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.decisions.models import Outcome, ProofreadWord
from portal.vault.services import ApplicationKey


def forget_outcome_words(session: Session, *, application_id: UUID) -> None:
    """The reason, the candidate's own for a no, and the proof-read word. Twice changes nothing."""
    session.execute(delete(ProofreadWord).where(ProofreadWord.application_id == application_id))
    outcome = update(Outcome).where(Outcome.application_id == application_id)
    session.execute(outcome.values(reason_sealed=b"", answer_sealed=None))


def empty_outcome_words(session: Session, *, application_id: UUID, key: ApplicationKey) -> None:
    """The same of one whose application is still there to be opened: where the reason stood, an empty one is sealed."""
    forget_outcome_words(session, application_id=application_id)
    for outcome in session.scalars(select(Outcome).where(Outcome.application_id == application_id)):
        outcome.reason_sealed = key.seal_text(f"outcome.{outcome.id}", "")
    session.flush()
