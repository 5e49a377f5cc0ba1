"""Krav with their evidence: decisions that people have made, and what the candidates answered."""

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Person
from portal.applications.models import Answer
from portal.review.deciding.models import RequirementDecision
from portal.review.queries.case import Listed
from portal.review.queries.papers import Owned, Said, key_of
from portal.review.requirements import Decision, Ruling
from portal.vault.services import open_application_keys

Place = tuple[UUID, UUID]  # application, criterion


def standing_decisions(session: Session, ad_id: UUID) -> dict[Place, Decision]:
    """What stands in one recruitment, without the reasons: who decided what, and when."""
    rows = session.execute(
        select(RequirementDecision, Person.name)
        .join(Person, Person.id == RequirementDecision.decided_by)
        .where(RequirementDecision.ad_id == ad_id, RequirementDecision.taken_back_at.is_(None))
        .order_by(RequirementDecision.decided_at, RequirementDecision.id)
    )
    return {(row.application_id, row.criterion_id): _read(row, name, None) for row, name in rows}


def decisions_about(session: Session, application: Owned, criterion_id: UUID) -> list[Decision]:
    """All decisions of one candidate and one krav with their reasons, the oldest first; taken back or not."""
    other = aliased(Person)
    rows = session.execute(
        select(RequirementDecision, Person.name, other.name)
        .join(Person, Person.id == RequirementDecision.decided_by)
        .outerjoin(other, other.id == RequirementDecision.taken_back_by)
        .where(RequirementDecision.application_id == application.id, RequirementDecision.criterion_id == criterion_id)
        .order_by(RequirementDecision.decided_at, RequirementDecision.id)
    ).all()
    key = key_of(session, application) if rows else None
    found = []
    for row, name, taker in rows:
        made = _read(row, name, taker)
        if key is not None:
            back = row.taken_back_reason_sealed
            made = replace(
                made,
                reason=key.open_text(reason_place(row.id), row.reason_sealed),
                taken_back_reason=key.open_text(taken_back_place(row.id), back) if back else "",
            )
        found.append(made)
    return found


def reason_place(id: UUID) -> str:
    """What a sealed reason belongs to."""
    return f"requirement_decision.{id}"


def taken_back_place(id: UUID) -> str:
    """The same for why it was taken back."""
    return f"requirement_decision.taken_back.{id}"


def _read(row: RequirementDecision, name: str, taker: str | None) -> Decision:
    return Decision(
        id=row.id,
        application_id=row.application_id,
        criterion_id=row.criterion_id,
        ruling=Ruling(row.result),
        decided_by=name,
        decided_at=row.decided_at,
        taken_back_by=taker or "",
        taken_back_at=row.taken_back_at,
    )


def answers_of(session: Session, applications: Sequence[Listed], criteria: Collection[UUID]) -> dict[Place, Said]:
    """What these candidates answered to these questions. One whose key is gone has answered nothing."""
    keys = open_application_keys(session, {row.id: row.controller_id for row in applications})
    rows = session.execute(
        select(Answer.application_id, Answer.criterion_id, Answer.text_sealed).where(
            Answer.application_id.in_(list(keys)), Answer.criterion_id.in_(criteria)
        )
    )
    found: dict[Place, Said] = {}
    for application, criterion, sealed in rows:
        said = json.loads(keys[application].open_text(f"answer.{criterion}", sealed))
        found[application, criterion] = Said(said.get("choice", ""), said.get("text", ""))
    return found
