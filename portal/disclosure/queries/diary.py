"""The authority's own diary numbers of its cases."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.disclosure.models import CaseDiary


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
