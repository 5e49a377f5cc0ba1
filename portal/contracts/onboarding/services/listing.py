"""The first days' checklist begun, and steps of the office's own written and taken away."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.contracts.models import Employment
from portal.contracts.onboarding.copying import KEY, steps_of_rules
from portal.contracts.onboarding.days import AT_START, MOST_DAYS
from portal.contracts.onboarding.models import Onboarding, OnboardingStep
from portal.contracts.onboarding.queries import onboarding_of, rules_on, steps_of
from portal.contracts.onboarding.refusals import OfTheRules, TickedAlready, TooFarFromStart, TooManySteps
from portal.contracts.onboarding.services.rows import Held, held, held_step, locked_employment, new_step, note
from portal.contracts.written.rules import Rules
from portal.organisations.access import Actor
from portal.scope import walls_of
from portal.swedish_dates import swedish_day

MOST_STEPS = 60


def begin_onboarding(
    session: Session, *, employment_id: UUID, actor: Actor, at: datetime, on: date
) -> Onboarding | None:
    """Copy the steps of the rules as they are on the day; where these say nothing the list begins empty. Once more
    changes nothing. None where the scope has no such employment. Raises EmploymentOver, and BadProfile."""
    employment = locked_employment(session, employment_id, on=on)
    if employment is None:
        return None
    if (present := onboarding_of(session, employment_id)) is not None:
        return present
    rules = rules_on(session, employment, on)
    head = _head(employment, rules, actor, at)
    session.add(head)
    session.flush()
    for position, one in enumerate(steps_of_rules(rules), start=1):
        days = AT_START if one.days is None else one.days
        new_step(
            session, head, position, what=one.what, who=one.who, days=days, rule_days=one.days, own=False
        )  # fmt: skip
    note(session, Held(employment, head), actor, at, "begun")
    return head


def _head(employment: Employment, rules: Rules, actor: Actor, at: datetime) -> Onboarding:
    head = Onboarding(
        **walls_of(employment), id=uuid4(), employment_id=employment.id,
        begun_by=actor.person_id, begun_at=at,
    )  # fmt: skip
    if (profile := rules.profile) is not None:
        head.profile_key, head.profile_version, head.profile_print = profile.key, profile.version, profile.print
        head.source = rules.source(KEY)
    return head


def add_step(
    session: Session, *, employment_id: UUID, what: str, who: str, due: date, actor: Actor, at: datetime, on: date
) -> OnboardingStep | None:
    """Write a step of the office's own, last in the list. Raises TooManySteps, TooFarFromStart and those of the list."""
    found = held(session, employment_id, on=on)
    if found is None:
        return None
    present = steps_of(session, found.head.id)
    if len(present) >= MOST_STEPS:
        raise TooManySteps(most=MOST_STEPS)
    position = max((one.position for one in present), default=0) + 1
    days = days_from_start(found.employment, due)
    step = new_step(session, found.head, position, what=what, who=who, days=days, rule_days=None, own=True)
    note(session, found, actor, at, "step_added")
    return step


def move_step(
    session: Session, *, employment_id: UUID, step_id: UUID, due: date, actor: Actor, at: datetime, on: date
) -> OnboardingStep | None:
    """Let a step that is left have another day. Raises TickedAlready, TooFarFromStart and those of the list."""
    found = held_step(session, employment_id, step_id, on=on)
    if found is None or found.step is None:
        return None
    require_left(found.step)
    days = days_from_start(found.employment, due)
    if days != found.step.days:
        found.step.days = days
        note(session, found, actor, at, "step_moved")
    return found.step


def remove_step(session: Session, *, employment_id: UUID, step_id: UUID, actor: Actor, at: datetime, on: date) -> bool:
    """Take away a step of the office's own that is left. False where there is none. Raises OfTheRules, TickedAlready."""
    found = held_step(session, employment_id, step_id, on=on)
    if found is None or found.step is None:
        return False
    if not found.step.own:
        raise OfTheRules
    require_left(found.step)
    session.delete(found.step)
    note(session, found, actor, at, "step_removed")
    return True


def require_left(step: OnboardingStep) -> None:
    """Raises TickedAlready."""
    if step.done_on is not None or step.skipped_by is not None:
        raise TickedAlready


def days_from_start(employment: Employment, due: date) -> int:
    """The day as it is stored. Raises TooFarFromStart."""
    days = (due - employment.starts_on).days
    if abs(days) > MOST_DAYS:
        raise TooFarFromStart(starts=swedish_day(employment.starts_on))
    return days
