"""The authority's own diary numbers of its cases."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.applications.models import Application
from portal.disclosure.models import CaseDiary
from portal.register.models import RegisterEntry


@dataclass(frozen=True, slots=True)
class Written:
    """One number that a case has had, who typed it, and when."""

    number: str
    by: str
    at: datetime


def numbers_of_cases(session: Session) -> dict[UUID, str]:
    """The number that holds, by ad: the newest. In one statement."""
    rows = select(CaseDiary.ad_id, CaseDiary.diary_number).order_by(CaseDiary.written_at, CaseDiary.id)
    return {row.ad_id: row.diary_number for row in session.execute(rows)}


def history_of(session: Session, ad_id: UUID) -> list[Written]:
    """What a case has been called, the newest first."""
    rows = (
        select(CaseDiary.diary_number, CaseDiary.written_at, Person.name)
        .join(Person, Person.id == CaseDiary.written_by)
        .where(CaseDiary.ad_id == ad_id)
        .order_by(CaseDiary.written_at.desc(), CaseDiary.id.desc())
    )
    return [Written(row.diary_number, row.name, row.written_at) for row in session.execute(rows)]


def cases_without_number(session: Session) -> int:
    """How many cases with something in the register have no diary number yet."""
    numbered = select(CaseDiary.ad_id)
    rows = (
        select(func.count(distinct(Application.ad_id)))
        .join(RegisterEntry, RegisterEntry.application_id == Application.id)
        .where(Application.ad_id.not_in(numbered))
    )
    return session.scalar(rows) or 0
