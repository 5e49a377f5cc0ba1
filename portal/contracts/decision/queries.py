"""Decisions read: that of one employment or one act, and those that wait for something on the desk."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Select, and_, exists, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Person
from portal.clock import STOCKHOLM
from portal.contracts.acts.kinds import DECISIONS, By, Kind
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.decision.models import ActDecision, DecisionRow, EmploymentDecision
from portal.contracts.decision.stages import ToDo, to_do
from portal.contracts.models import Employment
from portal.posts.employer_model import Employer

# An act is decided of while the employment lasts, and for so long after it was taken or, where that was later, written down:
# the report, the minutes and the time of appeal are some fifty days, and an early end or a calling off is over before them.
ASKED_FOR: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is to be done about one decision: an employment's, or with ``act`` (its number and kind) that of a change."""

    employment_id: UUID
    title: str
    to_do: ToDo
    act: int = 0
    kind: Kind | None = None


def decision_of(session: Session, employment_id: UUID, act: int = 0, *, lock: bool = False) -> DecisionRow | None:
    """The decision of an employment (0) or of one of its acts, where somebody has written it down."""
    if act:
        of_act = select(ActDecision).where(ActDecision.employment_id == employment_id, ActDecision.act_number == act)
        return session.scalars(of_act.with_for_update() if lock else of_act).one_or_none()
    rows = select(EmploymentDecision).where(EmploymentDecision.employment_id == employment_id)
    return session.scalars(rows.with_for_update() if lock else rows).one_or_none()


def decisions_of_acts(session: Session, employment_id: UUID) -> dict[int, ActDecision]:
    """Those of an employment's acts that are written down, by the act's number."""
    rows = session.scalars(select(ActDecision).where(ActDecision.employment_id == employment_id))
    return {row.act_number: row for row in rows}


def name_of(session: Session, person_id: UUID | None) -> str:
    """Whoever wrote it down or confirmed it."""
    return session.scalars(select(Person.name).where(Person.id == person_id)).one_or_none() or ""


def waiting(session: Session, *, on: date) -> list[Waiting]:
    """What waits about the decisions that an authority has taken: on each employment that has not ended, and on what has
    changed one. Asked in one statement.

    Employments taken over from before the portal were decided without it."""
    found: list[Waiting] = []
    former: UUID | None = None
    for row, own, act, of_act in session.execute(_decided(on)):
        if row.id != former and not row.taken_over and not row.is_over(on):
            found += _waits(row, to_do(own, decided=row.decided_on, on=on))
        if act is not None:
            found += _waits(row, to_do(of_act, decided=act.decided_on, on=on), act)
        former = row.id
    return found


def _waits(row: Employment, awaited: ToDo | None, act: EmploymentAct | None = None) -> list[Waiting]:
    which = (act.number, Kind(act.kind)) if act else (0, None)
    return [Waiting(row.id, row.title, awaited, *which)] if awaited else []


def _decided(on: date) -> Select[Employment, EmploymentDecision, EmploymentAct, ActDecision]:
    """Each employment of an authority with its decision, once for each act of the employer's that stands and its own."""
    act, later = EmploymentAct, aliased(EmploymentAct)
    stands = ~exists().where(later.employment_id == act.employment_id, later.takes_back == act.number)
    since = on - ASKED_FOR
    written_late = act.recorded_at >= datetime.combine(since, time(), STOCKHOLM)
    kinds = act.kind.in_([kind.value for kind in DECISIONS]) & act.notice_by.is_distinct_from(By.EMPLOYEE.value)
    return (
        select(Employment, EmploymentDecision, act, ActDecision)
        .outerjoin(EmploymentDecision, EmploymentDecision.employment_id == Employment.id)
        .outerjoin(act, and_(act.employment_id == Employment.id, kinds, stands))
        .outerjoin(
            ActDecision, and_(ActDecision.employment_id == act.employment_id, ActDecision.act_number == act.number)
        )
        .where(
            Employment.employer == Employer.AUTHORITY.value,
            Employment.not_over(on) | (act.decided_on >= since) | written_late,
        )
        .order_by(Employment.decided_on, Employment.id, act.number)
    )
