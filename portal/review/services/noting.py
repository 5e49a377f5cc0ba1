"""An assessor's own note beside a score: why. Sealed, and seen by others as the score is."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.review.meeting.refusals import NoteStands
from portal.review.models import ScoreNote
from portal.review.own_note import note_to_keep
from portal.review.phases import NAMES
from portal.review.queries.case import Case, Listed
from portal.review.queries.notes import NOTE, own_note
from portal.review.services.scoring import criterion_judged, reason_is_needed, scorable
from portal.review.visibility import change_needs_reason
from portal.scope import walls_of
from portal.vault.services import open_application_key

LONGEST_NOTE = 500


def why_fast(case: Case, application: Listed, *, there: bool, at: datetime) -> str:
    """Why a note can be changed no more, as a sentence begins; empty where it can. What is handed in stands, and what is
    there when the last minute has passed or it has come to be decided."""
    if case.is_handed_in(application):
        return "Du har lämnat in"
    if not there or not reason_is_needed(case, handed_in=False, at=at):
        return ""
    passed = change_needs_reason(handed_in=False, last_minute=case.hand_in_by, at=at)
    return "Sista minuten har gått" if passed else f"Rekryteringen är i fasen {NAMES[case.phase]}"


def save_note(
    session: Session, *, case: Case, application_id: UUID, criterion_id: UUID, text: str, at: datetime,
    version: str | None = None,
) -> str:  # fmt: skip
    """Keep the note, or take it away where ``text`` is empty; returns what stands. ``version`` is of the note that the page
    was opened with. It stands fast once handed in. Raises a Refusal."""
    member, application = scorable(case, application_id, at)
    criterion_judged(session, case, criterion_id)
    row = own_note(session, member.id, application.id, criterion_id)
    key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
    former = key.open_text(f"{NOTE}.{row.id}", row.text_sealed) if row else ""
    text = note_to_keep(former, text, version)
    if former == text:
        return text
    if why := why_fast(case, application, there=row is not None, at=at):
        raise NoteStands(why=why)
    if row is not None and not text:
        session.delete(row)
    elif text:
        if row is None:
            row = ScoreNote(
                id=uuid4(), **walls_of(application, with_authority=False), panel_member_id=member.id,
                application_id=application.id, criterion_id=criterion_id,
            )  # fmt: skip
            session.add(row)
        row.text_sealed, row.saved_at = key.seal_text(f"{NOTE}.{row.id}", text), at
    session.flush()
    return text
