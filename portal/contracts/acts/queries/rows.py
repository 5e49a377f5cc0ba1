"""The rows of an employment's acts, and what they come to."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.clock import STOCKHOLM
from portal.contracts.acts.kinds import Kind, Standing, in_force, still_standing
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.models import Employment
from portal.vault.services import open_for_controller


def acts_of(session: Session, employment_id: UUID) -> Sequence[EmploymentAct]:
    """The acts of an employment in order; none where nothing has been changed."""
    rows = select(EmploymentAct).where(EmploymentAct.employment_id == employment_id)
    return session.scalars(rows.order_by(EmploymentAct.number)).all()


def act_of(session: Session, employment_id: UUID, number: int) -> EmploymentAct | None:
    """One act by its number."""
    rows = select(EmploymentAct).where(EmploymentAct.employment_id == employment_id, EmploymentAct.number == number)
    return session.scalars(rows).one_or_none()


def is_taken_back(session: Session, act: EmploymentAct) -> bool:
    """Whether a later act says that this one does not count."""
    later = select(EmploymentAct.id).where(
        EmploymentAct.employment_id == act.employment_id, EmploymentAct.takes_back == act.number
    )
    return session.scalars(later).first() is not None


def acts_of_many(session: Session, employments: Iterable[UUID]) -> dict[UUID, list[EmploymentAct]]:
    """The acts of several, asked once."""
    rows = select(EmploymentAct).where(EmploymentAct.employment_id.in_(list(employments)))
    found: dict[UUID, list[EmploymentAct]] = {}
    for row in session.scalars(rows.order_by(EmploymentAct.number)):
        found.setdefault(row.employment_id, []).append(row)
    return found


def standing_of(employment: Employment, rows: Sequence[EmploymentAct]) -> Standing:
    """The employment as its acts have left it."""
    kept = still_standing(rows)
    extended = (row.starts_on for row in kept if row.kind == Kind.EXTENSION)
    return Standing(
        employer=employment.employer,
        decided=max([employment.decided_on, *(row.decided_on for row in kept if row.kind != Kind.RECORDED)]),
        starts=employment.starts_on,
        ends=employment.ends_on,
        earlier_days=employment.earlier_days,
        stands_in=employment.stands_in,
        first_days=(employment.starts_on, *extended),
        notice=any(row.kind == Kind.NOTICE for row in kept),
        recorded=employment.recorded_at.astimezone(STOCKHOLM).date(),
        called_off=tuple(row.decided_on for row in rows if row.kind == Kind.NEVER_BEGAN),
    )


def limit_in_force(session: Session, employment: Employment) -> Employment | EmploymentAct:
    """Whose stored limit the end keeps to: the employment's own, or that of the extension that it rests on."""
    if employment.extended_latest_end is None:
        return employment
    found = in_force(acts_of(session, employment.id))
    assert isinstance(found, EmploymentAct)
    return found


def note_place(act_id: UUID) -> str:
    """What the note on an act is bound to."""
    return f"employment_act.note|{act_id}"


def note_on(session: Session, row: EmploymentAct) -> str:
    """What somebody wrote beside an act."""
    if row.note_sealed is None:
        return ""
    return open_for_controller(session, row.controller_id, row.note_sealed, place=note_place(row.id))


def given_on(rows: Sequence[EmploymentAct]) -> date | None:
    """The day of the notice that stands, if any."""
    return next((row.decided_on for row in still_standing(rows) if row.kind == Kind.NOTICE), None)
