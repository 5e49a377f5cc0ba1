"""Whether one of the staff has a stake in an employment: they compete for its post, or have jäv for whoever has it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.contracts.models import Employment
from portal.review.queries.person import applied_themselves, applied_to, with_conflict


@dataclass(frozen=True, slots=True)
class Stake:
    """``competes``: the person has applied to the recruitment that the employment came of, and it is not there for them.
    ``has_conflict``: they have said that they have jäv for whoever is employed, and decide nothing of it (KL 6:28): which
    recruitment and application that is stands with it."""

    competes: bool = False
    has_conflict: bool = False
    ad_id: UUID | None = None
    application_id: UUID | None = None


NONE = Stake()


def stake_in(session: Session, employment_id: UUID, person_id: UUID) -> Stake:
    """What the person is to one employment; nothing where it came of no recruitment, or is not in this scope."""
    wanted = select(
        Employment.ad_id,
        Employment.application_id,
        Employment.controller_id,
        with_conflict(person_id, Employment.application_id).label("has_conflict"),
        Person.email,
    ).join(Person, Person.id == person_id)
    row = session.execute(wanted.where(Employment.id == employment_id)).one_or_none()
    if row is None or row.ad_id is None:
        return NONE
    competes = applied_themselves(session, row.ad_id, row.controller_id)(row.email)
    whose = (row.ad_id, row.application_id) if row.has_conflict else (None, None)
    return Stake(competes, bool(row.has_conflict), *whose)


def stakes_of(session: Session, person_id: UUID) -> dict[UUID, Stake]:
    """The same of every employment of the scope in which the person has one: for lists."""
    conflict = with_conflict(person_id, Employment.application_id).label("has_conflict")
    rows = session.execute(
        select(Employment.id, Employment.ad_id, Employment.controller_id, conflict).where(Employment.ad_id.is_not(None))
    ).all()
    own = applied_to(session, person_id, {row.ad_id: row.controller_id for row in rows if row.ad_id})
    found = {row.id: Stake(row.ad_id in own, bool(row.has_conflict)) for row in rows}
    return {id: stake for id, stake in found.items() if stake != NONE}
