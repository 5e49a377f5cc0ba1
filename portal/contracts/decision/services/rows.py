"""The rows that the verbs work on, found and locked, and what each leaves in the log."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.services import person_actor, record
from portal.contracts.decision.models import EmploymentDecision
from portal.contracts.decision.queries import decision_of
from portal.contracts.decision.refusals import AppealNoted, NothingToAppeal, NothingWritten, Settled
from portal.contracts.models import Employment
from portal.organisations.access import Actor
from portal.posts.employer_model import Employer, model_for


def locked_employment(session: Session, employment_id: UUID) -> Employment | None:
    """Locked, so that of two who write its decision at the same instant the second sees the first's."""
    return session.scalars(select(Employment).where(Employment.id == employment_id).with_for_update()).one_or_none()


def locked_decision(session: Session, employment_id: UUID) -> EmploymentDecision | None:
    """The decision of an authority's employment, locked; None where the scope has no such employment."""
    employment = locked_employment(session, employment_id)
    if employment is None:
        return None
    if not model_for(Employer(employment.employer)).appealable:
        raise NothingToAppeal
    row = decision_of(session, employment_id, lock=True)
    if row is None:
        raise NothingWritten
    return row


def require_open(row: EmploymentDecision) -> None:
    """Raises a Refusal where the decision is final or appealed."""
    if row.final_on is not None:
        raise Settled
    if row.appealed_on is not None:
        raise AppealNoted


def note(session: Session, row: EmploymentDecision, actor: Actor, at: datetime, what: str, reason: str = "") -> None:
    """Flush what was changed, and write a line of it."""
    session.flush()
    record(
        session, chain=row.party_id, at=at, actor=person_actor(actor.person_id), verb=f"employment_decision.{what}",
        object_id=row.employment_id, reason=reason,
    )  # fmt: skip
