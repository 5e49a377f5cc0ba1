"""Rows of the decision file that are many: scores with their times, their changes with reasons, answers about jäv."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.posts.employer_model import Employer
from portal.review.conflicts import grounds_for
from portal.review.models import ConflictAnswer, PanelMember, Score, ScoreChange
from portal.vault.services import ApplicationKey


class Mark(NamedTuple):
    """A score with its time."""

    id: UUID
    member: UUID
    application: UUID
    criterion: UUID
    step: int | None
    present: str | None
    saved_at: datetime
    material: int | None

    def as_data(self, changes: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """As the file has it. ``step`` and ``present`` both empty: kan inte bedöma."""
        return {
            "assessor": str(self.member),
            "candidate": str(self.application),
            "criterion": str(self.criterion),
            "step": self.step,
            "present": self.present,
            "material": self.material,
            "saved_at": self.saved_at.isoformat(),
            "changes": list(changes),
        }


_MARK = (
    Score.id, Score.panel_member_id, Score.application_id, Score.criterion_id, Score.step, Score.present, Score.saved_at,
    Score.material,
)  # fmt: skip


def marks_of(session: Session, member_ids: Sequence[UUID]) -> list[Mark]:
    """Every score of these members, whoever asks: what the reader sees of them is `seen_scores`' business."""
    rows = select(*_MARK).where(Score.panel_member_id.in_(member_ids)).order_by(Score.saved_at, Score.id)
    return [Mark._make(row) for row in session.execute(rows)]


def changes_of(
    session: Session, member_ids: Sequence[UUID], keys: Mapping[UUID, ApplicationKey]
) -> dict[UUID, list[dict[str, Any]]]:
    """What scores were before, by score, the oldest first; of the applications whose keys are given."""
    rows = (
        select(ScoreChange, Score.application_id)
        .join(Score, Score.id == ScoreChange.score_id)
        .where(Score.panel_member_id.in_(member_ids))
        .order_by(ScoreChange.changed_at, ScoreChange.id)
    )
    found: dict[UUID, list[dict[str, Any]]] = {}
    for change, application_id in session.execute(rows):
        if (key := keys.get(application_id)) is not None:
            found.setdefault(change.score_id, []).append(_change(change, key))
    return found


def _change(row: ScoreChange, key: ApplicationKey) -> dict[str, Any]:
    reason = key.open_text(f"score_change.{row.id}", row.reason_sealed) if row.reason_sealed else ""
    former = {"former_step": row.former_step, "former_present": row.former_present}
    return {**former, "changed_at": row.changed_at.isoformat(), "reason": reason}


def conflicts_of(
    session: Session, members: Sequence[PanelMember], names: Mapping[UUID, str], employer: str
) -> list[dict[str, Any]]:
    """What each has answered about jäv, for the candidates whom the reader may see."""
    words = {ground.key: ground.words for ground in grounds_for(Employer(employer))}
    rows = session.scalars(
        select(ConflictAnswer)
        .where(ConflictAnswer.panel_member_id.in_([member.id for member in members]))
        .order_by(ConflictAnswer.answered_at, ConflictAnswer.id)
    )
    return [
        {
            "assessor": str(row.panel_member_id),
            "candidate": str(row.application_id),
            "conflict": row.has_conflict,
            "ground": row.ground,
            "ground_words": words.get(row.ground, ""),
            "answered_at": row.answered_at.isoformat(),
        }
        for row in rows
        if row.application_id in names
    ]
