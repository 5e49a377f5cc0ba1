"""What the panel wrote of one who is erased. Words go; steps, places and votes under ids stay, to be counted."""

from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.review.meeting.models import JointText
from portal.review.models import RequirementDecision, Score, ScoreChange, ScoreNote

_NO_WORDS = b""  # where the column says that there was a reason; its key is gone, so nobody opens it


def forget_words(session: Session, *, application_id: UUID) -> None:
    """Notes beside scores, reasons for changes and for decisions on krav, the joint text of the meeting. Twice changes
    nothing."""
    for kind in (ScoreNote, JointText):
        session.execute(delete(kind).where(kind.application_id == application_id))
    scores = select(Score.id).where(Score.application_id == application_id)
    session.execute(update(ScoreChange).where(ScoreChange.score_id.in_(scores)).values(reason_sealed=None))
    ruled = update(RequirementDecision).where(RequirementDecision.application_id == application_id)
    session.execute(ruled.values(reason_sealed=_NO_WORDS))
    taken_back = ruled.where(RequirementDecision.taken_back_at.is_not(None))
    session.execute(taken_back.values(taken_back_reason_sealed=_NO_WORDS))
