"""A step of the first days ticked, left out with a reason, or taken back as it was."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.contracts.onboarding.days import MOST_DAYS
from portal.contracts.onboarding.models import OnboardingStep
from portal.contracts.onboarding.refusals import DayToCome, DoneTooFarFromStart, NothingToUndo
from portal.contracts.onboarding.services.listing import require_left
from portal.contracts.onboarding.services.rows import held_step, note, sealed
from portal.organisations.access import Actor
from portal.swedish_dates import swedish_day


def tick_step(
    session: Session, *, employment_id: UUID, step_id: UUID, done_on: date, actor: Actor, at: datetime, on: date
) -> OnboardingStep | None:
    """Write down that a step is done, on which day; the same day once more changes nothing. None where there is no such
    step. Raises TickedAlready, DayToCome, DoneTooFarFromStart, NotBegun or EmploymentOver."""
    found = held_step(session, employment_id, step_id, on=on)
    if found is None or found.step is None:
        return None
    step = found.step
    if step.done_on == done_on:
        return step
    require_left(step)
    if done_on > on:
        raise DayToCome(day=swedish_day(done_on))
    if abs((done_on - found.employment.starts_on).days) > MOST_DAYS:
        raise DoneTooFarFromStart(starts=swedish_day(found.employment.starts_on))
    step.done_on, step.done_by, step.done_at = done_on, actor.person_id, at
    note(session, found, actor, at, "step_done")
    return step


def leave_out_step(
    session: Session, *, employment_id: UUID, step_id: UUID, reason: str, actor: Actor, at: datetime, on: date
) -> OnboardingStep | None:
    """Write down that a step does not apply, and why. None and Refusals as `tick_step`."""
    found = held_step(session, employment_id, step_id, on=on)
    if found is None or found.step is None:
        return None
    step = found.step
    require_left(step)
    step.reason_sealed = sealed(session, step, "reason", reason)
    step.skipped_by, step.skipped_at = actor.person_id, at
    note(session, found, actor, at, "step_left_out")
    return step


def undo_step(
    session: Session, *, employment_id: UUID, step_id: UUID, actor: Actor, at: datetime, on: date
) -> OnboardingStep | None:
    """A tick, or that it does not apply, was a mistake: the step is left again. The log keeps that it was. Raises
    NothingToUndo."""
    found = held_step(session, employment_id, step_id, on=on)
    if found is None or found.step is None:
        return None
    step = found.step
    if step.done_on is None and step.skipped_by is None:
        raise NothingToUndo
    step.done_on = step.done_by = step.done_at = None
    step.reason_sealed = step.skipped_by = step.skipped_at = None
    note(session, found, actor, at, "step_undone")
    return step
