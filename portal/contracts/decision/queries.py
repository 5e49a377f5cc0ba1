"""Decisions read: one employment's, and those that wait for something on the desk."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.contracts.decision.models import EmploymentDecision
from portal.contracts.decision.stages import ToDo, to_do
from portal.contracts.models import Employment
from portal.posts.employer_model import Employer


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is to be done about one employment's decision. No name."""

    employment_id: UUID
    title: str
    to_do: ToDo


def decision_of(session: Session, employment_id: UUID, *, lock: bool = False) -> EmploymentDecision | None:
    """The decision of an employment, where somebody has written it down."""
    rows = select(EmploymentDecision).where(EmploymentDecision.employment_id == employment_id)
    return session.scalars(rows.with_for_update() if lock else rows).one_or_none()


def name_of(session: Session, person_id: UUID | None) -> str:
    """Whoever wrote it down or confirmed it."""
    return session.scalars(select(Person.name).where(Person.id == person_id)).one_or_none() or ""


def waiting(session: Session, *, on: date) -> list[Waiting]:
    """What waits about the decisions on employments that an authority has and that have not ended, the first day first.

    Those taken over from before the portal were decided without it."""
    rows = (
        select(Employment.id, Employment.decided_on, Employment.title, EmploymentDecision)
        .outerjoin(EmploymentDecision, EmploymentDecision.employment_id == Employment.id)
        .where(
            Employment.employer == Employer.AUTHORITY.value,
            Employment.taken_over.is_(False),
            Employment.not_over(on),
            EmploymentDecision.final_on.is_(None),
        )
        .order_by(Employment.decided_on, Employment.id)
    )
    return [
        Waiting(row.id, row.title, found)
        for row in session.execute(rows)
        if (found := to_do(row.EmploymentDecision, decided=row.decided_on, on=on)) is not None
    ]
