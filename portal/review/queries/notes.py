"""The assessors' lines of reason beside their scores, and what one person may read of them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.review.models import ScoreNote
from portal.review.queries.case import Case, Listed
from portal.review.queries.meeting import keys_of
from portal.review.queries.scores import Visible

NOTE = "score_note"  # the place under which the text is sealed


def notes_seen(
    session: Session, case: Case, seen: Visible, applications: Sequence[Listed]
) -> dict[tuple[UUID, UUID, UUID], str]:
    """The assessors' lines by member, application and criterion: the own of the person of ``case``, and those whose score is
    seen where notes do not wait for all. Once an authority's matter is over, what nobody handed in is no part of the
    assessment (TF 2:12): where a legal hold keeps it, nobody reads it but its author."""
    own = case.member.id if case.member is not None else None
    ids = [row.id for row in applications]
    rows = session.scalars(select(ScoreNote).where(ScoreNote.application_id.in_(ids))).all()
    keys = keys_of(session, applications) if rows else {}
    closed = case.over and case.ad.controller_id == case.ad.authority_id
    handed_in = {one.id: one.handed_in_at for one in seen.members}
    found: dict[tuple[UUID, UUID, UUID], str] = {}
    for row in rows:
        pair, handed_in_at = (row.panel_member_id, row.application_id), handed_in.get(row.panel_member_id)
        is_in = handed_in_at is not None and row.saved_at <= handed_in_at
        shown = (*pair, row.criterion_id) in seen.scores and pair not in seen.notes_shut and (is_in or not closed)
        if row.application_id in keys and (row.panel_member_id == own or shown):
            found[(*pair, row.criterion_id)] = keys[row.application_id].open_text(f"{NOTE}.{row.id}", row.text_sealed)
    return found


def own_note(session: Session, member_id: UUID, application_id: UUID, criterion_id: UUID) -> ScoreNote | None:
    """An assessor's own note of one score, as it is kept."""
    rows = select(ScoreNote).where(
        ScoreNote.panel_member_id == member_id,
        ScoreNote.application_id == application_id,
        ScoreNote.criterion_id == criterion_id,
    )
    return session.scalars(rows).one_or_none()
