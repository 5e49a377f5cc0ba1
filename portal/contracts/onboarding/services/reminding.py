"""Reminding the office of what is left of somebody's first days: once for each morning, never of whom or of what."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.clock import STOCKHOLM
from portal.contracts.models import Employment
from portal.contracts.onboarding.days import BEFORE, morning_in_force
from portal.contracts.onboarding.emails import post_reminder
from portal.contracts.onboarding.models import Onboarding
from portal.contracts.onboarding.queries import dues_left
from portal.contracts.onboarding.services.rows import plan_look
from portal.contracts.renewal.queries import has_ended
from portal.organisations.queries import office_addresses
from portal.review.queries.person import applied_themselves


def look_and_remind(session: Session, *, onboarding_id: UUID, at: datetime) -> int:
    """Look at one list in the morning; a mail to each of the office where something is due soon or late, but not to whoever
    has applied for the post themselves.

    Returns how many of the office have been told by now. Where the next look has been put off since then, or has been
    made, nothing is done.
    """
    on = at.astimezone(STOCKHOLM).date()
    found = _held(session, onboarding_id)
    if found is None or found[1].look_on is None or on < found[1].look_on:
        return 0
    employment, head = found
    if has_ended(session, employment, on=on):
        head.look_on = None
        return 0
    dues = [due for due in dues_left(session, head.id, employment.starts_on) if due - BEFORE <= on]
    told = _remind(session, head, employment, dues, at) if dues else 0
    head.look_on = None  # it is planned anew, whatever the day
    plan_look(session, employment, head, at=at)
    return told


def _held(session: Session, onboarding_id: UUID) -> tuple[Employment, Onboarding] | None:
    """The list, and before it the employment, in the order in which whoever changes either holds them: its days are those
    that it has once they have."""
    wanted = select(Onboarding.employment_id).where(Onboarding.id == onboarding_id).scalar_subquery()
    employment = session.scalars(select(Employment).where(Employment.id == wanted).with_for_update()).one_or_none()
    head = session.get(Onboarding, onboarding_id, with_for_update=True)
    return None if employment is None or head is None else (employment, head)


def _remind(session: Session, head: Onboarding, employment: Employment, dues: list[date], at: datetime) -> int:
    on = at.astimezone(STOCKHOLM).date()
    morning = morning_in_force(dues, on)
    there_on = morning if dues[-1] < on else None
    office = _office(session, employment, there_on=there_on) if morning else []
    for membership_id, email in office:
        post_reminder(
            session, to=email, employment_id=employment.id, left=len(dues), late=sum(due < on for due in dues),
            last_day=dues[-1], once=f"onboarding:{head.id}:{membership_id}:{morning:%Y%m%d}", at=at,
        )  # fmt: skip
    return len(office)


def _office(session: Session, employment: Employment, *, there_on: date | None) -> list[tuple[UUID, str]]:
    everybody = office_addresses(session, employment.party_id, there_on=there_on)
    if employment.ad_id is None:
        return list(everybody)
    competes = applied_themselves(session, employment.ad_id, employment.controller_id)
    return [(membership_id, email) for membership_id, email in everybody if not competes(email)]
