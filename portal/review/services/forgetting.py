"""What the panel wrote of one who is erased. Words go; steps, places and votes under ids stay, to be counted."""

from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.review.deciding.models import RequirementDecision
from portal.review.meeting.models import JointText, Meeting, MeetingEvent, MeetingPlace, MeetingPoint
from portal.review.models import OwnPlace, Score, ScoreChange, ScoreNote, UnreadablePaper
from portal.vault.services import seal_for_controller

_NO_WORDS = b""  # where the column says that there was a reason; its key is gone, so nobody opens it


def forget_words(session: Session, *, application_id: UUID) -> None:
    """Notes beside scores, reasons for changes and for decisions on krav, the joint text of the meeting, and
    which papers could not be read. Twice changes nothing."""
    for kind in (ScoreNote, JointText, UnreadablePaper):
        session.execute(delete(kind).where(kind.application_id == application_id))
    scores = select(Score.id).where(Score.application_id == application_id)
    session.execute(update(ScoreChange).where(ScoreChange.score_id.in_(scores)).values(reason_sealed=None))
    ruled = update(RequirementDecision).where(RequirementDecision.application_id == application_id)
    session.execute(ruled.values(reason_sealed=_NO_WORDS))
    taken_back = ruled.where(RequirementDecision.taken_back_at.is_not(None))
    session.execute(taken_back.values(taken_back_reason_sealed=_NO_WORDS))


def forget_assessment(session: Session, *, application_id: UUID) -> None:
    """Of one who is kept to be asked about later posts, and known by name: steps, places, points and decisions on krav go
    too, since under an id that leads to somebody they are no mere count. Votes between candidates stay. Twice changes
    nothing."""
    scores = select(Score.id).where(Score.application_id == application_id)
    session.execute(delete(ScoreChange).where(ScoreChange.score_id.in_(scores)))
    for kind in (
        ScoreNote, Score, OwnPlace, JointText, MeetingPlace, MeetingPoint, RequirementDecision, UnreadablePaper,
    ):  # fmt: skip
        session.execute(delete(kind).where(kind.application_id == application_id))


def forget_reopening(session: Session, *, ad_id: UUID) -> None:
    """Why a meeting was opened again may name somebody; that it was, by whom and when, stays."""
    rows = select(MeetingEvent).join(Meeting, Meeting.id == MeetingEvent.meeting_id)
    for row in session.scalars(rows.where(Meeting.ad_id == ad_id, MeetingEvent.reason_sealed.is_not(None))):
        row.reason_sealed = seal_for_controller(session, row.controller_id, "", place=f"meeting_event.{row.id}")
    session.flush()
