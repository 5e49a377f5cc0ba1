"""Who has fallen on a krav, and from when until when somebody was set apart by a fall that has been taken back since."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Exists, and_, select
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.chunks import in_chunks
from portal.review.deciding.models import RequirementDecision
from portal.review.models import PanelMember
from portal.review.requirements import Ruling

Span = tuple[datetime, datetime]  # from the first instant on, until just before the second


class Fell(Protocol):
    """Whoever may have been set apart for a time."""

    @property
    def id(self) -> UUID: ...
    @property
    def had_fallen(self) -> bool: ...


def _falls(*so: ColumnElement[Any]) -> Exists:
    falls = RequirementDecision.application_id == Application.id, RequirementDecision.result == Ruling.FALLS
    return select(RequirementDecision.id).where(*falls, *so).correlate(Application, PanelMember).exists()


FALLEN = _falls(RequirementDecision.taken_back_at.is_(None))
HAD_FALLEN = _falls(RequirementDecision.taken_back_at.is_not(None))
OUT_AT_HANDING_IN = and_(  # and is to be judged again: by another fall one is as much out
    ~FALLEN,
    _falls(
        RequirementDecision.decided_at <= PanelMember.handed_in_at,
        RequirementDecision.taken_back_at > PanelMember.handed_in_at,
    ),
)


def spans_apart(session: Session, rows: Iterable[Fell]) -> Mapping[UUID, Sequence[Span]]:
    """By application, each time it was set apart by a fall that has been taken back; nothing is asked where none has."""
    found: dict[UUID, list[Span]] = {}
    for ids in in_chunks([row.id for row in rows if row.had_fallen]):
        decided = select(
            RequirementDecision.application_id, RequirementDecision.decided_at, RequirementDecision.taken_back_at
        ).where(
            RequirementDecision.application_id.in_(ids),
            RequirementDecision.result == Ruling.FALLS,
        )
        for id, since, until in session.execute(decided):
            if until is not None:
                found.setdefault(id, []).append((since, until))
    return found


def was_apart(spans: Sequence[Span], at: datetime) -> bool:
    """Whether an instant is in one of the spans."""
    return any(since <= at < until for since, until in spans)
