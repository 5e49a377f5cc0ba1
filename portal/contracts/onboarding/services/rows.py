"""The rows that the verbs work on, found and locked, how a step is sealed, and what each verb leaves behind."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.services import person_actor, record
from portal.clock import STOCKHOLM
from portal.contracts.models import Employment
from portal.contracts.onboarding.days import next_look
from portal.contracts.onboarding.models import Onboarding, OnboardingStep
from portal.contracts.onboarding.queries import dues_left, onboarding_of, step_place, steps_of
from portal.contracts.onboarding.refusals import EmploymentOver, NotBegun
from portal.contracts.renewal.queries import has_ended
from portal.jobs.services import announce
from portal.organisations.access import Actor
from portal.scope import walls_of
from portal.swedish_dates import swedish_day
from portal.vault.services import seal_for_controller

LOOK = "onboarding.look"
AT = time(8)  # in Stockholm


@dataclass(frozen=True, slots=True)
class Held:
    """A locked employment with its checklist and, where one is asked for, the step."""

    employment: Employment
    head: Onboarding
    step: OnboardingStep | None = None


def locked_employment(session: Session, employment_id: UUID, *, on: date) -> Employment | None:
    """Locked, so that of two who press at once the second sees what the first did. Raises EmploymentOver."""
    wanted = select(Employment).where(Employment.id == employment_id).with_for_update()
    employment = session.scalars(wanted).one_or_none()
    if employment is not None and employment.ends_on is not None and has_ended(session, employment, on=on):
        raise EmploymentOver(ends=swedish_day(employment.ends_on))
    return employment


def held(session: Session, employment_id: UUID, *, on: date) -> Held | None:
    """The checklist to be changed; None where the scope has no such employment. Raises NotBegun and EmploymentOver."""
    employment = locked_employment(session, employment_id, on=on)
    if employment is None:
        return None
    head = onboarding_of(session, employment_id, lock=True)
    if head is None:
        raise NotBegun
    return Held(employment, head)


def held_step(session: Session, employment_id: UUID, step_id: UUID, *, on: date) -> Held | None:
    """The same with one of its steps; None where there is no such step on this list."""
    found = held(session, employment_id, on=on)
    step = next((one for one in steps_of(session, found.head.id) if one.id == step_id), None) if found else None
    return Held(found.employment, found.head, step) if found and step else None


def new_step(
    session: Session,
    head: Onboarding,
    position: int,
    *,
    what: str,
    who: str,
    days: int,
    rule_days: int | None,
    own: bool,
) -> OnboardingStep:
    """A step that is left to be done."""
    step = OnboardingStep(
        **walls_of(head), id=uuid4(), onboarding_id=head.id, position=position, own=own,
        days=days, rule_days=rule_days,
    )  # fmt: skip
    step.what_sealed = sealed(session, step, "what", what)
    step.who_sealed = sealed(session, step, "who", who)
    session.add(step)
    return step


def sealed(session: Session, step: OnboardingStep, column: str, text: str) -> bytes:
    """One of a step's texts under the controller's key."""
    return seal_for_controller(session, step.controller_id, text, place=step_place(column, step.id))


def note(session: Session, found: Held, actor: Actor, at: datetime, what: str) -> None:
    """Flush what was changed, write a line of it, and set the next morning to look at what is left."""
    session.flush()
    plan_look(session, found.employment, found.head, at=at)
    record(
        session, chain=found.head.party_id, at=at, actor=person_actor(actor.person_id), verb=f"onboarding.{what}",
        object_id=found.employment.id,
    )  # fmt: skip


def plan_look(session: Session, employment: Employment, head: Onboarding, *, at: datetime) -> None:
    """Let the portal come back on the next morning on which there may be something to remind of, unless it will.

    Who moves an employment's first day of work calls this too; without that the move is seen within a week.
    """
    on = at.astimezone(STOCKHOLM).date()
    day = next_look(dues_left(session, head.id, employment.starts_on), on)
    if day is not None and day != head.look_on:
        due_at = datetime.combine(day, AT, STOCKHOLM)
        announce(session, LOOK, subject_id=head.id, at=at, due_at=due_at)
    head.look_on = day
    session.flush()
