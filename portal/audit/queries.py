"""What the log tells of readings."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.audit.models import CANDIDATE, AuditLine


def last_read_by_candidates(session: Session, chain: UUID, verb: str, of: Sequence[UUID]) -> dict[UUID, datetime]:
    """When each of these was last read so by its own candidate; one that never was is left out."""
    lines = (
        select(AuditLine.object_id, func.max(AuditLine.at))
        .where(AuditLine.chain_id == chain, AuditLine.actor == CANDIDATE, AuditLine.verb == verb)
        .where(AuditLine.object_id.in_(of))
        .group_by(AuditLine.object_id)
    )
    return {id: at for id, at in session.execute(lines) if id is not None}


def lines_about(
    session: Session, chain: UUID, verbs: Sequence[str], of: Sequence[UUID]
) -> dict[UUID, list[tuple[str, str]]]:
    """The verb and the actor of each line with any of these verbs about each, in order; one without any is left out."""
    lines = (
        select(AuditLine.object_id, AuditLine.verb, AuditLine.actor)
        .where(AuditLine.chain_id == chain, AuditLine.verb.in_(verbs), AuditLine.object_id.in_(of))
        .order_by(AuditLine.number)
    )
    found: dict[UUID, list[tuple[str, str]]] = {}
    for id, verb, actor in session.execute(lines):
        if id is not None:
            found.setdefault(id, []).append((verb, actor))
    return found


def reasons_about(session: Session, chain: UUID, verbs: Collection[str], of: UUID) -> list[tuple[datetime, str, str]]:
    """When each line with any of these verbs about one was written, its verb and its reason; in order."""
    lines = (
        select(AuditLine.at, AuditLine.verb, AuditLine.reason)
        .where(AuditLine.chain_id == chain, AuditLine.verb.in_(verbs), AuditLine.object_id == of)
        .order_by(AuditLine.number)
    )
    return [(line.at, line.verb, line.reason) for line in session.execute(lines)]


def first_lines_at(session: Session, chain: UUID, verbs: Sequence[str], of: Sequence[UUID]) -> dict[UUID, datetime]:
    """When the first line with any of these verbs was written about each; one without any is left out."""
    lines = (
        select(AuditLine.object_id, func.min(AuditLine.at))
        .where(AuditLine.chain_id == chain, AuditLine.verb.in_(verbs), AuditLine.object_id.in_(of))
        .group_by(AuditLine.object_id)
    )
    return {id: at for id, at in session.execute(lines) if id is not None}


def last_line_at(session: Session, chain: UUID, verb: str) -> datetime | None:
    """When the last line of this verb was written in a chain; None where there is none."""
    return session.scalar(select(func.max(AuditLine.at)).where(AuditLine.chain_id == chain, AuditLine.verb == verb))
